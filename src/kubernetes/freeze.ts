/**
 * Freezes plain data in place, so only use it on data that is not shared yet.
 *
 * @param data - parts that are already frozen must be deeply frozen; they are skipped
 */
export function deepFreeze<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data;
  for (const part of Object.values(data)) deepFreeze(part);
  return Object.freeze(data);
}

/** A deeply frozen copy of plain data. */
export function frozen<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return Object.freeze(data.map(frozen)) as Data;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined) continue;
    // Assigning to `__proto__` would set the prototype; for other keys, assignment is much faster.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: frozen(value), enumerable: true });
    else copy[key] = frozen(value);
  }
  return Object.freeze(copy) as Data;
}
