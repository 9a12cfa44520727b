import type { Cluster } from '../karmada/cluster';
import type { KarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';
import { Fleet } from '../model/fleet';
import { type Plan, type PlanOptions, planOf } from '../planner';
import { EnvironmentError } from '../problem/environment-error';
import { templateOf } from './binding';
import type { Kubectl } from './kubectl';
import { byIdentity, identityOf } from './release';

/** What a plan needs from a Karmada control plane, in addition to the objects of an application. */
export interface ControlPlane {
  /** The current members; empty when none has joined. */
  readonly clusters: readonly Cluster[];
  /** The Cluster objects of the members. */
  readonly clusterObjects: readonly KubernetesObject[];
  /** Policies and interpreters of all applications; any of them can affect placement. */
  readonly policies: readonly KubernetesObject[];
  readonly bindings: readonly KubernetesObject[];
}

const clusterKind = 'clusters.v1alpha1.cluster.karmada.io';
const bindingKinds = ['resourcebindings.v1alpha2.work.karmada.io', 'clusterresourcebindings.v1alpha2.work.karmada.io'];
const policyKinds = [
  'propagationpolicies.v1alpha1.policy.karmada.io',
  'clusterpropagationpolicies.v1alpha1.policy.karmada.io',
  'overridepolicies.v1alpha1.policy.karmada.io',
  'clusteroverridepolicies.v1alpha1.policy.karmada.io',
  'resourceinterpretercustomizations.v1alpha1.config.karmada.io',
];

/** What a plan takes from a control plane in addition to the manifests. */
export type PlanInputKind = 'clusters' | 'bindings' | 'ClusterTaintPolicies' | 'WorkloadRebalancers';

const planInputKinds: Readonly<Record<PlanInputKind, readonly string[]>> = {
  clusters: [clusterKind],
  bindings: bindingKinds,
  ClusterTaintPolicies: ['clustertaintpolicies.v1alpha1.policy.karmada.io'],
  WorkloadRebalancers: ['workloadrebalancers.v1alpha1.apps.karmada.io'],
};

/** The parts of a control plane that the account may read. */
export interface ReadableParts {
  /** The objects of each kind asked for; a kind that may not be read is missing. */
  readonly objects: Partial<Readonly<Record<PlanInputKind, readonly KubernetesObject[]>>>;
  /** What may not be read, each with the words of the server. */
  readonly refused: readonly { readonly what: PlanInputKind; readonly why: string }[];
}

/**
 * Reads parts of a control plane.
 *
 * @throws EnvironmentError when the server does not answer, or is not a Karmada API server
 */
export async function readReadableParts(kubectl: Kubectl, wanted: readonly PlanInputKind[]): Promise<ReadableParts> {
  const read = new Map<PlanInputKind, readonly KubernetesObject[]>();
  const refused: ReadableParts['refused'][number][] = [];
  for (const what of wanted) {
    const objects: KubernetesObject[] = [];
    for (const kind of planInputKinds[what]) {
      const found = await kubectl.listIfAllowed(kind);
      if (found === undefined) throw notKarmada(kubectl);
      if ('refused' in found) refused.push({ what, why: found.refused });
      else objects.push(...found);
    }
    if (!refused.some((each) => each.what === what)) read.set(what, objects);
  }
  return { objects: Object.fromEntries(read), refused };
}

function notKarmada({ target }: Kubectl): EnvironmentError {
  return new EnvironmentError(
    `the server of context ${target.context} is not a Karmada API server: it does not serve cluster.karmada.io`,
    'pass the kubeconfig of the Karmada API server (karmada-apiserver.config), not that of the host cluster or a member',
  );
}

/** Reads a control plane. @throws EnvironmentError when the server is not a Karmada API server */
export async function readControlPlane(kubectl: Kubectl): Promise<ControlPlane> {
  const objects = await kubectl.list([clusterKind, ...policyKinds, ...bindingKinds], '--all-namespaces');
  if (objects === undefined) throw notKarmada(kubectl);
  const clusterObjects = objects.filter(isCluster);
  return {
    clusters: clustersIn(clusterObjects),
    clusterObjects,
    policies: objects.filter((object) => !isCluster(object) && !isBinding(object)),
    bindings: objects.filter(isBinding),
  };
}

/**
 * The plan for objects in a control plane, together with the policies of other applications. Bindings of other applications
 * are omitted: the plan would report their templates as missing.
 *
 * @param changes - `live`: the objects before they are applied; `gone`: objects that will be deleted
 */
export function planFor(...parameters: Parameters<typeof planningFor>): Plan {
  const { objects, options } = planningFor(...parameters);
  return planOf(objects, options);
}

/** The input of the plan that `planFor` makes. */
export function planningFor(
  objects: readonly KubernetesObject[],
  { clusters, policies, bindings }: ControlPlane,
  karmada: KarmadaVersion,
  { live, gone = [] }: { live?: readonly KubernetesObject[]; gone?: readonly KubernetesObject[] },
): { readonly objects: readonly KubernetesObject[]; readonly options: PlanOptions } {
  const replaced = byIdentity([...objects, ...gone]);
  const foreign = policies.filter((policy) => !replaced.has(identityOf(policy)));
  const ours = bindings.filter((binding) => replaced.has(identityOf(templateOf(binding))));
  return {
    objects: [...foreign, ...objects],
    options: { fleet: clusters, karmada, bindings: ours, ...(live && { deployed: live }) },
  };
}

/** The bindings of these namespaces, cluster-scoped bindings, and the members that are not ready. */
export async function readSnapshot(kubectl: Kubectl, namespaces: readonly string[]) {
  const where = namespaces.length === 1 ? ['--namespace', namespaces[0]!] : ['--all-namespaces'];
  const objects = (await kubectl.list([...bindingKinds, clusterKind], ...where)) ?? [];
  const clusters = clustersIn(objects.filter(isCluster));
  return { bindings: objects.filter(isBinding), notReady: compareFleet(clusters, undefined).notReady };
}

function isCluster({ kind }: KubernetesObject): boolean {
  return kind === 'Cluster';
}

function isBinding({ kind }: KubernetesObject): boolean {
  return kind === 'ResourceBinding' || kind === 'ClusterResourceBinding';
}

function clustersIn(objects: readonly KubernetesObject[]): readonly Cluster[] {
  return objects.length === 0 ? [] : Fleet.fromClusters([...objects]).clusters;
}

/** How the members of a control plane differ from the expected fleet. */
export interface FleetComparison {
  /** In the fleet, not in the control plane. */
  readonly missing: readonly string[];
  /** Members that are not ready. */
  readonly notReady: readonly string[];
  /** In the control plane, not in the fleet. */
  readonly unexpected: readonly string[];
}

/** @param expected - names of the members in the fleet @default - the joined members */
export function compareFleet(clusters: readonly Cluster[], expected?: readonly string[]): FleetComparison {
  const names = clusters.map(({ name }) => name);
  return {
    missing: (expected ?? []).filter((name) => !names.includes(name)),
    notReady: clusters.filter(({ ready }) => ready === false).map(({ name }) => name),
    unexpected: expected === undefined ? [] : names.filter((name) => !expected.includes(name)),
  };
}
