/**
 * Freezes plain data that its maker alone has seen.
 *
 * @param data - parts of it that are frozen already must be frozen throughout, and are left alone
 */
export function deepFreeze<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data;
  for (const part of Object.values(data)) deepFreeze(part);
  return Object.freeze(data);
}

/** A deep, frozen copy of plain data: what came in stays the author's, what goes out cannot be changed. */
export function frozen<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return Object.freeze(data.map(frozen)) as Data;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined) continue;
    // A plain assignment to a key of this name would set the prototype instead; elsewhere it is much faster.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: frozen(value), enumerable: true });
    else copy[key] = frozen(value);
  }
  return Object.freeze(copy) as Data;
}
