import type { Cluster } from '../../karmada/cluster';
import { definedKind, definitionNames } from '../../kubernetes/custom-definition';
import { groupKindKey, type KindName, type KubernetesObject } from '../../kubernetes/object';

/**
 * Group versions that every supported Kubernetes version serves. Others come with a CRD or an aggregated API server, so
 * a cluster has them only if its `apiEnablements` list them.
 */
const builtInGroupVersions: ReadonlySet<string> = new Set([
  'v1',
  'admissionregistration.k8s.io/v1',
  'apiextensions.k8s.io/v1',
  'apiregistration.k8s.io/v1',
  'apps/v1',
  'authentication.k8s.io/v1',
  'authorization.k8s.io/v1',
  'autoscaling/v1',
  'autoscaling/v2',
  'batch/v1',
  'certificates.k8s.io/v1',
  'coordination.k8s.io/v1',
  'discovery.k8s.io/v1',
  'events.k8s.io/v1',
  'flowcontrol.apiserver.k8s.io/v1',
  'networking.k8s.io/v1',
  'node.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
  'resource.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1',
]);

/** Whether a group version is built into Kubernetes. */
export function isBuiltIn(apiVersion: string): boolean {
  return builtInGroupVersions.has(apiVersion);
}

/**
 * Whether a cluster serves a kind according to its `apiEnablements`; without those it serves the kinds built into
 * Kubernetes.
 *
 * @see Karmada v1.18.2 pkg/scheduler/framework/plugins/apienablement
 */
export function servesKind(cluster: Cluster, apiVersion: string, kind: string): boolean {
  if (!cluster.apiEnablements) return isBuiltIn(apiVersion);
  return cluster.apiEnablements.some(({ groupVersion, kinds }) => groupVersion === apiVersion && kinds.includes(kind));
}

/** Which clusters serve which custom kinds because their definitions are propagated there. */
export class CustomKinds {
  readonly #clusters = new Map<string, readonly string[]>();
  /** By the name of a definition that is not in the manifests. */
  readonly #named = new Map<string, readonly string[]>();

  /** Records that a CustomResourceDefinition is propagated to these clusters. */
  arrives(definition: KubernetesObject, clusters: readonly string[]): void {
    this.#clusters.set(definedKind(definition), clusters);
  }

  /** Records that a policy sends the definition of this name to these clusters, wherever the definition comes from. */
  arrivesByName(name: string, clusters: readonly string[]): void {
    this.#named.set(name, clusters);
  }

  /** Whether clusters serve the kind of a template, by themselves or once its definition has arrived. */
  serving({ apiVersion, kind }: KubernetesObject): (cluster: Cluster) => boolean {
    const arriving = isBuiltIn(apiVersion) ? undefined : this.#arriving({ apiVersion, kind });
    if (!arriving) return (cluster) => servesKind(cluster, apiVersion, kind);
    const names = new Set(arriving);
    return (cluster) => names.has(cluster.name) || servesKind(cluster, apiVersion, kind);
  }

  #arriving(kind: KindName): readonly string[] | undefined {
    const clusters = this.#clusters.get(groupKindKey(kind));
    if (clusters || this.#named.size === 0) return clusters;
    return definitionNames(kind).flatMap((name) => this.#named.get(name) ?? []);
  }
}
