import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/policy-spec';
import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';

/** A Service that Karmada's MultiClusterService controller propagates instead of a policy. */
export interface ServiceTakeover {
  /** Key of the MultiClusterService. */
  readonly by: string;
  readonly placement: PlacementSpec;
}

/**
 * The MultiClusterService that takes over the Service of its own name and namespace: the Service goes to all its
 * provider and consumer clusters, and policies are ignored. It needs the type CrossCluster and the gate
 * MultiClusterService.
 *
 * @see Karmada v1.18.2 pkg/controllers/multiclusterservice/mcs_controller.go
 */
export function serviceTakeover(
  template: KubernetesObject,
  state: ControlPlaneState,
  clusters: readonly Cluster[],
): ServiceTakeover | undefined {
  if (template.apiVersion !== 'v1' || template.kind !== 'Service') return undefined;
  const reference = {
    apiVersion: 'networking.karmada.io/v1alpha1',
    kind: 'MultiClusterService',
    namespace: textOf(template.metadata?.namespace),
    name: textOf(template.metadata?.name),
  };
  const service = state.find(reference)?.object;
  if (!service || !listOf(fieldAt(service.spec, 'types')).includes('CrossCluster')) return undefined;
  const everywhere = clusters.map(({ name }) => name);
  const names = ['providerClusters', 'consumerClusters'].flatMap((field) => {
    const listed = listOf(fieldAt(service.spec, field)).map((cluster) => textOf(fieldAt(cluster, 'name')));
    return listed.length > 0 ? listed : everywhere;
  });
  return { by: objectKey(service), placement: { clusterAffinity: { clusterNames: [...new Set(names)] } } };
}
