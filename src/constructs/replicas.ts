import type { ApiObject } from 'cdk8s';
import { apiGroup, type KubernetesObject } from '../kubernetes/object';
import type { Placement } from '../model/placement';
import { isRecord } from '../problem/check-properties';
import type { Problem } from './construct-error';

/**
 * What is wrong with the replicas of an object under a placement that fixes them, or nothing where it does not.
 *
 * @param manifest - resolves the object; asked only where it matters
 */
export function replicaProblems(object: ApiObject, manifest: () => KubernetesObject, placement: Placement): Problem[] {
  if (placement.replicas === undefined) return [];
  const written = manifest();
  const replicas = replicasOf(written);
  if (replicas === undefined || replicas === placement.replicas) return [];
  return [
    {
      what: `${written.kind} "${written.metadata?.name}" at ${object.node.path} has replicas ${replicas}, but its placement is exactly ${placement.replicas}`,
      why: 'Karmada divides whatever the workload asks for, so no cluster would run the number given for it',
      fix: `set its replicas to ${placement.replicas}, or choose Placement.weighted`,
    },
  ];
}

/**
 * The replicas that Karmada divides, or undefined for kinds without any.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/replica.go
 */
function replicasOf({ apiVersion, kind, spec }: KubernetesObject): number | undefined {
  const field = (name: string): number | undefined => {
    const value = isRecord(spec) ? spec[name] : undefined;
    return typeof value === 'number' ? value : undefined;
  };
  const group = apiGroup(apiVersion);
  if (group === 'apps' && ['Deployment', 'ReplicaSet', 'StatefulSet'].includes(kind)) return field('replicas') ?? 1;
  if (group === 'batch' && kind === 'Job') {
    return Math.min(field('parallelism') ?? 1, field('completions') ?? Number.POSITIVE_INFINITY);
  }
  return group === '' && kind === 'Pod' ? 1 : undefined;
}
