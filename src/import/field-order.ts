import { compareText, recordOf } from '../kubernetes/plain-data';

/** Fields that come before the others, as people write them. */
const first = [
  'apiVersion',
  'kind',
  'metadata',
  'key',
  'name',
  'namespace',
  'labels',
  'operator',
  'path',
  'image',
  'command',
  'args',
];

/**
 * A copy with the fields in an order that depends on nothing but their names, because synthesis sorts them and a program that is
 * imported again must have the same text. Lists keep their order.
 */
export function inFieldOrder<Value>(value: Value): Value {
  return ordered(value) as Value;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  const record = recordOf(value);
  if (record === undefined) return value;
  const names = Object.keys(record);
  const leading = first.filter((name) => Object.hasOwn(record, name));
  const others = names.filter((name) => !first.includes(name)).sort(compareText);
  return Object.fromEntries([...leading, ...others].map((name) => [name, ordered(record[name])]));
}
