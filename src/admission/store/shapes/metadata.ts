import { always, boolean, int64, json, list, map, optional, pointer, string, struct, time } from '../shape';

const ownerReference = struct({
  apiVersion: always(string),
  kind: always(string),
  name: always(string),
  uid: always(string),
  controller: pointer(boolean),
  blockOwnerDeletion: pointer(boolean),
});

/**
 * Metadata of every object.
 *
 * @see Kubernetes apimachinery pkg/apis/meta/v1/types.go, ObjectMeta
 */
export const objectMeta = struct({
  name: optional(string),
  generateName: optional(string),
  namespace: optional(string),
  selfLink: optional(string),
  uid: optional(string),
  resourceVersion: optional(string),
  generation: optional(int64),
  creationTimestamp: pointer(time),
  deletionTimestamp: pointer(time),
  deletionGracePeriodSeconds: pointer(int64),
  labels: optional(map(string)),
  annotations: optional(map(string)),
  ownerReferences: optional(list(ownerReference)),
  finalizers: optional(list(string)),
  managedFields: optional(list(json)),
});

const labelSelectorRequirement = struct({
  key: always(string),
  operator: always(string),
  values: optional(list(string)),
});

/** `metav1.LabelSelector`. */
export const labelSelector = struct({
  matchLabels: optional(map(string)),
  matchExpressions: optional(list(labelSelectorRequirement)),
});

/** What every kind begins with, before its own `fields`. */
export const objectOf = (fields: Parameters<typeof struct>[0]): ReturnType<typeof struct> =>
  struct({ kind: optional(string), apiVersion: optional(string), metadata: optional(objectMeta), ...fields });
