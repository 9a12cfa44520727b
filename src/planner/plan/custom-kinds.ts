import type { Cluster } from '../../karmada/cluster';
import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt, textOf } from '../../kubernetes/plain-data';
import { isBuiltIn, servesKind } from '../schedule/api-enablement';

/** Which clusters come to serve which custom kinds, because their definitions are sent there. */
export class CustomKinds {
  readonly #clusters = new Map<string, readonly string[]>();

  /** Notes that a CustomResourceDefinition goes to these clusters. */
  arrives(definition: KubernetesObject, clusters: readonly string[]): void {
    const group = textOf(fieldAt(definition.spec, 'group'));
    const kind = textOf(fieldAt(definition.spec, 'names', 'kind'));
    if (kind) this.#clusters.set(`${group}/${kind}`, clusters);
  }

  /** Whether clusters serve the kind of a template: of themselves, or once its definition has arrived. */
  serving({ apiVersion, kind }: KubernetesObject): (cluster: Cluster) => boolean {
    const arriving = isBuiltIn(apiVersion) ? undefined : this.#clusters.get(`${apiGroup(apiVersion)}/${kind}`);
    if (!arriving) return (cluster) => servesKind(cluster, apiVersion, kind);
    const names = new Set(arriving);
    return (cluster) => names.has(cluster.name) || servesKind(cluster, apiVersion, kind);
  }
}

/** Whether a template defines a custom kind. */
export function isDefinition({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'CustomResourceDefinition' && apiVersion === 'apiextensions.k8s.io/v1';
}
