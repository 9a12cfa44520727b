import { compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { ContractGroup, ContractSpec } from '../../model/contract-spec';
import { joinWords, rangeText } from '../../problem/words';
import type { ReplicaRange } from '../outcome';
import type { TemplatePlan } from '../plan';
import { broken, cannotTell, caseOf, countText, type Finding, holds, tieText, worst } from './answer';
import type { ClusterGroups } from './cluster-groups';
import { type ContractRun, undecidedText, unstated, wouldDecide } from './contract-run';
import { groupLimits, type PossiblePlacement } from './possible-placements';

type Only = Extract<ContractSpec, { kind: 'only' }>;
type Pair = Extract<ContractSpec, { kind: 'apartFrom' | 'togetherWith' }>;
type Bounded = Extract<ContractSpec, { kind: 'atMost' | 'maxSkew' }>;

/** Whether a template stays within the clusters of a contract, by whatever path it gets there. */
export function onlyFinding({ clusters }: Only, template: TemplatePlan, run: ContractRun): Finding {
  // Karmada creates namespaces in every cluster, whatever a policy says.
  if (template.takenBy === 'namespace-sync') return holds;
  const matches = compileClusterAffinity(clusters, run.plan.karmada);
  const outside = template.possibleClusters.filter((name) => {
    const cluster = run.clusters.get(name);
    return cluster !== undefined && !matches(cluster);
  });
  if (outside.length === 0) return holds;
  for (const { key } of clusters.fieldSelector?.matchExpressions ?? []) {
    const by = key as ContractGroup;
    const unknown = run.groupsBy(by).unknownAmong(outside);
    if (unknown.length > 0) return unstated(by, unknown);
  }
  const surely = outside.filter((cluster) => template.guaranteedClusters.includes(cluster));
  const [requirement] = template.requiredBy;
  const path = template.policy || !requirement ? '' : `, with ${requirement.template}`;
  const why = `${surely.length > 0 ? `goes to ${joinWords(surely, 'and')}` : `may go to ${joinWords(outside, 'or')}`}${path}`;
  const replicas = outside.map((cluster) => [cluster, template.final.get(cluster)?.min ?? 0] as const);
  return broken(why, 'narrow the clusterAffinity of the placement', { replicas: Object.fromEntries(replicas) });
}

/** Whether two templates are in different groups, or the second one is wherever the first one is. */
export function pairFinding(spec: Pair, template: TemplatePlan, run: ContractRun): Finding {
  const others = run.templatesOf(spec.other).filter((other) => other !== template && other.countsReplicas);
  if (others.length === 0) return run.absent(spec.other);
  const groups = run.groupsBy(spec.by);
  const unknown = groups.unknownAmong(new Set([template, ...others].flatMap((each) => each.possibleClusters)));
  if (unknown.length > 0) return unstated(spec.by, unknown);
  return worst(
    others.flatMap((other) =>
      run.placementsOf(template).flatMap((one) =>
        run
          .placementsOf(other)
          .filter((two) => !contradict(one, two))
          .map((two) => pairIn(spec, groups, { template, placement: one }, { template: other, placement: two })),
      ),
    ),
  );
}

/** A template in one of the ways in which it may run. */
interface Placed {
  readonly template: TemplatePlan;
  readonly placement: PossiblePlacement;
}

/** Whether two placements cannot come about together, because one UID decides both. */
function contradict(one: PossiblePlacement, two: PossiblePlacement): boolean {
  return one.decidedBy !== undefined && one.decidedBy === two.decidedBy && one.tie !== two.tie;
}

function pairIn(spec: Pair, groups: ClusterGroups, one: Placed, two: Placed): Finding {
  const apart = spec.kind === 'apartFrom';
  const theirs = groupsWith(two, groups, apart ? 'max' : 'min');
  const wrong = [...groupsWith(one, groups, 'max')].filter((group) => theirs.has(group) === apart);
  if (wrong.length === 0) return holds;
  const tie = tieText(one.placement) || tieText(two.placement);
  const where = joinWords(wrong, 'and');
  const why = apart
    ? `${one.template.key} and ${two.template.key} both run in ${where}${tie}`
    : `${two.template.key} has no replica in ${where}, where ${one.template.key} runs${tie}`;
  const fix = apart
    ? 'give them placements that have no cluster in common'
    : `duplicate ${two.template.key}, or give both the same certain clusters`;
  const surely = groupsWith(one, groups, 'min');
  const surelyOrNever = groupsWith(two, groups, apart ? 'min' : 'max');
  const certain = wrong.some((group) => surely.has(group) && surelyOrNever.has(group) === apart);
  const undecided = [one, two].find(({ placement }) => !placement.decided);
  const counterexample = caseOf(two.placement, []);
  if (!undecided || certain) return broken(why, fix, counterexample);
  return cannotTell(`it may be that ${why}${undecidedText(undecided.template)}`, wouldDecide, counterexample);
}

/** The groups in which a template has replicas. */
function groupsWith({ placement }: Placed, groups: ClusterGroups, bound: 'min' | 'max'): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [cluster, range] of placement.replicas) {
    if (range[bound] > 0) for (const group of groups.of(cluster)) found.add(group);
  }
  return found;
}

