import type { ApiObject } from 'cdk8s';
import type { KubernetesObject } from '../kubernetes/object';
import { nativeReplicas } from '../kubernetes/replicas';
import type { Placement } from '../model/placement';
import type { Problem } from '../problem/problem';

/**
 * What is wrong with the replicas of an object under a placement that fixes them, or nothing where it does not.
 *
 * @param manifest - resolves the object; asked only where it matters
 */
export function replicaProblems(object: ApiObject, manifest: () => KubernetesObject, placement: Placement): Problem[] {
  if (placement.replicas === undefined) return [];
  const written = manifest();
  const replicas = nativeReplicas(written);
  if (replicas === undefined || replicas === placement.replicas) return [];
  return [
    {
      code: 'app.replicas',
      message: `${written.kind} "${written.metadata?.name}" at ${object.node.path} has replicas ${replicas}, but its placement is exactly ${placement.replicas}`,
      why: 'Karmada divides whatever the workload asks for, so no cluster would run the number given for it',
      fix: `set its replicas to ${placement.replicas}, or choose Placement.weighted`,
    },
  ];
}
