import type { Cluster } from '../../karmada/cluster';
import { definedKind } from '../../kubernetes/custom-definition';
import { groupKindKey, type KubernetesObject } from '../../kubernetes/object';
import { isBuiltIn, servesKind } from '../schedule/api-enablement';

/** Which clusters come to serve which custom kinds, because their definitions are sent there. */
export class CustomKinds {
  readonly #clusters = new Map<string, readonly string[]>();

  /** Notes that a CustomResourceDefinition goes to these clusters. */
  arrives(definition: KubernetesObject, clusters: readonly string[]): void {
    this.#clusters.set(definedKind(definition), clusters);
  }

  /** Whether clusters serve the kind of a template: of themselves, or once its definition has arrived. */
  serving({ apiVersion, kind }: KubernetesObject): (cluster: Cluster) => boolean {
    const arriving = isBuiltIn(apiVersion) ? undefined : this.#clusters.get(groupKindKey({ apiVersion, kind }));
    if (!arriving) return (cluster) => servesKind(cluster, apiVersion, kind);
    const names = new Set(arriving);
    return (cluster) => names.has(cluster.name) || servesKind(cluster, apiVersion, kind);
  }
}
