import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup, type KubernetesObject, type ObjectMetadata, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { podLabelsOf } from '../../kubernetes/pod-template';
import type { TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

/** A MultiClusterService with the Service that it is about. */
export interface MultiClusterService {
  readonly manifest: Manifest;
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  /** Whether it routes requests between clusters; otherwise it configures load balancers and claims nothing. */
  readonly crossesClusters: boolean;
  /** Names of the clusters with backends; undefined for all. */
  readonly providers?: readonly string[];
  /** Names of the clusters with clients; undefined for all. */
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

/** Annotations by which service meshes answer in one cluster from the pods of another. */
const meshAnnotations: readonly string[] = ['service.cilium.io/global', 'io.cilium/global-service'];
const meshLabels: readonly string[] = ['mirror.linkerd.io/exported', 'mirror.linkerd.io/federated'];

/**
 * Clusters in which a Service answers from the pods of other clusters: `all` of them, some by name, or none.
 * A MultiClusterService of its name makes it so, a ServiceImport under another name, and some meshes by an annotation.
 *
 * @see Karmada v1.18.2 pkg/controllers/multiclusterservice/mcs_controller.go
 */
export function answersAcrossClusters(
  { manifest: { object } }: TemplatePlan,
  { controlPlane, inIstio }: { readonly controlPlane: ControlPlaneState; readonly inIstio: ReadonlySet<string> },
): 'all' | ReadonlySet<string> {
  const { namespace = '', name = '', annotations, labels } = object.metadata ?? {};
  if (meshAnnotations.some((key) => annotations?.[key] === 'true')) return 'all';
  if (meshLabels.some((key) => labels?.[key] !== undefined)) return 'all';
  if (labels?.['istio.io/global'] === 'true') return 'all';
  if (inIstio.has(namespace) || inIstio.has(`${namespace}/${name}`)) return 'all';
  const reference = { apiVersion: 'networking.karmada.io/v1alpha1', kind: 'MultiClusterService', namespace, name };
  const spec = controlPlane.find(reference)?.object.spec;
  if (spec === undefined || !listOf(fieldAt(spec, 'types')).includes('CrossCluster')) return none;
  const consumers = listOf(fieldAt(spec, 'consumerClusters')).map((cluster) => textOf(fieldAt(cluster, 'name')));
  return consumers.length === 0 ? 'all' : new Set(consumers);
}

const none: ReadonlySet<string> = new Set();

/**
 * What Istio routes requests to, from the pods of all clusters of the mesh: namespaces whose pods get a sidecar, and
 * Services, as `namespace/name`, that a rule names.
 */
export function inIstio(controlPlane: ControlPlaneState): ReadonlySet<string> {
  return new Set(controlPlane.objects.flatMap(({ object }) => istioNamespaceOf(object) ?? []));
}

/** The namespace that an object shows to be in the mesh, or the Service as `namespace/name`. */
function istioNamespaceOf(object: KubernetesObject): readonly string[] | undefined {
  const { apiVersion, kind, metadata, spec } = object;
  if (kind === 'Namespace' && apiVersion === 'v1') {
    const { labels } = metadata ?? {};
    const isIn = labels?.['istio-injection'] === 'enabled' || labels?.['istio.io/rev'] !== undefined;
    return isIn ? [textOf(metadata?.name)] : undefined;
  }
  const namespace = textOf(metadata?.namespace);
  if (apiGroup(apiVersion) === 'networking.istio.io') {
    const hosts = [fieldAt(spec, 'host'), ...listOf(fieldAt(spec, 'hosts'))].map(textOf).filter((host) => host !== '');
    return hosts.map((host) => {
      const [service = '', other = namespace] = host.split('.');
      return `${other}/${service}`;
    });
  }
  return podLabelsOf(object)?.['sidecar.istio.io/inject'] === 'true' ? [namespace] : undefined;
}

/** Clusters that may receive the ServiceImport of a name, so that its clients there are to use `derived-<name>`. */
export function clustersOfImport(
  { namespace = '', name = '' }: Partial<ObjectMetadata>,
  {
    controlPlane,
    plannedTemplate,
  }: {
    readonly controlPlane: ControlPlaneState;
    readonly plannedTemplate: (template: Manifest) => TemplatePlan | undefined;
  },
): ReadonlySet<string> {
  const found = controlPlane.find({ apiVersion: mcsApi, kind: 'ServiceImport', namespace, name });
  return new Set(found && plannedTemplate(found)?.possibleClusters);
}

/** Common cause of findings about the pods behind a Service, where its workloads are not sent to a cluster at all. */
export function backendsCause(service: TemplatePlan): string {
  return `backends of ${objectKey(service.manifest.object)}`;
}

/** The multi-cluster services API of Kubernetes. */
export const mcsApi = 'multicluster.x-k8s.io/v1alpha1';

/** Ports of the Services `derived-NAME` that ServiceImports stand for, or that exports hint at, by `namespace/derived-NAME`. */
export function derivedServices(controlPlane: ControlPlaneState): ReadonlyMap<string, readonly number[]> {
  const derived = new Map<string, readonly number[]>();
  const add = ({ metadata, spec }: KubernetesObject): void => {
    const key = `${textOf(metadata?.namespace)}/derived-${textOf(metadata?.name)}`;
    if (!derived.has(key))
      derived.set(
        key,
        listOf(fieldAt(spec, 'ports')).map((port) => Number(fieldAt(port, 'port'))),
      );
  };
  for (const { object } of controlPlane.ofKind(mcsApi, 'ServiceImport')) add(object);
  for (const { object } of controlPlane.ofKind(mcsApi, 'ServiceExport')) {
    const service = controlPlane.find({
      apiVersion: 'v1',
      kind: 'Service',
      namespace: textOf(object.metadata?.namespace),
      name: textOf(object.metadata?.name),
    });
    add(service?.object ?? object);
  }
  return derived;
}

/** Names a ServiceImport: `ServiceImport/default/pipy`. */
export function importKey(namespace: string, name: string): string {
  return objectKey({ kind: 'ServiceImport', metadata: { namespace, name } });
}
