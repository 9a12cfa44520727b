import type { Cluster } from '../../karmada/cluster';
import { parseAmount } from '../../kubernetes/quantity';
import { counted, joinWords } from '../../problem/words';
import { countIn, requestOf } from '../capacity/request';
import { formatAmount } from '../interpret/pod-requirements';
import { type Replicas, resultsOf } from '../outcome';
import { mayNeedRoom } from '../schedule/strategy';
import type { FleetCapacity } from './fleet-capacity';
import type { TemplateDecision } from './template-decision';

/** What notes about capacity are made from. */
export interface CapacityContext {
  readonly capacity: FleetCapacity;
  readonly clusters: ReadonlyMap<string, Cluster>;
}

/**
 * What the free capacity of the clusters means for a template, where the number of replicas does not show it.
 *
 * @param candidates - names of the clusters that it may go to
 */
export function capacityNotes(
  decision: TemplateDecision,
  candidates: () => readonly string[],
  context: CapacityContext,
): readonly string[] {
  if (!decision.request || !decision.countsReplicas) return [];
  return [
    ...assumedNote(decision),
    ...moveNote(decision),
    ...(context.capacity.isKnown
      ? [
          ...smallNodesNote(decision, candidates, context),
          ...fullNote(decision, context),
          ...largePodNote(decision, context),
        ]
      : []),
  ];
}

function assumedNote({ capacity, replicas, scheduled }: TemplateDecision): readonly string[] {
  const [result] = resultsOf(scheduled);
  if (capacity !== 'assumed' || scheduled.kind !== 'certain' || !result) return [];
  const [cluster = ''] = result.keys();
  return [
    `${cluster} is the only candidate and its free capacity is unknown: it gets ${counted(replicas ?? 0, 'replica')}, or nothing changes if they do not fit there`,
  ];
}

/** Scaling up adds to the current clusters, unless the spread constraints or the groups now select others. */
function moveNote({ request, scheduled, replicas = 0, question }: TemplateDecision): readonly string[] {
  const current = question?.current;
  if (!request || !current || !mayNeedRoom(request.binding.placement) || request.binding.freshStart) return [];
  const before = current.clusters.reduce((sum, target) => sum + target.replicas, 0);
  const added = additions(scheduled, new Map());
  if (before === 0 || before >= replicas || !added) return [];
  const losing = current.clusters.filter((target) => (added.get(target.name) ?? 0) < target.replicas);
  if (losing.length === 0) return [];
  const emptied = losing.filter(({ name }) => !added.has(name)).map(({ name }) => name);
  const whole = current.clusters.every(({ name, replicas: count }) => count === 0 || !added.has(name));
  const what = whole
    ? `the whole workload leaves ${joinWords(emptied, 'and')} for ${joinWords([...added.keys()], 'and')}`
    : `replicas also leave ${joinWords(
        losing.map(({ name }) => name),
        'and',
      )}`;
  return [
    `from ${before} to ${counted(replicas, 'replica')} ${what}: other clusters are selected now, or groups are filled anew`,
  ];
}

/** Resource models count each node with the minimum of its grade, which is 0 for the lowest. */
function smallNodesNote(
  { requirements, question }: TemplateDecision,
  candidates: () => readonly string[],
  { capacity }: CapacityContext,
): readonly string[] {
  if (!question?.room || !requirements) return [];
  const room = capacity.statusRoom(requirements);
  const ignored = candidates().filter((cluster) => {
    const { byModels, bySummary = 0 } = room(cluster) ?? {};
    return byModels === 0 && bySummary > 0;
  });
  if (ignored.length === 0) return [];
  return [
    `resource models count the nodes of ${joinWords(ignored, 'and')} as too small for a replica, although the sum of their free resources is enough: ${ignored.length > 1 ? 'they get' : 'it gets'} none until spec.resourceModels of the Cluster has finer grades or is null`,
  ];
}

