/** Whether a value is an object with properties: neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value is an object whose properties an author wrote: neither a list nor a built-in object such as a Map, a Set
 * or a Date, whose content is not in its properties.
 */
export function isPropertyBag(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Object.prototype.toString.call(value) === '[object Object]';
}
