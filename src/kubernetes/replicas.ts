import { apiGroup, type KindName, type KubernetesObject } from './object';
import { fieldAt, recordOf } from './plain-data';

/** The field of the spec with the replicas of a native kind; undefined for kinds without replicas. */
export function replicasField({ apiVersion, kind }: KindName): 'replicas' | 'parallelism' | undefined {
  const group = apiGroup(apiVersion);
  // `parallelism`: the pods that a Job runs at the same time.
  if (group === 'batch' && kind === 'Job') return 'parallelism';
  return group === 'apps' && ['Deployment', 'ReplicaSet', 'StatefulSet'].includes(kind) ? 'replicas' : undefined;
}

/** The replicas of an object of a native kind, with defaults; undefined for kinds without replicas. */
export function nativeReplicas(object: KubernetesObject): number | undefined {
  if (object.apiVersion === 'v1' && object.kind === 'Pod') return 1;
  const field = replicasField(object);
  if (field === undefined) return undefined;
  const numberAt = (name: string, absent: number): number => {
    const value = fieldAt(object.spec, name);
    return typeof value === 'number' ? value : absent;
  };
  // A Job never runs more pods than completions.
  const most = field === 'parallelism' ? numberAt('completions', Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  return Math.min(numberAt(field, 1), most);
}

/** The object with another number of replicas, in `spec.replicas` where its kind is not native. */
export function withReplicas(object: KubernetesObject, replicas: number): KubernetesObject {
  return { ...object, spec: { ...recordOf(object.spec), [replicasField(object) ?? 'replicas']: replicas } };
}
