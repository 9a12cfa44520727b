import { atReplicas, replicasCause, toReplicas } from '../analysis/static-division';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/common.go, AssignReplicas, and util.go, removeZeroReplicasCluster */
export const noDroppedZeroReplicas = defineRule({
  id: 'no-dropped-zero-replicas',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P42'],
  summary: 'A workload with resource requests or node constraints has at least one replica.',
  rationale:
    'Karmada drops clusters with 0 replicas: a workload with 0 replicas whose pods have resource requests or node constraints is deleted from every member cluster instead of being scaled to 0',
  check(context) {
    const isAutoscaled = context.isAutoscaled;
    for (const template of context.claimedTemplates) {
      const { manifest, key, replicas, countsReplicas, planned, policy } = template;
      if (replicas !== 0 || !countsReplicas) continue;
      const outcome = planned?.scheduled?.kind;
      if (outcome === 'unschedulable' || outcome === 'unmatched') continue;
      context.report({
        at: manifest,
        ...atReplicas(template),
        ...(isAutoscaled(manifest.object) && { severity: 'info' }),
        message: `with 0 replicas ${key} is in no cluster at all: ${policy.name} sends it nowhere, and Karmada deletes it where it runs`,
        fix: `${toReplicas(template, '1 or more')}, or remove ${key} from the manifests while it is not needed`,
        cause: replicasCause(template),
      });
    }
  },
});
