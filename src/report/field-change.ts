import { fieldAt } from '../kubernetes/plain-data';

/** A field that differs. `before` or `after` is omitted if the field does not exist. */
export interface FieldChange {
  /** `spec.template.spec.containers[main].image`: a list item is identified by name if all items have one, otherwise by index. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields in which two plain values differ. */
export function fieldChanges(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (Object.is(before, after)) return [];
  if (isFields(before) && isFields(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => fieldChanges(fieldAt(before, key), fieldAt(after, key), join(path, key)));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const named = [itemsByName(before), itemsByName(after)] as const;
    if (named[0] && named[1]) return itemChanges(named[0], named[1], path);
    return itemChanges(itemsByIndex(before), itemsByIndex(after), path);
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

type Items = ReadonlyMap<string, unknown>;

function itemChanges(before: Items, after: Items, path: string): FieldChange[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => fieldChanges(before.get(key), after.get(key), `${path}[${key}]`));
}

function itemsByIndex(items: readonly unknown[]): Items {
  return new Map(items.map((item, index) => [String(index), item]));
}

/** Items by `name`, as in containers, ports and variables; undefined if a name is missing or not unique. */
function itemsByName(items: readonly unknown[]): Items | undefined {
  const byName = new Map<string, unknown>();
  for (const item of items) {
    if (!isFields(item) || typeof item['name'] !== 'string' || byName.has(item['name'])) return undefined;
    byName.set(item['name'], item);
  }
  return byName;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}["${key}"]`;
  return path === '' ? key : `${path}.${key}`;
}
