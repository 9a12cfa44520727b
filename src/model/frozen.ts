/** A deep, frozen copy of plain data: what came in stays the author's, what goes out cannot be changed. */
export function frozen<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return Object.freeze(data.map(frozen)) as Data;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    // defineProperty, since a plain assignment to a key named __proto__ would set the prototype instead.
    if (value !== undefined) Object.defineProperty(copy, key, { value: frozen(value), enumerable: true });
  }
  return Object.freeze(copy) as Data;
}
