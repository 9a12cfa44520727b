import { builtInVersionOf } from '../../kubernetes/built-in-kinds';
import type { KubernetesObject } from '../../kubernetes/object';
import type { UnreadObjects } from '../../problem/unread';

/** What would explain a finding if it were in the manifests: an object of one of these kinds. */
export interface MissingObject {
  /** @default - any */
  readonly kinds?: readonly string[];
  /** Whether a custom kind may be it as well. @default false */
  readonly custom?: boolean;
  /** @default - any */
  readonly name?: string | undefined;
}

/** A policy that sends something. */
export const missingPolicy: MissingObject = { kinds: ['PropagationPolicy', 'ClusterPropagationPolicy'] };

/** A workload, or an object from which a controller makes one. */
export const missingWorkload: MissingObject = {
  kinds: ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet'],
  custom: true,
};

const carried: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'EndpointSlice',
]);

/** What would send an object: a policy, a referrer, or the MultiClusterService of a Service. */
export function missingSender({ kind }: KubernetesObject): MissingObject {
  const policies = missingPolicy.kinds ?? [];
  if (kind === 'Service') return { kinds: [...policies, 'MultiClusterService'] };
  if (!carried.has(kind) && builtInVersionOf(kind) !== undefined) return missingPolicy;
  return { kinds: [...policies, ...(missingWorkload.kinds ?? []), 'Ingress', 'ServiceImport'], custom: true };
}

/** Whether a part of the input that could not be read may hold what is missing. */
export function mayHold(unread: UnreadObjects, { kinds, custom, name }: MissingObject): boolean {
  if (name !== undefined && name !== '' && unread.names && !unread.names.includes(name)) return false;
  if (kinds === undefined || unread.kinds === undefined) return true;
  return unread.kinds.some(
    (kind) =>
      kinds.includes(kind) || kind.endsWith('List') || (custom === true && builtInVersionOf(kind) === undefined),
  );
}
