import type { KarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';
import { planFor } from './apply-preview';
import { readControlPlane } from './control-plane';
import type { Kubectl } from './kubectl';
import { identityOf, type Release } from './release';
import { bindingsByTemplate, rolloutOf, type TemplateRollout } from './rollout';

/** A member of the control plane. Part of the documented shapes. */
export interface MemberState {
  readonly name: string;
  readonly ready: boolean;
  readonly kubernetes: string | null;
  readonly region: string | null;
  /** Why it is not ready. */
  readonly why?: string;
}

/** How things stand in a control plane. Part of the documented shapes. */
export interface Status {
  readonly members: readonly MemberState[];
  readonly templates: readonly TemplateRollout[];
}

/** What {@link readStatus} is told. */
export interface StatusRequest {
  /** Whose templates to look at. @default - every template that is bound */
  readonly release?: Release;
  readonly karmada: KarmadaVersion;
  /** Whether members have to be healthy. */
  readonly health: boolean;
}

/** Reads how things stand. */
export async function readStatus(kubectl: Kubectl, { release, karmada, health }: StatusRequest): Promise<Status> {
  const controlPlane = await readControlPlane(kubectl);
  const members = controlPlane.clusterObjects.map(memberState);
  if (members.length === 0) return { members, templates: [] };
  const wanted = release?.objects ?? controlPlane.bindings.map(templateOf);
  const live = await kubectl.live(wanted);
  const known = new Map(live.map((object) => [identityOf(object), object]));
  const objects = release?.objects ?? live;
  const plan = planFor({ application: '', objects }, controlPlane, karmada, { live, without: [] });
  const bindings = bindingsByTemplate(controlPlane.bindings);
  const notReady = members.filter(({ ready }) => !ready).map(({ name }) => name);
  const templates = plan.templates.map((template) => {
    const object = known.get(identityOf(template.manifest.object));
    return rolloutOf({ plan: template, ...(object && { live: object }) }, bindings, { health, notReady });
  });
  return { members, templates };
}

/** The template that a binding is about, by name only. */
function templateOf({ spec }: KubernetesObject): KubernetesObject {
  const { resource } = spec as { readonly resource: Readonly<Record<string, string>> };
  const { apiVersion = '', kind = '', namespace, name = '' } = resource;
  return { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } };
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
    ...(!ready && { why: condition?.message || 'Karmada has not looked at it yet' }),
  };
}

/** Whether everything is where it should be. */
export function isInOrder({ members, templates }: Status): boolean {
  return members.every(({ ready }) => ready) && templates.every(({ state }) => state === 'done' || state === 'paused');
}
