import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import { objectKey } from '../../kubernetes/object';
import { listOf } from '../../kubernetes/plain-data';
import { explicitPriority, type PropagationPolicy, policyKey } from '../../planner/control-plane-state/policy';
import { listedKeys, selectorPathOf } from '../analysis/policy-contests';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/detector/policy.go, propagateResource */
export const noOutrankedClusterPolicy = defineRule({
  id: 'no-outranked-cluster-policy',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P09'],
  summary: 'No ClusterPropagationPolicy is outranked by a PropagationPolicy that it tries to override.',
  rationale: 'a PropagationPolicy takes precedence over every ClusterPropagationPolicy, regardless of their priorities',
  check(context) {
    for (const contest of context.policyContests) {
      if (contest.by !== 'namespace') continue;
      const { winner, loser } = contest;
      const [mine, theirs] = [explicitPriority(loser.policy), explicitPriority(winner.policy)];
      const named = objectsNamedBy(loser.policy);
      const templates = contest.templates.filter(({ object }) => mine > theirs || named.has(objectKey(object)));
      const [first] = templates;
      if (!first) continue;
      const [lost, won] = [policyKey(loser.policy), policyKey(winner.policy)];
      const what = listedKeys(templates);
      const despite =
        mine > theirs ? `despite its priority ${mine} over ${theirs}` : `although it names ${pronoun(templates)}`;
      context.report({
        at: loser.policy.manifest,
        path: mine > theirs ? 'spec.priority' : selectorPathOf(loser, first),
        message: `${lost} does not get ${what}, ${despite}: ${won} also selects ${pronoun(templates)}`,
        fix: `remove the selector from ${won}, or change the placement of ${won}`,
      });
    }
  },
});

/** Objects that a cluster policy selects by name and namespace. For these it is not meant as a fallback. */
function objectsNamedBy({ spec }: PropagationPolicy): ReadonlySet<string> {
  const selectors = listOf<Partial<ResourceSelectorSpec> | null>(spec.resourceSelectors);
  return new Set(
    selectors.flatMap((each) => (each?.name && each.namespace ? [`${each.kind}/${each.namespace}/${each.name}`] : [])),
  );
}

function pronoun(templates: readonly unknown[]): string {
  return templates.length === 1 ? 'it' : 'them';
}
