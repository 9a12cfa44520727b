import { appendTo } from '../../kubernetes/map-entries';
import type { Plan, TemplatePlan } from '../../planner';
import type { Origin } from '../../problem/place';
import { joinWords } from '../../problem/words';
import { backendsCause } from '../analysis/multi-cluster-services';
import { clustersCause } from '../analysis/policy-placement';
import { weightsPath } from '../analysis/static-weight-rules';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/division_algorithm.go, getStaticWeightInfoList */
export const noCandidateWithoutWeight = defineRule({
  id: 'no-candidate-without-weight',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P23'],
  rank: 110,
  summary: 'If a placement has static weights, every cluster that it selects has one.',
  rationale:
    'a cluster without a weight gets no replicas, so the workload never runs there, although the Services and ConfigMaps of the same policy are sent there',
  check(context) {
    const services = servicesByPolicy(context.plan);
    for (const { policy, key, rules, attempts, weighted } of context.weightedPlacements) {
      if (rules.some(({ broken }) => broken)) continue;
      const without = new Set<string>();
      for (const { feasible, chosen } of attempts) {
        if (!chosen.some(({ cluster }) => weighted.has(cluster.name))) continue;
        for (const { name } of feasible) if (!weighted.has(name)) without.add(name);
      }
      if (without.size === 0) continue;
      const clusters = joinWords([...without], 'and');
      context.report({
        at: policy.manifest,
        path: weightsPath,
        message: `${key} selects ${clusters} but gives ${without.size === 1 ? 'it' : 'them'} no weight: no replica ever runs there`,
        fix: `add a weight for ${clusters}, or remove ${without.size === 1 ? 'it' : 'them'} from the affinity`,
        // Findings about the Services of the policy follow from this one.
        cause: [clustersCause(key), ...(services.get(policy.manifest.origin) ?? []).map(backendsCause)],
      });
    }
  },
});

/** Services by the policy that sends them. */
function servicesByPolicy(plan: Plan | undefined): ReadonlyMap<Origin, readonly TemplatePlan[]> {
  const services = new Map<Origin, TemplatePlan[]>();
  for (const template of plan?.templates ?? []) {
    if (!template.policy || template.manifest.object.kind !== 'Service') continue;
    appendTo(services, template.policy.origin, template);
  }
  return services;
}
