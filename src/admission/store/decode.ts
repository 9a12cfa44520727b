import { child, item } from '../../kubernetes/field-path';
import { parseQuantity } from '../../kubernetes/quantity';
import type { FieldProblem } from '../../problem/problem';
import { isRecord } from '../../problem/record';
import { quoted } from '../../problem/words';
import type { Shape } from './shape';

/** The result of decoding JSON. */
export interface Decoded {
  /** The value without nulls, which Go treats as absent, and without unknown fields. */
  readonly value: unknown;
  /** Values that do not fit their Go type. */
  readonly causes: readonly FieldProblem[];
}

/**
 * Decodes JSON into a Go type, like the webhooks. Empty and absent lists and maps differ, because some rules distinguish
 * them.
 *
 * @param path - path of the value in its object
 */
export function decode(value: unknown, shape: Shape, path = ''): Decoded {
  const causes: FieldProblem[] = [];
  return { value: read(value, shape, path, causes), causes };
}

/** The zero value of a Go type. */
export function zeroValue(shape: Shape): unknown {
  switch (shape.type) {
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'int32':
    case 'int64':
      return 0;
    case 'quantity':
      return '0';
    case 'struct':
      return {};
    default:
      return undefined;
  }
}

function read(value: unknown, shape: Shape, path: string, causes: FieldProblem[]): unknown {
  if (shape.type === 'json') return value;
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' ? value : misfit(value, 'a string', path, causes);
    case 'boolean':
      return typeof value === 'boolean' ? value : misfit(value, 'true or false', path, causes);
    case 'int32':
      return isInteger(value, 2 ** 31) ? value : misfit(value, 'a whole number of 32 bits', path, causes);
    case 'int64':
      return isInteger(value, 2 ** 63) ? value : misfit(value, 'a whole number of 64 bits', path, causes);
    case 'quantity':
      return readQuantity(value, path, causes);
    case 'time':
      return isTime(value) ? value : misfit(value, 'a time such as 2026-01-31T08:00:00Z', path, causes);
    case 'list':
      if (!Array.isArray(value)) return misfit(value, 'a list', path, causes);
      return value.map((one, index) =>
        one === null ? zeroValue(shape.items) : read(one, shape.items, item(path, index), causes),
      );
    case 'map':
      if (!isRecord(value)) return misfit(value, 'a map', path, causes);
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [
          key,
          one === null ? zeroValue(shape.values) : read(one, shape.values, child(path, key), causes),
        ]),
      );
    case 'struct': {
      if (!isRecord(value)) return misfit(value, 'an object', path, causes);
      const result: Record<string, unknown> = {};
      for (const [name, field] of Object.entries(shape.fields)) {
        const content = Object.hasOwn(value, name) ? value[name] : undefined;
        if (content === undefined || content === null) continue;
        result[name] = read(content, field.shape, child(path, name), causes);
      }
      return result;
    }
    default:
      shape.type satisfies never;
      return undefined;
  }
}

function readQuantity(value: unknown, path: string, causes: FieldProblem[]): unknown {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && parseQuantity(text.trim())) return text.trim();
  causes.push({
    code: 'quantity',
    path,
    message: `${quoted(value)} is not a quantity`,
    why: 'Kubernetes reads a number with an optional unit: n, u, m, k, M, G, T, P, E or Ki, Mi, Gi, Ti, Pi, Ei',
    fix: 'write an amount such as 500m, 2 or 8Gi',
  });
  return '0';
}

function misfit(value: unknown, wanted: string, path: string, causes: FieldProblem[]): undefined {
  causes.push({
    code: 'type',
    path,
    message: `must be ${wanted}, got ${quoted(value)}`,
    why: "otherwise Karmada's webhook cannot decode the object",
    fix: `write ${wanted}`,
  });
  return undefined;
}

function isInteger(value: unknown, limit: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit;
}

const timePattern =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function isTime(value: unknown): boolean {
  return typeof value === 'string' && timePattern.test(value) && !Number.isNaN(Date.parse(value));
}
