/** `spec` and `placement` make `spec.placement`; the empty path is the object itself. */
export function child(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

/** `spec.rules` and 0 make `spec.rules[0]`. */
export function item(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** The entry of a map whose keys may hold dots: `spec.overall[limits.cpu]`. */
export function entry(path: string, key: string): string {
  return `${path}[${key}]`;
}
