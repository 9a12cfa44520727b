import { lastAppliedAnnotation } from '../kubernetes/metadata';
import type { KubernetesObject } from '../kubernetes/object';
import { fieldAt } from '../kubernetes/plain-data';

/** Replacement of a hidden value. */
export const hidden = '(hidden)';
const hiddenBefore = '(hidden, old value)';
const hiddenAfter = '(hidden, new value)';

/** Whether the values of an object are secrets. */
export function isSecret(object: KubernetesObject | undefined): boolean {
  return object?.kind === 'Secret' && object.apiVersion === 'v1';
}

/** Replaces secret values in two states of an object. Values that differ still differ. */
export function maskedPair(before: KubernetesObject, after: KubernetesObject): [KubernetesObject, KubernetesObject] {
  if (!isSecret(before) && !isSecret(after)) return [before, after];
  return [withMasks(before, after, hiddenBefore), withMasks(after, before, hiddenAfter)];
}

function withMasks(object: KubernetesObject, other: KubernetesObject, changed: string): KubernetesObject {
  const { data, stringData, metadata } = object;
  const annotations = metadata?.annotations;
  const configuration = annotations && lastAppliedAnnotation in annotations;
  return {
    ...object,
    ...(data !== undefined && { data: maskValues(data, other['data'], changed) }),
    ...(stringData !== undefined && { stringData: maskValues(stringData, other['stringData'], changed) }),
    // kubectl keeps a copy of the whole Secret in this annotation.
    ...(configuration && {
      metadata: { ...metadata, annotations: { ...annotations, [lastAppliedAnnotation]: hidden } },
    }),
  };
}

function maskValues(values: unknown, others: unknown, changed: string): unknown {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return mask(values, others, changed);
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, mask(value, fieldAt(others, key), changed)]),
  );
}

function mask(value: unknown, other: unknown, changed: string): string {
  return JSON.stringify(value) === JSON.stringify(other) ? hidden : changed;
}
