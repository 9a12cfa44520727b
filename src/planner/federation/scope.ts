import { apiGroup, type KubernetesObject } from '../../model/kubernetes-object';
import { fieldAt, textOf } from '../plain-data';

/** Whether objects of a kind live in a namespace or belong to the whole cluster. */
export type Scope = 'namespaced' | 'cluster';

/** Kinds of Kubernetes and Karmada that have no namespace, as `group/Kind`; the core group is empty. */
const clusterScopedKinds: ReadonlySet<string> = new Set([
  ...['Namespace', 'Node', 'PersistentVolume', 'ComponentStatus'].map((kind) => `/${kind}`),
  ...['ClusterRole', 'ClusterRoleBinding'].map((kind) => `rbac.authorization.k8s.io/${kind}`),
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/ClusterTrustBundle',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'policy/PodSecurityPolicy',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'scheduling.k8s.io/PriorityClass',
  ...['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'].map(
    (kind) => `storage.k8s.io/${kind}`,
  ),
  ...[
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ].map((kind) => `admissionregistration.k8s.io/${kind}`),
  ...['ClusterPropagationPolicy', 'ClusterOverridePolicy', 'ClusterTaintPolicy'].map(
    (kind) => `policy.karmada.io/${kind}`,
  ),
  'apps.karmada.io/WorkloadRebalancer',
  'cluster.karmada.io/Cluster',
  'config.karmada.io/ResourceInterpreterCustomization',
  'config.karmada.io/ResourceInterpreterWebhookConfiguration',
  'remedy.karmada.io/Remedy',
  'search.karmada.io/ResourceRegistry',
  'work.karmada.io/ClusterResourceBinding',
]);

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
    const key = `${group}/${object.kind}`;
    const custom = this.#custom.get(key);
    if (custom) return custom;
    if (clusterScopedKinds.has(key)) return 'cluster';
    if (knownGroup.test(group) || textOf(object.metadata?.namespace) !== '') return 'namespaced';
    return namedForTheCluster.test(object.kind) ? 'cluster' : 'namespaced';
  }
}
