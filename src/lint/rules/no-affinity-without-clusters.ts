import { type Cluster, isTopology, topologyOf } from '../../karmada/cluster';
import { compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import { labelOf } from '../../kubernetes/label-selector';
import { anyText, fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { joinWords } from '../../problem/words';
import { conditionsOf } from '../analysis/affinity-words';
import { clustersCause } from '../analysis/policy-placement';
import { definePlanRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches */
export const noAffinityWithoutClusters = definePlanRule({
  id: 'no-affinity-without-clusters',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P35'],
  rank: 220,
  summary: 'Every affinity of a placement matches a cluster of the fleet.',
  rationale: 'the scheduler finds no matching cluster, so the workload runs nowhere, and no error is reported',
  check({ placements, fleet, karmada, report }) {
    for (const { policy, key, groups } of placements) {
      const empty = groups.filter(({ affinity }) => !fleet.some(compileClusterAffinity(affinity, karmada)));
      const all = empty.length === groups.length;
      for (const { path, affinity, name } of empty) {
        const group = name === undefined ? 'clusterAffinity' : `affinity group "${name}"`;
        report({
          at: policy.manifest,
          path,
          ...(!all && { severity: 'warning', why: 'the scheduler always skips this group' }),
          message: `no cluster of the fleet matches ${group}: ${joinWords(conditionsOf(affinity), 'and')}`,
          fix: fixOf(affinity, fleet),
          cause: clustersCause(key),
        });
      }
    }
  },
});

/** Suggests values that the clusters really have. */
function fixOf({ labelSelector, fieldSelector }: ClusterAffinitySpec, fleet: readonly Cluster[]): string {
  const labels = [
    ...Object.entries(recordOf(labelSelector?.matchLabels) ?? {}).map(([key, value]) => ({ key, wanted: [value] })),
    ...wantedIn(labelSelector?.matchExpressions),
  ];
  for (const { key, wanted } of labels) {
    const values = distinct(fleet.map((cluster) => labelOf(cluster.labels, key)));
    if (values.length === 0) return `label the clusters with "${key}", or choose them by another label`;
    if (!wanted.some((value) => values.includes(anyText(value)))) {
      return `use a value of label "${key}" that a cluster has: ${joinWords(values, 'or')}`;
    }
  }
  for (const { key, wanted } of wantedIn(fieldSelector?.matchExpressions)) {
    const values = distinct(fleet.flatMap((cluster) => (isTopology(key) ? topologyOf(cluster, key) : [])));
    if (values.length > 0 && !wanted.some((value) => values.includes(anyText(value)))) {
      return `use a ${key} that a cluster has: ${joinWords(values, 'or')}`;
    }
  }
  return `choose from ${joinWords(fleet.map(({ name }) => name))}`;
}

/** Keys of the `In` expressions, with the values that they accept. */
function wantedIn(expressions: unknown): readonly { readonly key: string; readonly wanted: readonly unknown[] }[] {
  return listOf(expressions)
    .filter((expression) => fieldAt(expression, 'operator') === 'In' && textOf(fieldAt(expression, 'key')) !== '')
    .map((expression) => ({
      key: textOf(fieldAt(expression, 'key')),
      wanted: listOf(fieldAt(expression, 'values')),
    }));
}

function distinct(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value): value is string => Boolean(value)))];
}
