/** Keys and list indexes from the object to a field. */
export type FieldSteps = readonly (string | number)[];

/**
 * A field path for messages: `spec.placement.clusterAffinity.clusterNames[1]`. As in Kubernetes, a key with dots or slashes
 * is in brackets: `metadata.labels[app.kubernetes.io/name]`. The empty path means the object.
 */
export function fieldPath(steps: FieldSteps): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    if (!plainKey.test(step)) return `${path}[${step}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}

const plainKey = /^[A-Za-z_][\w-]*$/;

/** `spec` and `placement` become `spec.placement`; the empty path is the object itself. */
export function child(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

/** `spec.rules` and 0 become `spec.rules[0]`. */
export function item(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** An entry of a map whose keys may have dots: `spec.overall[limits.cpu]`. */
export function entry(path: string, key: string): string {
  return `${path}[${key}]`;
}
