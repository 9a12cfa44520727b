import { podTemplateOf } from '../../kubernetes/pod-template';
import { ignoresSpreadConstraints } from '../../planner/schedule/strategy';
import { isOpenAffinity, meansEveryCluster } from '../analysis/affinity-words';
import type { ClaimedTemplate } from '../analysis/claimed-templates';
import { clustersCause, type PolicyPlacement, placementPath } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches */
export const noOpenPlacement = defineRule({
  id: 'no-open-placement',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P36'],
  rank: 100,
  summary: 'Every placement of a workload limits its clusters.',
  rationale: 'a placement without conditions selects every cluster, including clusters that join later',
  check(context) {
    const claims = context.claimsByPolicy;
    for (const placed of context.placements) {
      const open = openIn(placed);
      if (!open) continue;
      const { policy, placement, key } = placed;
      const chosen = (placement.spreadConstraints?.length ?? 0) > 0 && !ignoresSpreadConstraints(placement);
      const meant = chosen || (claims.get(policy) ?? []).every(belongsEverywhere);
      context.report({
        at: policy.manifest,
        path: open.path,
        ...(meant && { severity: 'info' }),
        message: `${open.what}: ${policy.name} ${chosen || open.group ? 'may choose any cluster' : 'goes to every cluster'}, including clusters that join later`,
        fix: 'list the clusters in clusterAffinity.clusterNames, or select them by label, region or provider; if every cluster is meant, write clusterAffinity: { labelSelector: {} }',
        cause: clustersCause(key),
      });
    }
  },
});

/** The path of an open placement and its description. */
function openIn({
  policy,
  placement,
  groups,
}: PolicyPlacement): { path: string; what: string; group?: true } | undefined {
  const open = groups.find(({ affinity }) => isOpenAffinity(affinity) && !meansEveryCluster(affinity));
  if (open) {
    const { path, name } = open;
    if (name === undefined) return { path, what: 'clusterAffinity has no condition' };
    return { path, what: `affinity group "${name}" has no condition`, group: true };
  }
  if (groups.length > 0) return undefined;
  if (placement.clusterAffinity === undefined && policy.spec.placement === undefined) {
    return { path: 'spec', what: 'there is no placement' };
  }
  return { path: placementPath, what: 'the placement has no clusterAffinity' };
}

const onEveryNode: ReadonlySet<string> = new Set(['DaemonSet']);

/** Whether the kind of a template usually belongs in every cluster: agents, definitions, permissions, settings. */
function belongsEverywhere({ manifest: { object } }: ClaimedTemplate): boolean {
  if (onEveryNode.has(object.kind)) return true;
  if (object.apiVersion === 'v1' && object.kind === 'Service') return false;
  return podTemplateOf(object) === undefined;
}
