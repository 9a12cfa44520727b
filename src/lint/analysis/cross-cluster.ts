import { objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

/** Annotations by which service meshes answer in one cluster from the pods of another. */
const meshAnnotations: readonly string[] = ['service.cilium.io/global', 'io.cilium/global-service'];
const meshLabels: readonly string[] = ['mirror.linkerd.io/exported'];

/**
 * Clusters in which a Service answers from the pods of other clusters: `all` of them, some by name, or none.
 * A MultiClusterService of its name makes it so, a ServiceImport under another name, and some meshes by an annotation.
 *
 * @see Karmada v1.18.2 pkg/controllers/multiclusterservice/mcs_controller.go
 */
export function answersAcrossClusters(
  { manifest: { object } }: TemplatePlan,
  controlPlane: ControlPlaneState,
): 'all' | ReadonlySet<string> {
  const { namespace = '', name = '', annotations, labels } = object.metadata ?? {};
  if (meshAnnotations.some((key) => annotations?.[key] === 'true')) return 'all';
  if (meshLabels.some((key) => labels?.[key] !== undefined)) return 'all';
  const reference = { apiVersion: 'networking.karmada.io/v1alpha1', kind: 'MultiClusterService', namespace, name };
  const spec = controlPlane.find(reference)?.object.spec;
  if (spec === undefined || !listOf(fieldAt(spec, 'types')).includes('CrossCluster')) return none;
  const consumers = listOf(fieldAt(spec, 'consumerClusters')).map((cluster) => textOf(fieldAt(cluster, 'name')));
  return consumers.length === 0 ? 'all' : new Set(consumers);
}

const none: ReadonlySet<string> = new Set();

/** Whether the same name is imported, so that its clients are to use `derived-<name>`. */
export function isImported({ manifest: { object } }: TemplatePlan, controlPlane: ControlPlaneState): boolean {
  const { namespace = '', name = '' } = object.metadata ?? {};
  const reference = { apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ServiceImport', namespace, name };
  return controlPlane.find(reference) !== undefined;
}

/** What makes findings about the pods behind a Service one mistake, where its workloads are not sent to a cluster at all. */
export function backendsCause(service: TemplatePlan): string {
  return `backends of ${objectKey(service.manifest.object)}`;
}
