import type { LabelAnnotationOverriderSpec } from '../../karmada/policy-spec';
import type { KubernetesObject } from '../../kubernetes/object';
import { anyText, recordOf, stringMapOf } from '../../kubernetes/plain-data';
import { PatchFailure } from './json-patch';

/**
 * The object after one labelsOverrider or annotationsOverrider. It changes the object's own metadata, not that of a pod
 * template. `replace` and `remove` ignore keys that do not exist.
 *
 * @throws PatchFailure if the operator does not exist, or metadata is malformed
 * @see Karmada v1.18.2 pkg/util/overridemanager/labelannotationoverrider.go
 */
export function overrideLabelsOrAnnotations(
  object: KubernetesObject,
  field: 'labels' | 'annotations',
  { operator, value }: LabelAnnotationOverriderSpec,
): KubernetesObject {
  const entries = Object.entries(recordOf(value) ?? {});
  if (entries.length === 0) return object;
  if (operator !== 'add' && operator !== 'replace' && operator !== 'remove') {
    throw new PatchFailure(`the operator "${anyText(operator)}" does not exist`);
  }
  const metadata = object.metadata === undefined ? {} : recordOf(object.metadata);
  if (!metadata) return object;
  const current = stringMapOf(metadata[field]);
  if (!current && operator !== 'add') return object;
  const changed = new Map(Object.entries(current ?? {}));
  for (const [key, text] of entries) {
    if (operator === 'add' || (operator === 'replace' && changed.has(key))) changed.set(key, anyText(text));
    else if (operator === 'remove') changed.delete(key);
  }
  return { ...object, metadata: { ...metadata, [field]: Object.fromEntries(changed) } };
}
