import type { Cluster } from '../../src/karmada/cluster';
import { atLeast, type KarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { formatMilli, milliValue, parseQuantity } from '../../src/kubernetes/quantity';
import { Fleet } from '../../src/model/fleet';
import { type Outcome, type Plan, planOf } from '../../src/planner';
import { bindingsIn, LiveWorld, type RecordedBinding, type RecordedObject } from './live-world';
import type { RecordedTarget } from './schedule-support';
import { describeTopic, differenceOf, type RecordedCase, readTopic } from './support';

type Amounts = Readonly<Record<string, string>>;

interface Summary {
  readonly allocatable?: Amounts;
  readonly allocated?: Amounts;
  readonly allocating?: Amounts;
}

type Summaries = Readonly<Record<string, Summary>>;

interface CapacityBinding extends RecordedBinding {
  readonly conditions: { readonly Scheduled?: { readonly status: string; readonly reason: string } };
  readonly replicaRequirements?: { readonly resourceRequest?: Amounts } | null;
  /** Only where it differs from the step before. */
  readonly appliedPlacement?: object;
  readonly schedulerObservingAffinityName?: string;
}

interface CapacityState {
  readonly clusters: Summaries;
  readonly resourceBindings: readonly CapacityBinding[];
}

interface RecordedStep {
  readonly apply?: readonly RecordedObject[];
  readonly scale?: Readonly<Record<string, number>>;
  readonly delete?: readonly RecordedObject[];
  readonly patchCluster?: Readonly<Record<string, { readonly spec: object }>>;
  readonly refused?: readonly { readonly kind: string; readonly name?: string }[];
  readonly clustersBefore: Summaries;
  readonly state: CapacityState | 'unchanged';
}

interface RecordedWorkloads extends RecordedCase {
  readonly title: string;
  readonly fleet: string;
  readonly steps: readonly RecordedStep[];
}

interface FleetEntry {
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

const topic = 'live_capacity';
const fleets = readTopic<RecordedWorkloads, { fleets: Readonly<Record<string, readonly FleetEntry[]>> }>(topic)?.fleets;
const nothingYet: CapacityState = { clusters: {}, resourceBindings: [] };

// Recorded from a running v1.18.2 alone.
const wasRecorded = (_: RecordedWorkloads, karmada: KarmadaVersion) => atLeast(karmada, '1.18');

describeTopic<RecordedWorkloads>(topic, compareSteps, wasRecorded);

function compareSteps(
  { id, title, fleet: name, steps }: RecordedWorkloads,
  karmada: KarmadaVersion,
): string | undefined {
  const world = new LiveWorld(id);
  const placements = new Map<string, object>();
  let entries = fleets?.[name] ?? [];
  let before = nothingYet;
  for (const [index, step] of steps.entries()) {
    const after = step.state === 'unchanged' ? before : step.state;
    world.change(step.apply ?? [], [...(step.delete ?? []), ...(step.refused ?? [])]);
    world.scale(step.scale ?? {});
    entries = entries.map((entry) => ({
      ...entry,
      spec: { ...entry.spec, ...step.patchCluster?.[entry.metadata.name]?.spec },
    }));
    const bindings = bindingsIn({ resourceBindings: before.resourceBindings, members: {} }, id).map((binding) =>
      withPlacement(binding, before, placements),
    );
    const objects = world.objectsWithUids({ resourceBindings: after.resourceBindings, members: {} });
    const planWith = (summaries: Summaries) =>
      planOf(objects, { fleet: fleetWith(entries, summaries), bindings, karmada });
    const plan = planWith(step.clustersBefore);
    for (const binding of after.resourceBindings) {
      const used = waitedForRoom(binding, before) ? planWith(withoutPods(after.clusters, binding)) : plan;
      const difference = bindingDifference(binding, used);
      if (difference) return `${title}, step ${index + 1}, ${binding.name}: ${difference}`;
      if (binding.appliedPlacement) placements.set(binding.name, binding.appliedPlacement);
    }
    before = after;
  }
  return undefined;
}

function fleetWith(entries: readonly FleetEntry[], summaries: Summaries): readonly Cluster[] {
  const kinds = (groupVersion: string, ...names: readonly string[]) => ({
    groupVersion,
    resources: names.map((kind) => ({ kind })),
  });
  const items = entries.map(({ metadata, spec }) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata,
    spec,
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      apiEnablements: [
        kinds('apps/v1', 'Deployment', 'StatefulSet'),
        kinds('batch/v1', 'Job'),
        kinds('v1', 'ConfigMap', 'Service'),
      ],
      resourceSummary: summaries[metadata.name],
    },
  }));
  return Fleet.fromClusters({ apiVersion: 'v1', kind: 'List', items }).clusters;
}

