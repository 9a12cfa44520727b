import { listOf } from '../../kubernetes/plain-data';
import { joinWords } from '../../problem/words';
import { type OverrideUse, scopeCause } from '../analysis/override-traces';
import { definePlanRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/overridemanager/overridemanager.go, getOverridersFromOverridePolicies */
export const noUnscopedOverride = definePlanRule({
  id: 'no-unscoped-override',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P55'],
  summary: 'Every override policy has resource selectors.',
  rationale:
    'without resourceSelectors an OverridePolicy changes every object of its namespace, and a ClusterOverridePolicy every object of the fleet, including objects that are added later',
  check({ overrideTraces, report }) {
    for (const use of overrideTraces.uses) {
      const { policy, rules } = use;
      if (listOf(policy.spec.resourceSelectors).length > 0 || rules.every(({ isEmpty }) => isEmpty)) continue;
      const where = policy.namespace === '' ? 'of the whole fleet' : `in namespace "${policy.namespace}"`;
      const met = joinWords(
        use.templates.filter((template) => overrideTraces.clustersOf(template).length > 0).map(({ key }) => key),
        'and',
      );
      report({
        at: policy.manifest,
        path: 'spec.resourceSelectors',
        message: `has no resourceSelectors, so it changes every object ${where}${met === '' ? '' : `: ${met}`}`,
        fix: fixOf(use),
        cause: scopeCause(policy),
      });
    }
  },
});

function fixOf({ templates }: OverrideUse): string {
  const [first] = templates;
  const { apiVersion, kind, metadata } = first?.manifest.object ?? { apiVersion: 'apps/v1', kind: 'Deployment' };
  return `list the intended objects in spec.resourceSelectors, for example { apiVersion: ${apiVersion}, kind: ${kind}, name: ${metadata?.name ?? '…'} }`;
}
