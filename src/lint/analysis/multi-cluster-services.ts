import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

/** A MultiClusterService with the Service that it is about. */
export interface MultiClusterService {
  readonly manifest: Manifest;
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  /** Whether it carries requests between clusters; otherwise it is about load balancers, and takes nothing over. */
  readonly crossesClusters: boolean;
  /** Names of the clusters that backends are in; undefined for all. */
  readonly providers?: readonly string[];
  /** Names of the clusters that clients are in; undefined for all. */
  readonly consumers?: readonly string[];
}

/** All of a control plane. */
export function multiClusterServicesIn(controlPlane: ControlPlaneState): readonly MultiClusterService[] {
  return controlPlane.ofKind('networking.karmada.io/v1alpha1', 'MultiClusterService').map((manifest) => {
    const { metadata, spec } = manifest.object;
    const providers = namesIn(fieldAt(spec, 'providerClusters'));
    const consumers = namesIn(fieldAt(spec, 'consumerClusters'));
    return {
      manifest,
      key: objectKey(manifest.object),
      namespace: textOf(metadata?.namespace),
      name: textOf(metadata?.name),
      crossesClusters: listOf(fieldAt(spec, 'types')).includes('CrossCluster'),
      ...(providers.length > 0 && { providers }),
      ...(consumers.length > 0 && { consumers }),
    };
  });
}

function namesIn(clusters: unknown): readonly string[] {
  return listOf(clusters).map((cluster) => textOf(fieldAt(cluster, 'name')));
}
