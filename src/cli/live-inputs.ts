import { type PlanInputKind, readReadableParts } from '../apply';
import type { Manifest } from '../kubernetes/manifest';
import type { KubernetesObject } from '../kubernetes/object';
import { textOf } from '../kubernetes/plain-data';
import { Fleet } from '../model/fleet';
import { EnvironmentError } from '../problem/environment-error';
import { printable } from '../problem/words';
import { type ControlPlaneOptions, controlPlaneKubectl } from './control-plane-options';
import type { CliIo } from './io';

/** What a plan takes from a live control plane; undefined for what was not wanted or may not be read. */
export interface LiveInputs {
  readonly fleet: Fleet | undefined;
  readonly bindings: readonly KubernetesObject[] | undefined;
  readonly clusterTaintPolicies: readonly KubernetesObject[] | undefined;
  readonly rebalancers: readonly KubernetesObject[] | undefined;
}

/**
 * Reads a control plane. What the account may not read is named on standard error and left out.
 *
 * @param wanted - what no file has
 * @throws EnvironmentError when the server does not answer, is not a Karmada API server, or has no members
 */
export async function readLiveInputs(
  options: ControlPlaneOptions,
  wanted: readonly PlanInputKind[],
  io: CliIo,
): Promise<LiveInputs> {
  const kubectl = await controlPlaneKubectl(options, io, new AbortController().signal);
  const { objects, refused } = await readReadableParts(kubectl, wanted);
  for (const { what, why } of refused) {
    io.err(`warning: the account may not read ${what} (${printable(why)}); the plan does without\n`);
  }
  const { clusters, bindings, ClusterTaintPolicies: clusterTaintPolicies, WorkloadRebalancers: rebalancers } = objects;
  if (clusters?.length === 0) {
    throw new EnvironmentError(
      `the control plane of context ${kubectl.target.context} has no member clusters`,
      'join them first (`karmadactl join`), or pass --fleet FILE',
    );
  }
  return { fleet: clusters && Fleet.fromClusters([...clusters]), bindings, clusterTaintPolicies, rebalancers };
}

/** The bindings of these manifests: a live control plane has those of other applications as well. */
export function bindingsOf(
  manifests: readonly Manifest[],
  bindings: readonly KubernetesObject[],
  defaultNamespace: string,
): readonly KubernetesObject[] {
  const own = new Set(
    manifests.flatMap(({ object: { kind, metadata } }) => {
      const name = `${kind}/${textOf(metadata?.name)}`;
      // A cluster-scoped object may have a namespace in a manifest, which counts for nothing.
      return [`${textOf(metadata?.namespace) || defaultNamespace}/${name}`, `/${name}`];
    }),
  );
  return bindings.filter((binding) => {
    const { resource } = (binding.spec ?? {}) as { resource?: { kind?: string; name?: string } };
    return own.has(`${textOf(binding.metadata?.namespace)}/${textOf(resource?.kind)}/${textOf(resource?.name)}`);
  });
}
