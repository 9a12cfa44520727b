import { isClusterScopedKind } from './cluster-scoped-kinds';
import { apiGroup, type KubernetesObject } from './object';
import { fieldAt, textOf } from './plain-data';

/** Whether objects of a kind live in a namespace or belong to the whole cluster. */
export type Scope = 'namespaced' | 'cluster';

/** Groups whose kinds are all known here, so that a kind missing above is namespaced. */
const knownGroup = /^$|^(apps|autoscaling|batch|extensions|policy)$|\.k8s\.io$|\.karmada\.io$/;

/** Custom kinds that by their name describe the cluster: ClusterIssuer, GatewayClass. */
const namedForTheCluster = /^Cluster[A-Z]|Class$/;

/**
 * Scopes of kinds, including the custom ones whose CustomResourceDefinition is at hand.
 *
 * @see Kubernetes API discovery, which Karmada asks; there is none at hand here
 */
export class Scopes {
  readonly #custom = new Map<string, Scope>();

  /** Learns the scope of a custom kind from its definition. */
  learn(definition: KubernetesObject): void {
    const group = textOf(fieldAt(definition, 'spec', 'group'));
    const kind = textOf(fieldAt(definition, 'spec', 'names', 'kind'));
    const scope = fieldAt(definition, 'spec', 'scope');
    if (kind) this.#custom.set(`${group}/${kind}`, scope === 'Cluster' ? 'cluster' : 'namespaced');
  }

  /**
   * Scope of an object. A custom kind without definition is namespaced when the object has a namespace or its name
   * does not speak of the cluster.
   */
  scopeOf(object: KubernetesObject): Scope {
    const group = apiGroup(object.apiVersion);
    const custom = this.#custom.get(`${group}/${object.kind}`);
    if (custom) return custom;
    if (isClusterScopedKind(group, object.kind)) return 'cluster';
    if (knownGroup.test(group) || textOf(object.metadata?.namespace) !== '') return 'namespaced';
    return namedForTheCluster.test(object.kind) ? 'cluster' : 'namespaced';
  }
}
