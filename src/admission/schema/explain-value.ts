import { joinWords, nearMiss, quoted } from '../../problem/words';
import type { SchemaProblem } from './validator';
import { checkedValue } from './value-checks';

/** What a value must be, as the end of a sentence that starts with the field's name, and the fix. */
interface Explanation {
  readonly code:
    | 'wrong-type'
    | 'unknown-value'
    | 'out-of-range'
    | 'malformed-value'
    | 'unreadable-value'
    | 'repeated-item';
  readonly must: string;
  readonly fix: string;
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

/** A value of the wrong type, with a fix for common YAML mistakes. */
export function wrongType({ params, data }: SchemaProblem): Explanation {
  const types = ([] as string[]).concat(params['type'] as string | string[]).filter((type) => type !== 'null');
  const must = `must be ${joinWords(
    types.map((type) => typeNames[type] ?? type),
    'or',
  )}${instead(data)}`;
  return { code: 'wrong-type', must, fix: fixOfType(types, data) };
}

function instead(data: unknown): string {
  if (Array.isArray(data)) return ', got a list';
  return typeof data === 'object' && data !== null ? ', got an object' : '';
}

function fixOfType(types: readonly string[], data: unknown): string {
  const scalar = typeof data === 'number' || typeof data === 'boolean';
  if (types.includes('string') && scalar) return `quote it: "${data}"`;
  if (types.includes('integer') && typeof data === 'string' && /^[+-]?\d+$/.test(data))
    return `write ${data} without quotes`;
  if (types.includes('integer') && typeof data === 'number') return `round it, for example to ${Math.round(data)}`;
  if (types.includes('boolean')) return 'write true or false, without quotes';
  if (types.includes('array') && data !== null && data !== undefined) return 'write a list, even for one item';
  if (data === null)
    return `give ${joinWords(
      types.map((type) => typeNames[type] ?? type),
      'or',
    )}, or leave it out`;
  return `give ${joinWords(
    types.map((type) => typeNames[type] ?? type),
    'or',
  )}`;
}

/** A value of the right type that violates an enum, limit, pattern or format, or repeats an item. */
export function wrongValue({ keyword, params, data, parentSchema, message }: SchemaProblem): Explanation {
  switch (keyword) {
    case 'enum':
      return wrongWord(params['allowedValues'] as readonly unknown[], data);
    case 'minimum':
      return outOfRange(`must be at least ${params['limit']}`, `write ${params['limit']} or more`);
    case 'maximum':
      return outOfRange(`must be at most ${params['limit']}`, `write ${params['limit']} or less`);
    case 'minLength':
      return params['limit'] === 1
        ? outOfRange('must not be empty', 'set a value')
        : outOfRange(`must have at least ${params['limit']} characters`, 'make it longer');
    case 'maxLength':
      return outOfRange(`must have at most ${params['limit']} characters`, 'shorten it');
    case 'minItems':
      return outOfRange(`must have at least ${counted(params['limit'], 'item')}`, 'add one, or leave the object out');
    case 'maxItems':
      return outOfRange(`must have at most ${counted(params['limit'], 'item')}`, 'remove the rest');
    case 'pattern':
      return wrongPattern(params['pattern'] as string, parentSchema ?? {});
    case 'format':
      return wrongFormat(params['format'] as string);
    case 'x-check': {
      const { must, fix, decodes } = checkedValue(parentSchema?.['x-check']);
      return { code: decodes ? 'unreadable-value' : 'malformed-value', must, fix };
    }
    case 'x-kubernetes-list-type':
      return repeatedItem(params, data as readonly unknown[]);
    default:
      return outOfRange(message ?? `violates ${keyword}`, 'see the schema of this kind');
  }
}

function outOfRange(must: string, fix: string): Explanation {
  return { code: 'out-of-range', must, fix };
}

function wrongWord(allowed: readonly unknown[], data: unknown): Explanation {
  // An empty text means the default.
  const words = allowed.map(String).filter((word) => word !== '');
  const meant = typeof data === 'string' ? nearMiss(data, words) : undefined;
  return {
    code: 'unknown-value',
    must: `must be ${joinWords(words, 'or')}`,
    fix:
      meant === undefined ? `use ${words.length === 1 ? words[0] : `one of ${joinWords(words)}`}` : `write "${meant}"`,
  };
}

function malformed(must: string, fix: string): Explanation {
  return { code: 'malformed-value', must, fix };
}

function wrongPattern(pattern: string, schema: Readonly<Record<string, unknown>>): Explanation {
  return schema['x-kubernetes-int-or-string'] === true || pattern.includes('[KMGTPE]i')
    ? malformed('must be a quantity', 'write a number with an optional unit, such as 500m, 2 or 4Gi')
    : malformed(`must match ${pattern}`, 'change it to match');
}

const formats: Readonly<Record<string, Explanation>> = {
  int32: outOfRange('must fit into 32 bits', 'write a number between -2147483648 and 2147483647'),
  int64: outOfRange('must fit into 64 bits', 'write a number between -9223372036854775808 and 9223372036854775807'),
  'date-time': malformed('must be an RFC 3339 time', 'write it like 2026-01-31T12:00:00Z'),
  byte: malformed('must be base64', 'encode it, for example with `base64 -w0`'),
};

function wrongFormat(format: string): Explanation {
  return formats[format] ?? malformed(`must be of the format ${format}`, `write it as ${format}`);
}

function repeatedItem(params: Readonly<Record<string, unknown>>, items: readonly unknown[]): Explanation {
  const keys = params['keys'] as readonly string[];
  const item = items[params['repeated'] as number];
  const what = keys.length === 0 ? quoted(item) : `the ${joinWords(keys, 'and')} of an earlier item`;
  return { code: 'repeated-item', must: `must not repeat ${what}`, fix: 'list each one once' };
}

function counted(count: unknown, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