function withPlacement(
  binding: KubernetesObject,
  { resourceBindings }: CapacityState,
  placements: ReadonlyMap<string, object>,
): KubernetesObject {
  const name = binding.metadata?.name ?? '';
  const recorded = resourceBindings.find((each) => each.name === name);
  const annotations = { 'policy.karmada.io/applied-placement': JSON.stringify(placements.get(name)) };
  return {
    ...binding,
    metadata: { ...binding.metadata, ...(placements.has(name) && { annotations }) },
    status: { schedulerObservingAffinityName: recorded?.schedulerObservingAffinityName },
  } as KubernetesObject;
}

/** A binding that was pending is scheduled again once the status shows more room: with the status after the step. */
function waitedForRoom({ name, conditions }: CapacityBinding, before: CapacityState): boolean {
  const earlier = before.resourceBindings.find((each) => each.name === name);
  return earlier?.conditions.Scheduled?.status === 'False' && conditions.Scheduled?.status === 'True';
}

/** The status without the pods of a binding. */
function withoutPods(summaries: Summaries, { clusters, replicaRequirements }: CapacityBinding): Summaries {
  const running = new Map((clusters ?? []).map(({ name, replicas = 0 }) => [name, replicas]));
  const requested: Amounts = { pods: '1', ...replicaRequirements?.resourceRequest };
  return Object.fromEntries(
    Object.entries(summaries).map(([name, summary]) => {
      const allocated = Object.entries(summary.allocated ?? {}).map(([resource, amount]) => {
        const used = milliValue(parseQuantity(amount)!);
        const own = milliValue(parseQuantity(requested[resource] ?? '0')!) * BigInt(running.get(name) ?? 0);
        return [resource, formatMilli(used > own ? used - own : 0n)] as const;
      });
      return [name, { ...summary, allocated: Object.fromEntries(allocated) }];
    }),
  );
}

function bindingDifference({ resource, clusters, conditions }: CapacityBinding, plan: Plan): string | undefined {
  const template = plan.templates.find(
    ({ manifest: { object } }) => object.kind === resource.kind && object.metadata?.name === resource.name,
  );
  const outcome = template?.scheduled;
  const reason = conditions.Scheduled?.reason;
  if (outcome?.kind === 'certain') {
    if (reason !== 'Success') return `expected ${reason}, got ${sorted(outcome)}`;
    return differenceOf(inOrder(clusters), sorted(outcome));
  }
  if (outcome?.kind === 'unschedulable') {
    if (reason !== outcome.reason) return `expected ${reason}, got ${outcome.reason}: ${outcome.why}`;
    return differenceOf(inOrder(clusters), sorted(outcome));
  }
  return `expected ${JSON.stringify(inOrder(clusters))}, got ${outcome?.kind}`;
}

function sorted(outcome: Extract<Outcome, { kind: 'certain' | 'unschedulable' }>): string[] {
  const result = outcome.kind === 'certain' ? outcome.replicas : outcome.kept;
  return inOrder(Array.from(result, ([name, replicas]) => ({ name, replicas })));
}

/** @param targets - null as read back from a binding that was never scheduled */
function inOrder(targets: readonly RecordedTarget[] | null): string[] {
  return (targets ?? []).map(({ name, replicas = 0 }) => `${name} ${replicas}`).sort();
}
