import { parseQuantity } from '../../kubernetes/quantity';
import type { FieldShape, Shape } from './shape';

/**
 * Encodes a value from {@link decode} like Go: fields without `omitempty` appear with their zero value, structs that are not
 * pointers appear as `{}`, and empty lists, maps and strings with `omitempty` are omitted.
 */
export function encode(value: unknown, shape: Shape): unknown {
  switch (shape.type) {
    case 'quantity':
      return parseQuantity((value as string | undefined) ?? '0')!.text;
    case 'list':
      return value === undefined ? null : (value as readonly unknown[]).map((one) => encode(one, shape.items));
    case 'map':
      if (value === undefined) return null;
      return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, encode(one, shape.values)]));
    case 'struct':
      return encodeFields((value ?? {}) as Readonly<Record<string, unknown>>, shape.fields);
    case 'json':
    case 'time':
      return value ?? null;
    case 'string':
      return value ?? '';
    case 'boolean':
      return value ?? false;
    case 'int32':
    case 'int64':
      return value ?? 0;
    default:
      shape satisfies never;
      return undefined;
  }
}

function encodeFields(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, FieldShape>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, { shape, presence }] of Object.entries(fields)) {
    const content = value[name];
    if (presence === 'pointer' ? content === undefined : presence === 'optional' && isOmitted(content, shape)) continue;
    result[name] = encode(content, shape);
  }
  return result;
}

/** Whether `omitempty` omits the value. It has no effect on structs, which include quantities and free JSON. */
function isOmitted(value: unknown, shape: Shape): boolean {
  switch (shape.type) {
    case 'struct':
    case 'json':
    case 'quantity':
      return false;
    case 'list':
      return value === undefined || (value as readonly unknown[]).length === 0;
    case 'map':
      return value === undefined || Object.keys(value as object).length === 0;
    default:
      return !value;
  }
}
