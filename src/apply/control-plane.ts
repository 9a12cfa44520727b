import { existsSync } from 'node:fs';
import type { Cluster } from '../karmada/cluster';
import type { KubernetesObject } from '../kubernetes/object';
import { Fleet } from '../model/fleet';
import { EnvironmentError } from '../problem/environment-error';
import type { Kubectl } from './kubectl';
import type { RunProgram } from './run-program';

/** What a Karmada control plane holds beside the objects of an application. */
export interface ControlPlane {
  /** The members as they are now; empty where none has joined. */
  readonly clusters: readonly Cluster[];
  /** The same, as the server has them. */
  readonly clusterObjects: readonly KubernetesObject[];
  /** Policies and interpreters of everybody: they have a say in where templates go. */
  readonly policies: readonly KubernetesObject[];
  readonly bindings: readonly KubernetesObject[];
}

const clustersPath = '/apis/cluster.karmada.io/v1alpha1/clusters';
const clusterKind = 'clusters.v1alpha1.cluster.karmada.io';
const bindingKinds = ['resourcebindings.v1alpha2.work.karmada.io', 'clusterresourcebindings.v1alpha2.work.karmada.io'];
const policyKinds = [
  'propagationpolicies.v1alpha1.policy.karmada.io',
  'clusterpropagationpolicies.v1alpha1.policy.karmada.io',
  'overridepolicies.v1alpha1.policy.karmada.io',
  'clusteroverridepolicies.v1alpha1.policy.karmada.io',
  'resourceinterpretercustomizations.v1alpha1.config.karmada.io',
];

/**
 * The context to use: the one that is named, or the only one of the file. The current context is never taken, since it is
 * whatever somebody used last.
 *
 * @throws EnvironmentError when the file is missing or cannot be read, and when it leaves a choice
 */
export async function contextOf(kubeconfig: string, context: string | undefined, run: RunProgram): Promise<string> {
  if (!existsSync(kubeconfig)) {
    throw new EnvironmentError(`there is no kubeconfig ${kubeconfig}`, 'name the one that `karmadactl init` wrote');
  }
  const { exitCode, stdout, stderr } = await run({
    program: 'kubectl',
    args: ['config', 'get-contexts', '-o', 'name', '--kubeconfig', kubeconfig],
  });
  if (exitCode !== 0) {
    throw new EnvironmentError(`the kubeconfig ${kubeconfig} cannot be read: ${stderr.trim()}`, 'name another one');
  }
  const contexts = stdout.split('\n').filter((line) => line !== '');
  if (context !== undefined) {
    if (contexts.includes(context)) return context;
    const known = contexts.length > 0 ? `it has ${contexts.join(', ')}` : 'it has none';
    throw new EnvironmentError(
      `the kubeconfig ${kubeconfig} has no context "${context}": ${known}`,
      'name one that it has',
    );
  }
  if (contexts.length === 1) return contexts[0]!;
  if (contexts.length === 0) {
    throw new EnvironmentError(
      `the kubeconfig ${kubeconfig} has no context`,
      'name the one that `karmadactl init` wrote',
    );
  }
  throw new EnvironmentError(
    `the kubeconfig ${kubeconfig} has ${contexts.length} contexts: ${contexts.join(', ')}`,
    'name the one of the Karmada API server with --context; the current context is never taken by itself',
  );
}

async function readClusters(kubectl: Kubectl): Promise<readonly KubernetesObject[]> {
  const clusters = await kubectl.list(clustersPath);
  if (clusters === undefined) {
    throw new EnvironmentError(
      `the server of context ${kubectl.target.context} is no Karmada API server: it does not serve cluster.karmada.io`,
      'name the kubeconfig of the Karmada API server (karmada-apiserver.config), not that of its host or of a member',
    );
  }
  return clusters;
}

/**
 * Everything that a plan for this control plane has to know.
 *
 * @throws EnvironmentError when the server is no Karmada API server
 */
export async function readControlPlane(kubectl: Kubectl): Promise<ControlPlane> {
  const clusterObjects = await readClusters(kubectl);
  const objects = await kubectl.objectsOf([...policyKinds, ...bindingKinds]);
  return {
    clusters: clustersIn(clusterObjects),
    clusterObjects,
    policies: objects.filter((object) => !isBinding(object)),
    bindings: objects.filter(isBinding),
  };
}

/** How things stand, for one look at a rollout. */
export interface RolloutSnapshot {
  readonly bindings: readonly KubernetesObject[];
  /** Names of the members that are not ready. */
  readonly notReady: readonly string[];
}

/** Reads how things stand in some namespaces, and in what has none. */
export async function readStanding(kubectl: Kubectl, namespaces: readonly string[]): Promise<RolloutSnapshot> {
  const one = namespaces.length === 1 ? namespaces[0] : undefined;
  const objects = await kubectl.objectsOf([...bindingKinds, clusterKind], one);
  const clusters = clustersIn(objects.filter(({ kind }) => kind === 'Cluster'));
  return { bindings: objects.filter(isBinding), notReady: compareFleet(clusters, undefined).notReady };
}

function isBinding({ kind }: KubernetesObject): boolean {
  return kind === 'ResourceBinding' || kind === 'ClusterResourceBinding';
}

function clustersIn(objects: readonly KubernetesObject[]): readonly Cluster[] {
  return objects.length === 0 ? [] : Fleet.fromClusters([...objects]).clusters;
}

/** How the members of a control plane differ from those that a fleet expects. */
export interface FleetComparison {
  /** In the fleet, not in the control plane. */
  readonly missing: readonly string[];
  /** Members that are not ready. */
  readonly notReady: readonly string[];
  /** In the control plane, not in the fleet. */
  readonly unexpected: readonly string[];
}

/** Compares the members with those that are expected. @param expected - names; undefined where nobody says */
export function compareFleet(clusters: readonly Cluster[], expected: readonly string[] | undefined): FleetComparison {
  const names = clusters.map(({ name }) => name);
  return {
    missing: (expected ?? []).filter((name) => !names.includes(name)),
    notReady: clusters.filter(({ ready }) => ready === false).map(({ name }) => name),
    unexpected: expected === undefined ? [] : names.filter((name) => !expected.includes(name)),
  };
}