/** Duplicated replicas and static weights go into a full cluster as well. */
function fullNote(
  { request, requirements, scheduled, question }: TemplateDecision,
  { capacity }: CapacityContext,
): readonly string[] {
  if (!request || mayNeedRoom(request.binding.placement)) return [];
  const running = new Map(question?.current?.clusters.map(({ name, replicas }) => [name, replicas]));
  const room = capacity.statusRoom(requirements);
  const over = [...(additions(scheduled, running) ?? [])].flatMap(([cluster, more]) => {
    const fits = more > 0 ? room(cluster)?.bySummary : undefined;
    return fits !== undefined && more > fits ? [`${cluster} (${more} more, ${fits} fit)`] : [];
  });
  if (over.length === 0) return [];
  return [`pods may stay Pending in ${joinWords(over, 'and')}: this placement does not consider free capacity`];
}

/** The summary adds up the nodes, so it may promise a replica that is larger than any node. */
function largePodNote(
  { requirements, scheduled }: TemplateDecision,
  { capacity, clusters }: CapacityContext,
): readonly string[] {
  const requests = Object.entries(requirements?.resourceRequest ?? {});
  if (requests.length === 0) return [];
  const room = capacity.statusRoom(requirements);
  const large = [...(additions(scheduled, new Map())?.keys() ?? [])].flatMap((name) => {
    const { nodes = 0, resourceSummary } = clusters.get(name) ?? { name };
    if (nodes === 0 || room(name)?.byModels !== undefined) return [];
    const larger = requests.find(([resource, amount]) => {
      const has = parseAmount(resourceSummary?.allocatable?.[resource]);
      const requested = parseAmount(amount);
      return has && requested && requested.nanos * BigInt(nodes) > has.nanos;
    });
    return larger ? [`${name} (${larger[0]})`] : [];
  });
  if (large.length === 0) return [];
  return [
    `a replica requests more than an average node has in ${joinWords(large, 'and')}: Karmada adds up the nodes, so its pods may stay Pending`,
  ];
}

/** Requests of a plan in one cluster. */
interface Demand {
  templates: number;
  readonly counts: Map<string, number>;
}

/**
 * Clusters to which the templates of a plan together bring more than is left. Karmada considers each template by itself,
 * and the status of a cluster lags behind.
 */
export function sharedRoomNotes(
  decisions: readonly TemplateDecision[],
  { capacity, clusters }: CapacityContext,
): readonly string[] {
  if (!capacity.isKnown) return [];
  const demands = new Map<string, Demand>();
  for (const { scheduled, requirements, countsReplicas, question } of decisions) {
    const running = new Map(question?.current?.clusters.map(({ name, replicas }) => [name, replicas]));
    const added = countsReplicas ? additions(scheduled, running) : undefined;
    if (!added) continue;
    const requests = requestOf(requirements ?? {}).map(
      (each) => [each.resource, Number(countIn(each.resource, each))] as const,
    );
    for (const [cluster, more] of added) {
      if (more <= 0) continue;
      const demand = demands.get(cluster) ?? { templates: 0, counts: new Map<string, number>() };
      demands.set(cluster, demand);
      demand.templates++;
      for (const [resource, count] of [...requests, ['pods', 1] as const]) {
        demand.counts.set(resource, (demand.counts.get(resource) ?? 0) + count * more);
      }
    }
  }
  const short: string[] = [];
  for (const name of clusters.keys()) {
    const demand = demands.get(name);
    if (!demand || demand.templates < 2) continue;
    const scarce = [...demand.counts].find(([resource, count]) => count > (capacity.left(name, resource) ?? Infinity));
    if (!scarce) continue;
    const [resource, count] = scarce;
    const left = Math.max(0, capacity.left(name, resource) ?? 0);
    short.push(
      `${name} (${resource}: ${formatAmount(resource, BigInt(Math.round(count)))} requested, ${formatAmount(resource, BigInt(left))} left)`,
    );
  }
  if (short.length === 0) return [];
  return [
    `the templates together request more than is left in ${joinWords(short, 'and')}: Karmada counts the room for each template alone, so pods may stay Pending`,
  ];
}

/** The most replicas that each cluster gets more than it has; undefined if the result is unknown. */
function additions(outcome: TemplateDecision['scheduled'], running: Replicas): Map<string, number> | undefined {
  if (outcome.kind !== 'certain' && outcome.kind !== 'either') return undefined;
  const added = new Map<string, number>();
  for (const result of resultsOf(outcome)) {
    for (const [cluster, count] of result) {
      const more = count - (running.get(cluster) ?? 0);
      added.set(cluster, Math.max(more, added.get(cluster) ?? more));
    }
  }
  return added;
}
