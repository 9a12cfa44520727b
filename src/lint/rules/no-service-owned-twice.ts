import { objectKey } from '../../kubernetes/object';
import { policyKey } from '../../planner/control-plane-state/policy';
import { selectPolicy } from '../../planner/matching/select-policy';
import { joinWords } from '../../problem/words';
import { type MultiClusterService, multiClusterServicesIn } from '../analysis/multi-cluster-services';
import { selectorPathOf } from '../analysis/policy-contests';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/multiclusterservice/mcs_controller.go, claimMultiClusterServiceWithService */
export const noServiceOwnedTwice = defineRule({
  id: 'no-service-owned-twice',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P53'],
  summary: 'No policy selects a Service that a MultiClusterService manages.',
  rationale:
    'the MultiClusterService wins: it removes the claim of the policy and sends the Service to its providers and consumers, overwriting existing Services',
  check({ controlPlane, report }) {
    for (const owner of multiClusterServicesIn(controlPlane)) {
      const { namespace, name, crossesClusters } = owner;
      const service = crossesClusters && controlPlane.find({ apiVersion: 'v1', kind: 'Service', namespace, name });
      if (!service) continue;
      // Other policies would not get it either.
      const { winner } = selectPolicy(service.object, controlPlane);
      if (!winner) continue;
      const { policy, implicitPriority } = winner;
      report({
        at: policy.manifest,
        path: selectorPathOf(winner, service),
        // A policy for all Services of a namespace may not be meant for this one.
        ...(implicitPriority === 1 && { severity: 'info' }),
        message: `${policyKey(policy)} selects ${objectKey(service.object)}, which ${owner.key} manages and sends to ${clustersOf(owner)}`,
        fix: `remove ${objectKey(service.object)} from the policy, or remove ${owner.key}`,
      });
    }
  },
});

function clustersOf({ providers, consumers }: MultiClusterService): string {
  return providers && consumers ? joinWords([...new Set([...providers, ...consumers])], 'and') : 'every cluster';
}
