/** Names and list positions that lead to a field, from the object inwards. */
export type FieldSteps = readonly (string | number)[];

/**
 * A field as messages name it: `spec.placement.clusterAffinity.clusterNames[1]`. A key that would be misread between dots,
 * such as a label's, stands in brackets, as Kubernetes writes it: `metadata.labels[app.kubernetes.io/name]`. The empty path is the object.
 */
export function fieldPath(steps: FieldSteps): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    if (!plainKey.test(step)) return `${path}[${step}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}

const plainKey = /^[A-Za-z_][\w-]*$/;

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
