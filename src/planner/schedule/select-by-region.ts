import type { SpreadConstraintSpec } from '../../karmada/policy-spec';
import { appendTo } from '../../kubernetes/map-entries';
import { compareText, numberOf } from '../../kubernetes/plain-data';
import { type Candidate, compareCandidates } from './candidate';
import { chooseRegions, type RegionGroup } from './region-groups';
import type { Selection } from './selection';
import type { ScheduleFailure } from './types';

/** Input for the choice of regions. */
interface RegionQuestion {
  readonly region: SpreadConstraintSpec;
  /** The constraint by cluster. */
  readonly cluster: SpreadConstraintSpec | undefined;
  readonly duplicated: boolean;
  readonly replicas: number;
}

/** A score of 1 for room outweighs the scores of the plugins, which average at most 100. */
const roomUnit = 1000;

/**
 * Chooses regions first; then the best cluster of each, and from the rest of these regions the best up to the maximum
 * of the constraint by cluster. It does not check whether the chosen clusters together have room.
 *
 * @param sorted - feasible clusters, each with a region, best first
 * @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/select_clusters_by_region.go
 */
export function selectByRegion(sorted: readonly Candidate[], question: RegionQuestion): Selection | ScheduleFailure {
  const [minGroups, maxGroups] = [numberOf(question.region.minGroups), numberOf(question.region.maxGroups)];
  const members = membersByRegion(sorted);
  if (members.size < minGroups) {
    return failed(
      `${members.size} regions are feasible, fewer than minGroups ${minGroups} of the spread constraint by region`,
    );
  }
  const groups = [...members].map(
    ([name, clusters]): RegionGroup => ({ name, clusters: clusters.length, score: scoreOf(clusters, question) }),
  );
  const minClusters = numberOf(question.cluster?.minGroups);
  const maxClusters = numberOf(question.cluster?.maxGroups);
  const chosen = chooseRegions(groups, { minGroups, maxGroups, minClusters });
  if (!chosen) {
    return failed(
      maxGroups === 0
        ? 'maxGroups of the spread constraint by region is 0: no region may be chosen'
        : `no ${minGroups} to ${maxGroups} regions have ${minClusters} feasible clusters together`,
    );
  }
  const best: Candidate[] = [];
  const rest: Candidate[] = [];
  for (const { name } of chosen) {
    const [first, ...others] = members.get(name) as [Candidate, ...Candidate[]];
    best.push(first);
    rest.push(...others);
  }
  rest.sort(compareCandidates);
  const more = Math.max(0, Math.min(best.length + rest.length, maxClusters) - best.length);
  return { kind: 'selected', clusters: [...best, ...rest.slice(0, more)] };
}

function membersByRegion(sorted: readonly Candidate[]): Map<string, Candidate[]> {
  const members = new Map<string, Candidate[]>();
  for (const candidate of sorted) {
    const region = candidate.cluster.region;
    if (!region) continue;
    appendTo(members, region, candidate);
  }
  return new Map([...members].sort(([a], [b]) => compareText(a, b)));
}

/** Score of a region by the clusters that it would contribute. */
function scoreOf(clusters: readonly Candidate[], question: RegionQuestion): number {
  return question.duplicated ? duplicatedScore(clusters, question.replicas) : dividedScore(clusters, question);
}

/** How many clusters have room for the full number, then their score. */
function duplicatedScore(clusters: readonly Candidate[], replicas: number): number {
  const roomy = clusters.filter(({ available }) => available >= replicas);
  if (roomy.length === 0) return 0;
  return roomUnit * roomy.length + Math.trunc(sumOfScores(roomy) / roomy.length);
}

/** How much of the region's share of the replicas has room, then the score of the clusters that hold it. */
function dividedScore(clusters: readonly Candidate[], { region, cluster, replicas }: RegionQuestion): number {
  const share = Math.ceil(replicas / (numberOf(region.minGroups) || 1));
  const atLeast = Math.max(numberOf(cluster?.minGroups), numberOf(region.minGroups));
  let room = 0;
  let walked = 0;
  for (const { available } of clusters) {
    room += available;
    walked++;
    if (walked >= atLeast && room >= share) break;
  }
  if (room < share) return roomUnit * room + Math.trunc(sumOfScores(clusters) / clusters.length);
  return roomUnit * share + Math.trunc(sumOfScores(clusters.slice(0, walked)) / walked);
}

function sumOfScores(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { score }) => sum + score, 0);
}

function failed(why: string): ScheduleFailure {
  return { kind: 'failed', reason: 'SchedulerError', why };
}
