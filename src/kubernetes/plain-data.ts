/** A plain object of unknown content, as any manifest may hold. */
export type PlainRecord = Readonly<Record<string, unknown>>;

/** The value as an object with fields, or undefined where it is something else: manifests hold whatever people wrote. */
export function recordOf(value: unknown): PlainRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PlainRecord) : undefined;
}

/** The value as a list; empty where it is something else. */
export function listOf<Item = unknown>(value: unknown): readonly Item[] {
  return Array.isArray(value) ? value : [];
}

/** The objects in a list; empty where the value is no list. The list itself where it holds nothing else. */
export function recordsOf<Item extends object = PlainRecord>(value: unknown): readonly Item[] {
  const list = listOf(value);
  const isItem = (item: unknown) => recordOf(item) !== undefined;
  return (list.every(isItem) ? list : list.filter(isItem)) as readonly Item[];
}

/** The value as a finite number; 0 where it is something else. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** The value as a string; empty where it is something else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The field at a path of object keys; undefined where any step is missing or no object. */
export function fieldAt(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    const record = recordOf(current);
    if (!record || !Object.hasOwn(record, key)) return undefined;
    current = record[key];
  }
  return current;
}

/** The value as a map of strings; undefined where it is something else or any entry is no string, as Karmada reads it. */
export function stringMapOf(value: unknown): Readonly<Record<string, string>> | undefined {
  const record = recordOf(value);
  if (!record) return undefined;
  for (const key in record) if (typeof record[key] !== 'string') return undefined;
  return record as Readonly<Record<string, string>>;
}

/** Whether two strings are in byte order, as Go compares them: by code point, not by locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    // UTF-16 puts surrogate pairs below U+E000..U+FFFF; UTF-8 bytes, which Go compares, put them above.
    const [xAbove, yAbove] = [isSurrogate(x), isSurrogate(y)];
    if (xAbove !== yAbove) return xAbove ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
