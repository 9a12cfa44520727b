import type { Cluster } from '../../src/karmada/cluster';
import type { KarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { Fleet } from '../../src/model/fleet';
import { type Outcome, type Plan, planAfterLoss, planOf, type TemplatePlan } from '../../src/planner';
import { bindingsIn, LiveWorld, type RecordedBinding, type RecordedObject } from './live-world';
import type { RecordedTarget } from './schedule-support';
import { describeTopic, type RecordedCase, readTopic } from './support';

interface LossBinding extends RecordedBinding {
  readonly conditions: { readonly Scheduled?: { readonly reason: string } };
  readonly gracefulEvictionTasks?: readonly object[] | null;
  /** Only where it differs from the step before. */
  readonly appliedPlacement?: object;
  readonly schedulerObservingAffinityName?: string;
}

interface LossState {
  readonly resourceBindings: readonly LossBinding[];
}

interface RecordedClusterState {
  readonly metadata: { readonly name: string };
  readonly spec: object;
  readonly status: { readonly conditions: readonly object[]; readonly resourceSummary?: object };
}

interface RecordedPhase {
  readonly phase: string;
  readonly atSeconds: number;
  readonly apply?: readonly RecordedObject[];
  readonly scale?: Readonly<Record<string, number>>;
  readonly delete?: readonly RecordedObject[];
  readonly refused?: readonly { readonly kind: string; readonly name?: string }[];
  /** Or the words `as in loss-01`. */
  readonly clusters: readonly RecordedClusterState[] | string;
  readonly state: LossState | 'unchanged';
}

interface RecordedLoss extends RecordedCase {
  readonly title: string;
  readonly lost: string;
  readonly steps: readonly RecordedPhase[];
}

const topic = 'live_loss';
const recordedTopic = readTopic<RecordedLoss, { readonly clusterTaintPolicy: KubernetesObject }>(topic);
const nothingYet: LossState = { resourceBindings: [] };

// Recorded from a running v1.18.2 alone. Since v1.19 a rebalancing starts at the first affinity group.
describeTopic<RecordedLoss>(topic, comparePhases, (_, karmada) => karmada === '1.18');

/**
 * After each phase the bindings are those of the plan with the bindings of the phase before. Where the lost cluster has a
 * NoExecute taint, they are those after the evictions, which take some seconds one after the other.
 */
function comparePhases({ id, title, lost, steps }: RecordedLoss, karmada: KarmadaVersion): string | undefined {
  const world = new LiveWorld(id);
  const placements = new Map<string, object>();
  // Some recordings lack the term, which is then the one that the plan used.
  const terms = new Map<string, string>();
  let before = nothingYet;
  for (const [index, step] of steps.entries()) {
    const after = step.state === 'unchanged' ? before : step.state;
    world.change(step.apply ?? [], [...(step.delete ?? []), ...(step.refused ?? [])]);
    world.scale(step.scale ?? {});
    const fleet = fleetOf(id, steps, index);
    const bindings = bindingsIn({ resourceBindings: before.resourceBindings, members: {} }, id).map((binding) =>
      withRecordedState(binding, before, placements, terms),
    );
    const objects = world
      .objectsWithUids({ resourceBindings: after.resourceBindings, members: {} })
      // A rebalancer acts once, in the step that creates it.
      .filter(({ kind }) => kind !== 'WorkloadRebalancer' || step.apply?.some((applied) => applied.kind === kind));
    const expected = expectedAnswers(objects, { fleet, bindings, karmada }, lost, step.atSeconds);
    for (const binding of after.resourceBindings) {
      const answers = expected(binding);
      const recorded = recordedText(binding);
      const agreeing = answers.find((answer) => answerText(answer, binding) === recorded);
      if (!agreeing && !(index === 0 && answers.some((answer) => isWithin(answer, binding)))) {
        const texts = answers.map((answer) => answerText(answer, binding));
        return `${title}, ${step.phase}, ${binding.name}: recorded ${recorded}, expected ${texts.join(' or ')}`;
      }
      const term = binding.schedulerObservingAffinityName ?? agreeing?.affinityTerm;
      if (term !== undefined) terms.set(binding.name, term);
      if (binding.appliedPlacement) placements.set(binding.name, binding.appliedPlacement);
    }
    before = after;
  }
  return undefined;
}

/** What a binding may be in a phase: two answers while evictions are under way. */
function expectedAnswers(
  objects: readonly KubernetesObject[],
  options: {
    readonly fleet: readonly Cluster[];
    readonly bindings: readonly KubernetesObject[];
    readonly karmada: KarmadaVersion;
  },
  lost: string,
  atSeconds: number,
): (binding: LossBinding) => readonly Answer[] {
  const evicting = ({ name, taints = [] }: Cluster) =>
    name === lost && taints.some(({ effect }) => effect === 'NoExecute');
  if (!options.fleet.some(evicting)) {
    const plan = planOf(objects, options);
    return (binding) => [answerOf(binding, plan)];
  }
  const policy = recordedTopic?.clusterTaintPolicy as KubernetesObject;
  const fleet = options.fleet.map((cluster) => ({
    ...cluster,
    // The policy among the manifests adds it again.
    taints: (cluster.taints ?? []).filter(({ effect }) => effect !== 'NoExecute'),
  }));
  const loss = planAfterLoss([...objects, policy], { ...options, fleet }, { kind: 'evicted', clusters: [lost] });
  return (binding) => {
    const template = templateOf(binding, loss.before);
    const eviction = loss.affected.find((affected) => affected.template === template?.key)?.eviction;
    const [kept, moved] = [answerOf(binding, loss.before), answerOf(binding, loss.plan)];
    if (!eviction || atSeconds > eviction.afterSeconds + secondsOfEvictions) return [moved];
    return atSeconds < eviction.afterSeconds ? [kept] : [kept, moved];
  };
}

/** About 25 bindings are evicted, three every two seconds. */
const secondsOfEvictions = 18;

function templateOf({ resource }: LossBinding, plan: Plan): TemplatePlan | undefined {
  return plan.templates.find(
    ({ manifest: { object } }) => object.kind === resource.kind && object.metadata?.name === resource.name,
  );
}

/** What a plan says about a binding. */
interface Answer {
  /** The scheduler's result; undefined for a binding that exists only as a dependency. */
  readonly outcome: Outcome | undefined;
  readonly affinityTerm: string | undefined;
}

function answerOf(binding: LossBinding, plan: Plan): Answer {
  const template = templateOf(binding, plan);
  return { outcome: template?.scheduled, affinityTerm: template?.affinityTerm };
}

function answerText({ outcome }: Answer, { conditions }: LossBinding): string {
  if (outcome?.kind === 'certain') return textOf('Success', targetsIn(outcome.replicas));
  if (outcome?.kind === 'unschedulable') return textOf(outcome.reason, targetsIn(outcome.kept));
  return outcome === undefined ? textOf(conditions.Scheduled?.reason, []) : outcome.kind;
}

/** Only the first placement is left to run time: the capacity before it was not recorded. */
function isWithin({ outcome }: Answer, { clusters }: LossBinding): boolean {
  if (outcome?.kind !== 'atRunTime') return false;
  return (clusters ?? []).every(({ name, replicas = 0 }) => {
    const range = outcome.bounds.get(name);
    return range !== undefined && range.min <= replicas && replicas <= range.max;
  });
}

function recordedText({ clusters, conditions }: LossBinding): string {
  return textOf(conditions.Scheduled?.reason, clusters ?? []);
}

function textOf(reason: string | undefined, targets: readonly RecordedTarget[]): string {
  const sorted = targets.map(({ name, replicas }) => `${name} ${replicas ?? 0}`).sort();
  return `${reason ?? 'unscheduled'}: ${sorted.join(', ')}`;
}

function targetsIn(replicas: ReadonlyMap<string, number>): readonly RecordedTarget[] {
  return Array.from(replicas, ([name, count]) => ({ name, replicas: count }));
}

function withRecordedState(
  binding: KubernetesObject,
  { resourceBindings }: LossState,
  placements: ReadonlyMap<string, object>,
  terms: ReadonlyMap<string, string>,
): KubernetesObject {
  const name = binding.metadata?.name ?? '';
  const recorded = resourceBindings.find((each) => each.name === name);
  const annotations = { 'policy.karmada.io/applied-placement': JSON.stringify(placements.get(name)) };
  return {
    ...binding,
    metadata: { ...binding.metadata, ...(placements.has(name) && { annotations }) },
    spec: { ...(binding.spec as object), gracefulEvictionTasks: recorded?.gracefulEvictionTasks ?? [] },
    status: { schedulerObservingAffinityName: terms.get(name) },
  };
}

/** The clusters of a phase, with the free capacity of the phase before; of the first phase it is unknown. */
function fleetOf(id: string, steps: readonly RecordedPhase[], index: number): readonly Cluster[] {
  const now = clustersIn(id, steps, index);
  const earlier = index === 0 ? [] : clustersIn(id, steps, index - 1);
  const kinds = (groupVersion: string, ...names: readonly string[]) => ({
    groupVersion,
    resources: names.map((kind) => ({ kind })),
  });
  const items = now.map(({ metadata, spec, status }) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata,
    spec,
    status: {
      conditions: status.conditions,
      apiEnablements: [
        kinds('apps/v1', 'Deployment', 'StatefulSet'),
        kinds('batch/v1', 'Job'),
        kinds('v1', 'ConfigMap', 'Service'),
      ],
      ...(index > 0 && {
        resourceSummary: earlier.find((each) => each.metadata.name === metadata.name)?.status.resourceSummary,
      }),
    },
  }));
  return Fleet.fromClusters({ apiVersion: 'v1', kind: 'List', items }).clusters;
}

/** Cases of one outage share the clusters, which some of them have: those of the same phase, or of the last one before. */
function clustersIn(id: string, steps: readonly RecordedPhase[], index: number): readonly RecordedClusterState[] {
  const step = steps[index] as RecordedPhase;
  if (typeof step.clusters !== 'string') return step.clusters;
  const outageOf = (name: string): number => [13, 33, 99].findIndex((end) => Number(name.slice('loss-'.length)) < end);
  const phases = (recordedTopic?.cases ?? [])
    .filter((each) => outageOf(each.id) === outageOf(id))
    .flatMap((each) => each.steps)
    .filter(({ clusters, atSeconds }) => typeof clusters !== 'string' && atSeconds <= step.atSeconds);
  const last = phases.sort((a, b) => b.atSeconds - a.atSeconds)[0];
  if (last === undefined || typeof last.clusters === 'string') throw new Error(`no case has the clusters of ${id}`);
  return last.clusters;
}
