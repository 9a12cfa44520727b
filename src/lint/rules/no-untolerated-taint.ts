import type { PlacementSpec } from '../../karmada/policy-spec';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { joinWords, nearMiss, quoted } from '../../problem/words';
import type { Attempt } from '../analysis/feasible-clusters';
import { clustersCause, type PolicyPlacement, placementPath } from '../analysis/policy-placement';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/framework/plugins/tainttoleration */
export const noUntoleratedTaint = defineRule({
  id: 'no-untolerated-taint',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P40'],
  rank: 210,
  summary: 'A placement tolerates all taints of the clusters that it selects.',
  rationale:
    'the scheduler excludes a cluster with a NoSchedule or NoExecute taint that clusterTolerations do not tolerate',
  check(context) {
    const { fleet } = context;
    const tainted = fleet?.some(({ taints = [] }) => taints.length > 0);
    for (const placed of context.placements) {
      if (fleet && tainted) {
        const named = namesIn(placed);
        for (const attempt of context.attemptsOf(placed.placement)) reportTaints(attempt, named, placed, context);
      }
      reportDeadTolerations(placed, context);
    }
  },
});

/** A cluster that a taint excludes. */
interface Repelled {
  readonly name: string;
  readonly why: string;
  readonly key: string;
}

function reportTaints(
  attempt: Attempt,
  named: ReadonlySet<string>,
  placed: PolicyPlacement,
  context: LintContext,
): void {
  const repelled = attempt.chosen.flatMap(({ cluster, reasons }): readonly Repelled[] => {
    const reason = reasons.find(({ plugin }) => plugin === 'TaintToleration');
    const key = cluster.taints?.find((taint) => reason?.why.includes(taint.key))?.key ?? '';
    return reason ? [{ name: cluster.name, why: reason.why, key }] : [];
  });
  const nothingLeft = attempt.feasible.length === 0;
  // A named cluster is intended. For a cluster that only matches a selector, the taint may be intended to exclude it.
  const meant = repelled.filter(({ name, key }) => (named.has(name) || nothingLeft) && !isConditionTaint(key));
  const others = repelled.filter((each) => !meant.includes(each));
  if (meant.length > 0) report(meant, nothingLeft, placed, context);
  if (others.length > 0) report(others, nothingLeft, placed, context, 'info');
}

function report(
  repelled: readonly Repelled[],
  nothingLeft: boolean,
  { policy, key, placement }: PolicyPlacement,
  context: LintContext,
  severity?: 'info',
): void {
  const names = joinWords(
    repelled.map(({ name }) => name),
    'and',
  );
  const taints = [...new Set(repelled.map(({ why }) => taintIn(why)))];
  const tolerations = listOf(placement.clusterTolerations);
  const near = tolerations.findIndex((toleration) => repelled.some((one) => one.key === fieldAt(toleration, 'key')));
  const almost =
    near < 0
      ? ''
      : `; clusterTolerations[${near}] has that key but does not match (${tolerationText(tolerations[near])})`;
  context.report({
    at: policy.manifest,
    path: near < 0 ? `${placementPath}.clusterTolerations` : `${placementPath}.clusterTolerations[${near}]`,
    ...(severity && { severity }),
    message: `${names} ${repelled.length === 1 ? 'is' : 'are'} excluded: ${taints.length === 1 ? 'taint' : 'taints'} ${joinWords(taints, 'and')} ${taints.length === 1 ? 'is' : 'are'} not tolerated${almost}${nothingLeft ? '; no cluster remains' : ''}`,
    fix: `add a clusterToleration with ${taints.map(wanted).join(' and one with ')}, or remove ${names} from the placement`,
    cause: clustersCause(key),
  });
}

/** Taints that Karmada sets for cluster conditions. They are temporary and independent of the manifests. */
function isConditionTaint(key: string): boolean {
  return key.startsWith('cluster.karmada.io/');
}

/** Clusters that the placement names in an affinity or a weight. */
function namesIn({ groups, placement }: PolicyPlacement): ReadonlySet<string> {
  const weights = listOf(placement.replicaScheduling?.weightPreference?.staticWeightList);
  return new Set(
    [
      ...groups.flatMap(({ affinity }) => listOf(affinity.clusterNames)),
      ...weights.flatMap((rule) => listOf(fieldAt(rule, 'targetCluster', 'clusterNames'))),
    ].map(textOf),
  );
}

function taintIn(why: string): string {
  return /taint (\S+)/.exec(why)?.[1] ?? why;
}

/** The fields of a toleration for a taint written as `key=value:effect`. */
function wanted(taint: string): string {
  const [, key = '', value, effect = ''] = /^([^=:]+)(?:=([^:]*))?:(.*)$/.exec(taint) ?? [];
  return `key: ${key}, ${value ? `value: ${value}` : 'operator: Exists'}, effect: ${effect}`;
}

const operators = ['Exists', 'Equal'] as const;
const effects = ['NoSchedule', 'NoExecute'] as const;

function reportDeadTolerations({ policy, key, placement }: PolicyPlacement, context: LintContext): void {
  for (const [index, toleration] of listOf((placement as PlacementSpec).clusterTolerations).entries()) {
    const [operator, effect] = [fieldAt(toleration, 'operator'), fieldAt(toleration, 'effect')].map(textOf);
    const path = `${placementPath}.clusterTolerations[${index}]`;
    if (operator && !operators.some((one) => one === operator)) {
      const meant = nearMiss(operator, operators);
      context.report({
        at: policy.manifest,
        path: `${path}.operator`,
        message: `the toleration of ${tolerationText(toleration)} tolerates nothing: the operator ${quoted(operator)} does not exist`,
        fix: meant === undefined ? 'use Exists or Equal' : `write "${meant}"`,
        why: 'Karmada accepts any operator, but only Exists and Equal match',
        cause: clustersCause(key),
      });
    } else if (effect && !effects.some((one) => one === effect)) {
      const meant = nearMiss(effect, effects);
      context.report({
        at: policy.manifest,
        path: `${path}.effect`,
        ...(effect === 'PreferNoSchedule' && { severity: 'warning' }),
        message: `the toleration of ${tolerationText(toleration)} tolerates nothing: clusters have no taints with effect ${effect}`,
        fix:
          effect === 'PreferNoSchedule' || meant === undefined
            ? 'use NoSchedule or NoExecute, or omit effect for both'
            : `write "${meant}"`,
        why: 'the effects of cluster taints are NoSchedule and NoExecute',
        cause: clustersCause(key),
      });
    }
  }
}

/** Describes a toleration, for example `key gpu, operator Exists`. */
function tolerationText(toleration: unknown): string {
  const parts = ['key', 'operator', 'value', 'effect'].flatMap((field) => {
    const value = textOf(fieldAt(toleration, field));
    return value === '' ? [] : [`${field} ${value}`];
  });
  return parts.length > 0 ? parts.join(', ') : 'every taint without a value';
}
