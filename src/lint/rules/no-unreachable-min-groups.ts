import type { Cluster } from '../../karmada/cluster';
import { numberOf } from '../../kubernetes/plain-data';
import { ignoresSpreadConstraints } from '../../planner/schedule/strategy';
import { joinWords } from '../../problem/words';
import type { Attempt } from '../analysis/feasible-clusters';
import { clustersCause, type PolicyPlacement, type Spread, spreadsOf } from '../analysis/policy-placement';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** A constraint that an affinity group cannot meet, and why. */
interface Shortage {
  readonly attempt: Attempt;
  readonly spread: Spread;
  readonly found: string;
  readonly most: number;
}

/** @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint */
export const noUnreachableMinGroups = definePlanRule({
  id: 'no-unreachable-min-groups',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P34'],
  rank: 240,
  summary: 'The affinity matches as many clusters and regions as the spread constraints require.',
  rationale: 'with fewer groups than minGroups, scheduling fails completely: the workload runs nowhere',
  check(context) {
    for (const placed of context.placements) {
      const { placement } = placed;
      const spreads = spreadsOf(placement);
      if (spreads.length === 0 || ignoresSpreadConstraints(placement)) continue;
      const attempts = context.attemptsOf(placement);
      const shortages = attempts.map((attempt) => shortageOf(attempt, spreads));
      const hopeless = shortages.every((shortage) => shortage !== undefined);
      for (const shortage of shortages) if (shortage) report(shortage, hopeless, placed, context);
    }
  },
});

function report(
  { attempt, spread, found, most }: Shortage,
  hopeless: boolean,
  placed: PolicyPlacement,
  context: PlanContext,
): void {
  const { constraint, field, path } = spread;
  const group = attempt.name === undefined ? 'the affinity' : `affinity group "${attempt.name}"`;
  const lower = most > 0 ? `lower minGroups to ${most}` : `set the ${field} of the clusters`;
  const more = field === 'cluster' ? 'more clusters' : `clusters in more ${field}s`;
  context.report({
    at: placed.policy.manifest,
    path: `${path}.minGroups`,
    ...(!hopeless && {
      severity: 'warning',
      why: 'the scheduler always skips a group that cannot meet the spread constraints',
    }),
    message: `minGroups ${constraint.minGroups ?? 1} requires more ${field}s than ${group} offers: ${found}`,
    fix: `${lower}, or change ${group} to select ${more}`,
    cause: clustersCause(placed.key),
  });
}

function shortageOf(attempt: Attempt, spreads: readonly Spread[]): Shortage | undefined {
  const { feasible } = attempt;
  if (feasible.length === 0) return withoutTheField(attempt, spreads);
  const names = joinWords(
    feasible.map(({ name }) => name),
    'and',
  );
  const regions = clustersByRegion(feasible);
  const [byRegion, byCluster] = ['region', 'cluster'].map((each) => spreads.find(({ field }) => field === each));
  if (byRegion && numberOf(byRegion.constraint.minGroups) > regions.size) {
    const found = `${names} ${feasible.length === 1 ? 'is' : 'are'} in ${joinWords([...regions.keys()], 'and')} only`;
    return { attempt, spread: byRegion, found, most: regions.size };
  }
  if (!byCluster) return undefined;
  const wanted = numberOf(byCluster.constraint.minGroups);
  if (wanted > feasible.length) {
    const found = feasible.length === 1 ? `only ${names} passes the filters` : `only ${names} pass the filters`;
    return { attempt, spread: byCluster, found, most: feasible.length };
  }
  const most = numberOf(byRegion?.constraint.maxGroups);
  if (!byRegion || most === 0) return undefined;
  const largest = [...regions.values()].sort((a, b) => b - a).slice(0, most);
  const inThem = largest.reduce((sum, count) => sum + count, 0);
  if (wanted <= inThem) return undefined;
  return {
    attempt,
    spread: byCluster,
    found: `${most} ${most === 1 ? 'region has' : 'regions have'} ${inThem} at most`,
    most: inThem,
  };
}

/** Other rules report a group without clusters, unless the spread constraints exclude all of them. */
function withoutTheField(attempt: Attempt, spreads: readonly Spread[]): Shortage | undefined {
  const { chosen } = attempt;
  const leftOut = chosen.every(({ reasons }) => reasons.some(({ plugin }) => plugin === 'SpreadConstraint'));
  const spread = spreads.find(({ field }) => field === 'region') ?? spreads.find(({ field }) => field !== 'cluster');
  if (chosen.length === 0 || !leftOut || !spread) return undefined;
  const names = joinWords(
    chosen.map(({ cluster }) => cluster.name),
    'and',
  );
  return { attempt, spread, found: `${names} ${chosen.length === 1 ? 'has' : 'have'} no ${spread.field}`, most: 0 };
}

function clustersByRegion(clusters: readonly Cluster[]): ReadonlyMap<string, number> {
  const regions = new Map<string, number>();
  for (const { region } of clusters) if (region) regions.set(region, (regions.get(region) ?? 0) + 1);
  return regions;
}
