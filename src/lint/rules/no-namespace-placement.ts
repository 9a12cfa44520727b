import type { Cluster } from '../../karmada/cluster';
import { compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { Manifest } from '../../kubernetes/manifest';
import { isSyncedNamespace } from '../../planner/matching/never-propagated';
import { selectorPriority } from '../../planner/matching/resource-selector';
import { joinWords } from '../../problem/words';
import { isOpenAffinity } from '../analysis/affinity-words';
import type { PolicyPlacement } from '../analysis/policy-placement';
import { selectorCause, selectorText } from '../analysis/policy-selectors';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/namespace/namespace_sync_controller.go */
export const noNamespacePlacement = defineRule({
  id: 'no-namespace-placement',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P18'],
  summary: 'No policy tries to limit the clusters of a Namespace.',
  rationale: 'Karmada sends every Namespace to every cluster, regardless of policies',
  check(context) {
    const { placements, policySelectors, controlPlane, report } = context;
    const namespaces = controlPlane.ofKind('v1', 'Namespace');
    const placementOf = new Map(placements.map((placement) => [placement.policy.manifest, placement]));
    for (const entry of policySelectors.all) {
      const { policy, selector, path, fault } = entry;
      if (fault || policy.kind !== 'ClusterPropagationPolicy') continue;
      if (selector.apiVersion !== 'v1' || selector.kind !== 'Namespace' || selector.name === 'default') continue;
      const placement = placementOf.get(policy.manifest);
      const left = placement && whereNot(placement, context);
      if (left === undefined || !reachesSynced(namespaces, selector)) continue;
      report({
        at: policy.manifest,
        path,
        // Without a fleet, the named clusters may be all clusters.
        ...(!context.fleet && { severity: 'info' }),
        message: `${placement?.key} selects ${selectorText(selector)} for some clusters only, but Karmada sends it to ${left} as well`,
        fix: 'remove the selector; to exclude a Namespace from propagation, label it namespace.karmada.io/skip-auto-propagation: "true"',
        cause: selectorCause(entry),
      });
    }
  },
});

/** Whether the selector matches Namespaces that Karmada syncs; a Namespace that is not in the manifests counts as one. */
function reachesSynced(namespaces: readonly Manifest[], selector: Parameters<typeof selectorPriority>[1]): boolean {
  const selected = namespaces.filter(({ object }) => selectorPriority(object, selector) > 0);
  return selected.length === 0 || selected.some(({ object }) => isSyncedNamespace(object));
}

/** Lists the clusters that a placement excludes; undefined if it excludes none. */
function whereNot({ groups }: PolicyPlacement, { fleet, karmada }: LintContext): string | undefined {
  if (groups.length === 0 || groups.some(({ affinity }) => isOpenAffinity(affinity))) return undefined;
  if (!fleet) return 'the other clusters';
  const matchers = groups.map(({ affinity }) => compileClusterAffinity(affinity, karmada));
  const out = fleet.filter((cluster: Cluster) => !matchers.some((matches) => matches(cluster)));
  return out.length === 0
    ? undefined
    : joinWords(
        out.map(({ name }) => name),
        'and',
      );
}
