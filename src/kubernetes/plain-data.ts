/** A plain object of unknown content. */
export type PlainRecord = Readonly<Record<string, unknown>>;

/** The value if it is an object, else undefined. */
export function recordOf(value: unknown): PlainRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PlainRecord) : undefined;
}

/** The value if it is a list, else an empty list. */
export function listOf<Item = unknown>(value: unknown): readonly Item[] {
  return Array.isArray(value) ? value : [];
}

/** The objects in a list; empty if the value is not a list. Returns the list itself if all items are objects. */
export function recordsOf<Item extends object = PlainRecord>(value: unknown): readonly Item[] {
  const list = listOf(value);
  const isItem = (item: unknown) => recordOf(item) !== undefined;
  return (list.every(isItem) ? list : list.filter(isItem)) as readonly Item[];
}

/** The value if it is a finite number, else 0. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** The value if it is a string, else the empty string. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Any value as text: scalars as they are, the rest as JSON, since `String` fails for an object with a field `toString`. */
export function anyText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** The field at a path of object keys; undefined if a step is missing or not an object. */
export function fieldAt(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    const record = recordOf(current);
    if (!record || !Object.hasOwn(record, key)) return undefined;
    current = record[key];
  }
  return current;
}

/** The value if it is a map of strings, else undefined, as in Karmada. */
export function stringMapOf(value: unknown): Readonly<Record<string, string>> | undefined {
  const record = recordOf(value);
  if (!record) return undefined;
  for (const key in record) if (typeof record[key] !== 'string') return undefined;
  return record as Readonly<Record<string, string>>;
}

/** Compares two strings in byte order, as in Go: by code point, not by locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    // Surrogate pairs sort below U+E000..U+FFFF in UTF-16, and above them in UTF-8, which Go compares.
    const [xAbove, yAbove] = [isSurrogate(x), isSurrogate(y)];
    if (xAbove !== yAbove) return xAbove ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** JSON with sorted keys, so that equal values have equal texts. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    const record = recordOf(inner);
    return record ? Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1))) : inner;
  });
}

/** Whether two values of plain data are equal, whatever the order of their keys. */
export function isEqualData(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, index) => isEqualData(item, other[index]));
  }
  const [left, right] = [recordOf(one), recordOf(other)];
  if (!left || !right) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && isEqualData(left[key], right[key]));
}
