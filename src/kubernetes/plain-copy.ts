/**
 * A copy of lists and plain objects at every depth, so that what an author changes after passing it has no effect.
 * Values of classes, such as constructs and durations, are shared.
 */
export function plainCopy<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(plainCopy) as Data;
  const prototype = Object.getPrototypeOf(data);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, plainCopy(value)])) as Data;
}
