import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import { objectKey } from '../../kubernetes/object';
import { listOf, recordOf } from '../../kubernetes/plain-data';
import { type PropagationPolicy, policyKey } from '../../planner/control-plane-state/policy';
import { selectorPriority } from '../../planner/matching/resource-selector';
import { joinWords } from '../../problem/words';
import { type MultiClusterService, multiClusterServicesIn } from '../analysis/multi-cluster-services';
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
      const matches = [namespace, ''].flatMap(
        (scope) => controlPlane.propagationSelectors(scope)?.matchesOf(service.object) ?? [],
      );
      for (const { owner: policy, priority } of matches) {
        report({
          at: policy.manifest,
          path: selectorPath(policy, (selector) => selectorPriority(service.object, selector) > 0),
          // A policy for all Services of a namespace may not be meant for this one.
          ...(priority === 1 && { severity: 'info' }),
          message: `${policyKey(policy)} selects ${objectKey(service.object)}, which ${owner.key} manages and sends to ${clustersOf(owner)}`,
          fix: `remove ${objectKey(service.object)} from the policy, or remove ${owner.key}`,
        });
      }
    }
  },
});

function selectorPath(policy: PropagationPolicy, matches: (selector: ResourceSelectorSpec) => boolean): string {
  const selectors = listOf<ResourceSelectorSpec>(policy.spec.resourceSelectors);
  return `spec.resourceSelectors[${selectors.findIndex((selector) => recordOf(selector) && matches(selector))}]`;
}

function clustersOf({ providers, consumers }: MultiClusterService): string {
  return providers && consumers ? joinWords([...new Set([...providers, ...consumers])], 'and') : 'every cluster';
}
