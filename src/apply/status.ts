import type { KarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';
import { bindingsByTemplate, templateOf } from './binding';
import { planFor, readControlPlane } from './control-plane';
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
}

export interface StatusRequest {
  /** The templates to report. @default - every template that has a binding */
  readonly release?: Release;
  readonly karmada: KarmadaVersion;
  /** Whether members must be healthy. */
  readonly health: boolean;
}

export async function readStatus(kubectl: Kubectl, { release, karmada, health }: StatusRequest): Promise<Status> {
  const controlPlane = await readControlPlane(kubectl);
  const members = controlPlane.clusterObjects.map(memberState);
  if (members.length === 0) return { members, templates: [] };
  const live = await kubectl.live(release?.objects ?? controlPlane.bindings.map(templateOf));
  const known = byIdentity(live);
  const plan = planFor(release?.objects ?? live, controlPlane, karmada, { live });
  const bindings = bindingsByTemplate(controlPlane.bindings);
  const notReady = members.filter(({ ready }) => !ready).map(({ name }) => name);
  const differences = placementDifferences(plan, controlPlane.bindings);
  const templates = plan.templates.map((template) => {
    const object = known.get(identityOf(template.manifest.object));
    const rollout = rolloutOf({ plan: template, ...(object && { live: object }) }, bindings, { health, notReady });
    const difference = differences.find(({ template: key }) => key === rollout.template);
    return difference ? drifted(rollout, difference) : rollout;
  });
  return { members, templates };
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

/** Whether every member is ready and every template is done or paused. */
export function isInOrder({ members, templates }: Status): boolean {
  return members.every(({ ready }) => ready) && templates.every(({ state }) => state === 'done' || state === 'paused');
}
