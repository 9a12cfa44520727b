import { apiGroup, type KindName, type KubernetesObject } from './object';
import { fieldAt } from './plain-data';

/** The field of the spec in which kinds of Kubernetes state their replicas; undefined for kinds without. */
export function replicasField({ apiVersion, kind }: KindName): 'replicas' | 'parallelism' | undefined {
  const group = apiGroup(apiVersion);
  // The pods that a Job runs at a time.
  if (group === 'batch' && kind === 'Job') return 'parallelism';
  return group === 'apps' && ['Deployment', 'ReplicaSet', 'StatefulSet'].includes(kind) ? 'replicas' : undefined;
}

/** The replicas of an object of a native kind, with the defaults of Kubernetes; undefined for kinds without any. */
export function nativeReplicas(object: KubernetesObject): number | undefined {
  if (object.apiVersion === 'v1' && object.kind === 'Pod') return 1;
  const field = replicasField(object);
  if (field === undefined) return undefined;
  const numberAt = (name: string, absent: number): number => {
    const value = fieldAt(object.spec, name);
    return typeof value === 'number' ? value : absent;
  };
  // Pods beyond the completions would never run.
  const most = field === 'parallelism' ? numberAt('completions', Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  return Math.min(numberAt(field, 1), most);
}
