import { explicitPriority, policyKey } from '../../planner/control-plane-state/policy';
import { listedKeys, selectorPathOf } from '../analysis/policy-contests';
import { defineRule } from '../engine/rule';

const precision = { 1: 'by kind only', 2: 'by label', 3: 'by name' } as const;

/** @see Karmada v1.18.2 pkg/detector/compare.go */
export const noAmbiguousPolicy = defineRule({
  id: 'no-ambiguous-policy',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P08'],
  summary: 'No two policies of equal rank select the same object.',
  rationale:
    'if two policies have the same priority and equally precise selectors, the policy whose name sorts first gets the object, and the other has no effect on it',
  check(context) {
    for (const { winner, loser, templates, by } of context.policyContests) {
      const [first] = templates;
      if (by !== 'name' || !first) continue;
      const what = listedKeys(templates);
      const [won, lost] = [policyKey(winner.policy), policyKey(loser.policy)];
      context.report({
        at: loser.policy.manifest,
        path: selectorPathOf(loser, first),
        message: `${lost} and ${won} both select ${what} ${precision[winner.implicitPriority]} with priority ${explicitPriority(winner.policy)}: ${winner.policy.name} gets ${templates.length === 1 ? 'it' : 'them'} because its name sorts first`,
        fix: `remove the selector from one of the two policies, or give the policy that should win a higher priority`,
      });
    }
  },
});
