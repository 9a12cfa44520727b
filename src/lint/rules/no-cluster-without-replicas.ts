import { joinWords } from '../../problem/words';
import {
  atReplicas,
  enoughForAll,
  leftOut,
  replicasCause,
  type StaticDivision,
  toReplicas,
} from '../analysis/static-division';
import { definePlanRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/util.go, removeZeroReplicasCluster */
export const noClusterWithoutReplicas = definePlanRule({
  id: 'no-cluster-without-replicas',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P26'],
  rank: 140,
  summary: 'Every cluster with a weight gets at least one replica.',
  rationale:
    'a cluster whose share rounds to 0 is dropped: the workload does not run there, although the Services and ConfigMaps of the same policy are sent there',
  check({ divisions, isAutoscaled, plan, report }) {
    for (const template of plan.templates) {
      const division = divisions.of(template);
      if (!division || isAutoscaled(template.manifest.object)) continue;
      const without = leftOut(division);
      if (!without.some((clusters) => clusters.length > 0)) continue;
      report({
        at: template.manifest,
        ...atReplicas(template),
        message: messageOf(division, without),
        fix: fixOf(division),
        cause: replicasCause(template),
      });
    }
  },
});

function messageOf({ replicas, weights, template }: StaticDivision, without: readonly (readonly string[])[]): string {
  const number = replicas === 1 ? 'its only replica leaves' : `its ${replicas} replicas leave`;
  const alternatives = [...new Set(without.map((clusters) => joinWords(clusters, 'and') || 'none'))].sort();
  const decided = alternatives.length > 1 ? `, depending on the UID of the ${template.manifest.object.kind}` : '';
  return `${number} ${alternatives.join(' or ')} without any${decided}: ${weights.size} clusters share them ${sharesOf(weights)}`;
}

/** Longer lists of weights are summarized. */
const mostShown = 8;

function sharesOf(weights: ReadonlyMap<string, number>): string {
  const values = [...weights.values()];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least === most) return 'in equal parts';
  if (values.length > mostShown) return `by weights from ${least} to ${most}`;
  const heaviestFirst = [...weights].sort(([, a], [, b]) => b - a);
  return `by the weights ${joinWords(heaviestFirst.map(([cluster, weight]) => `${cluster} ${weight}`))}`;
}

function fixOf({ weights, template }: StaticDivision): string {
  const enough = toReplicas(template, `at least ${enoughForAll(weights)}`);
  const equal = new Set(weights.values()).size === 1;
  return equal
    ? `${enough}, or place the workload in fewer clusters`
    : `${enough}, or increase the smaller weights, or remove those clusters from the placement`;
}
