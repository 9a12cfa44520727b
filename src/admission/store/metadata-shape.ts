import { always, boolean, int64, json, list, map, optional, pointer, string, struct, time } from './shape';

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