/** Whether no group has too many replicas, or groups differ too much. */
export function boundedFinding(spec: Bounded, template: TemplatePlan, run: ContractRun): Finding {
  const groups = run.groupsBy(spec.by);
  const clusters = new Set([...template.possibleClusters, ...(spec.kind === 'maxSkew' ? template.candidates : [])]);
  const unknown = groups.unknownAmong(clusters);
  if (unknown.length > 0) return unstated(spec.by, unknown);
  const findingIn = spec.kind === 'atMost' ? atMostIn : skewIn;
  return worst(
    run.placementsOf(template).map((placement) => findingIn(spec, { template, placement }, groups, clusters)),
  );
}

function atMostIn({ replicas: most, by }: Bounded, placed: Placed, groups: ClusterGroups): Finding {
  const { template, placement } = placed;
  const { decided, total, mostClusters } = placement;
  const sums = [...sumsBy(placed, groups, placement.replicas.keys())];
  const [fullest] = sums.filter(([, { max }]) => max > most).sort(([, a], [, b]) => b.min - a.min || b.max - a.max);
  if (!fullest) return holds;
  const [group, range] = fullest;
  const counterexample = caseOf(placement, []);
  const fix = `lower the weight of ${group}, or spread over more ${by}s`;
  const why = `${group} has ${countText(decided ? { min: range.max, max: range.max } : range)}${tieText(placement)}`;
  if (decided || range.min > most) return broken(why, fix, counterexample);
  const limit = Math.min(by === 'cluster' ? mostClusters : groupLimits(template, by).max, sums.length);
  if (Math.ceil(total.min / limit) > most) {
    return broken(
      `${countText(total)} in at most ${limit} ${by}s are at least ${Math.ceil(total.min / limit)} in one of them`,
      fix,
      {
        replicas: {},
      },
    );
  }
  return cannotTell(`${group} may have ${countText(range)}${undecidedText(template)}`, wouldDecide, counterexample);
}

function skewIn(
  { replicas: most }: Bounded,
  placed: Placed,
  groups: ClusterGroups,
  clusters: Iterable<string>,
): Finding {
  const { template, placement } = placed;
  const sums = [...sumsBy(placed, groups, clusters)];
  if (sums.length < 2) return holds;
  // An autoscaler moves all clusters together, so its numbers are compared at both ends.
  const differences = (['min', 'max'] as const).map((bound) => {
    const counts = sums.map(([, range]) => range[bound]);
    return Math.max(...counts) - Math.min(...counts);
  });
  const widest = Math.max(...sums.map(([, { max }]) => max)) - Math.min(...sums.map(([, { min }]) => min));
  const difference = placement.decided ? Math.max(...differences) : widest;
  if (difference <= most) return holds;
  const counterexample = caseOf(placement, []);
  const numbers = joinWords(sums.map(([group, range]) => `${group} has ${rangeText(range)}`));
  const why = `${numbers}: they differ by ${difference}${tieText(placement)}`;
  if (placement.decided)
    return broken(why, 'use equal weights, or a number of replicas that divides evenly', counterexample);
  return cannotTell(`it may be that ${why}${undecidedText(template)}`, wouldDecide, counterexample);
}

/** Replicas of each group; 0 for a group of `clusters` without any. */
function sumsBy(
  { placement }: Placed,
  groups: ClusterGroups,
  clusters: Iterable<string>,
): ReadonlyMap<string, ReplicaRange> {
  const sums = new Map<string, ReplicaRange>();
  for (const cluster of clusters) {
    const { min, max } = placement.replicas.get(cluster) ?? { min: 0, max: 0 };
    for (const group of groups.of(cluster)) {
      const sum = sums.get(group) ?? { min: 0, max: 0 };
      sums.set(group, { min: sum.min + min, max: sum.max + max });
    }
  }
  return sums;
}
