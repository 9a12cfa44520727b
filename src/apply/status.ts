import type { KarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';
import type { Contract } from '../model/contract';
import type { Replicas } from '../planner';
import { Losses, planOf } from '../planner';
import type { ContractAnswer } from '../planner/contract/answer';
import { checkContracts } from '../planner/contract/check-contracts';
import { bindingsByTemplate, templateOf } from './binding';
import { planningFor, readControlPlane } from './control-plane';
import type { Kubectl } from './kubectl';
import { type PlacementDifference, placementDifferences } from './placements';
import { byIdentity, identityOf, type Release } from './release';
import { type ClusterRollout, rolloutOf, type TemplateRollout } from './rollout';

/** Part of the documented shapes. */
export interface MemberState {
  readonly name: string;
  readonly ready: boolean;
  readonly kubernetes: string | null;
  readonly region: string | null;
  readonly why?: string;
}

/** State of a control plane. Part of the documented shapes. */
export interface Status {
  readonly members: readonly MemberState[];
  readonly templates: readonly TemplateRollout[];
  /** What the running replicas say about the contracts. @default - none were asked about */
  readonly contracts?: readonly ContractAnswer[];
}

export interface StatusRequest {
  /** The templates to report. @default - every template that has a binding */
  readonly release?: Release;
  readonly karmada: KarmadaVersion;
  /** Whether members must be healthy. */
  readonly health: boolean;
  /** What must hold of the running replicas. @default - nothing */
  readonly contracts?: readonly Contract[];
}

export async function readStatus(kubectl: Kubectl, request: StatusRequest): Promise<Status> {
  const { release, karmada, health, contracts = [] } = request;
  const controlPlane = await readControlPlane(kubectl);
  const members = controlPlane.clusterObjects.map(memberState);
  if (members.length === 0) return { members, templates: [] };
  const live = await kubectl.live(release?.objects ?? controlPlane.bindings.map(templateOf));
  const known = byIdentity(live);
  const { objects, options } = planningFor(release?.objects ?? live, controlPlane, karmada, { live });
  const plan = planOf(objects, options);
  const bindings = bindingsByTemplate(controlPlane.bindings);
  const notReady = members.filter(({ ready }) => !ready).map(({ name }) => name);
  const differences = placementDifferences(plan, controlPlane.bindings);
  const templates = plan.templates.map((template) => {
    const object = known.get(identityOf(template.manifest.object));
    const rollout = rolloutOf({ plan: template, ...(object && { live: object }) }, bindings, { health, notReady });
    const difference = differences.find(({ template: key }) => key === rollout.template);
    return difference ? drifted(rollout, difference) : rollout;
  });
  if (contracts.length === 0) return { members, templates };
  const ready = new Set(members.filter((member) => member.ready).map(({ name }) => name));
  const running = new Map(templates.map((rollout) => [rollout.template, runningReplicas(rollout, ready)]));
  const losses = () => Losses.of(objects, options);
  const observed = (template: string) => running.get(template);
  return { members, templates, contracts: checkContracts(contracts, { plan, losses, observed }) };
}

/** The ready replicas in members that are ready; 0 where an object without replicas arrived. */
function runningReplicas({ clusters }: TemplateRollout, members: ReadonlySet<string>): Replicas {
  const running = clusters.filter(({ cluster, applied }) => applied && members.has(cluster));
  return new Map(running.map(({ cluster, ready, scheduled }) => [cluster, ready ?? scheduled ?? 0]));
}

/** A template whose placement differs from the plan is not done, even if it is healthy. */
function drifted(rollout: TemplateRollout, { planned, live }: PlacementDifference): TemplateRollout {
  if (rollout.state !== 'done' && rollout.state !== 'paused') return rollout;
  const differs = ({ wanted, scheduled }: ClusterRollout) =>
    wanted !== (scheduled === null ? 'yes' : String(scheduled));
  const clusters = rollout.clusters.map((cluster): ClusterRollout => {
    return cluster.state === 'done' && differs(cluster)
      ? { ...cluster, state: 'waiting', why: 'not as planned' }
      : cluster;
  });
  return { ...rollout, state: 'waiting', why: `planned ${planned}; is ${live}`, clusters };
}

interface RawCluster {
  readonly spec?: { readonly region?: string };
  readonly status?: {
    readonly kubernetesVersion?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

function memberState(object: KubernetesObject): MemberState {
  const { spec, status } = object as RawCluster;
  const condition = status?.conditions?.find(({ type }) => type === 'Ready');
  const ready = condition?.status === 'True';
  return {
    name: object.metadata?.name ?? '',
    ready,
    kubernetes: status?.kubernetesVersion || null,
    region: spec?.region || null,
    ...(!ready && { why: condition?.message || 'Karmada has not checked it yet' }),
  };
}

/** Whether every member is ready, every template is done or paused, and no contract is broken. */
export function isInOrder({ members, templates, contracts = [] }: Status): boolean {
  if (contracts.some(({ verdict }) => verdict === 'broken')) return false;
  return members.every(({ ready }) => ready) && templates.every(({ state }) => state === 'done' || state === 'paused');
}
