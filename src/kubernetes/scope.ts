import { definedKind } from './custom-definition';
import { apiGroup, groupKindKey, type KindName, type KubernetesObject } from './object';
import { fieldAt, textOf } from './plain-data';

/** Whether objects of a kind live in a namespace or belong to the whole cluster. */
export type Scope = 'namespaced' | 'cluster';

/**
 * Kinds without a namespace, by API group: those of Kubernetes and Karmada, and some that most clusters have.
 * Other kinds count as namespaced until a CustomResourceDefinition, or the author, says otherwise.
 */
const clusterScopedKinds: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'Node', 'PersistentVolume', 'ComponentStatus'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'authentication.k8s.io': ['SelfSubjectReview', 'TokenReview'],
  'authorization.k8s.io': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'internal.apiserver.k8s.io': ['StorageVersion'],
  'networking.k8s.io': ['IngressClass', 'IPAddress', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  policy: ['PodSecurityPolicy'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],

  'apps.karmada.io': ['WorkloadRebalancer'],
  'cluster.karmada.io': ['Cluster'],
  'config.karmada.io': ['ResourceInterpreterCustomization', 'ResourceInterpreterWebhookConfiguration'],
  'policy.karmada.io': ['ClusterOverridePolicy', 'ClusterPropagationPolicy', 'ClusterTaintPolicy'],
  'remedy.karmada.io': ['Remedy'],
  'search.karmada.io': ['ResourceRegistry'],
  'work.karmada.io': ['ClusterResourceBinding'],

  'cert-manager.io': ['ClusterIssuer'],
  'cilium.io': ['CiliumClusterwideNetworkPolicy'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterSecretStore'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'kyverno.io': ['ClusterPolicy'],
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
};

/** Groups whose cluster-scoped kinds are all in the table: those of Kubernetes itself, and Karmada's. */
const knownGroup =
  /^$|^(apps|autoscaling|batch|extensions|policy|(admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|(flowcontrol|internal)\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io)$|\.karmada\.io$/;

/** Custom kinds that by their name describe the cluster: ClusterIssuer, GatewayClass. */
const namedForTheCluster = /^Cluster[A-Z]|Class$/;

/** The scope of a kind as the table has it; undefined for custom kinds outside the table. */
export function knownScope({ apiVersion, kind }: KindName): Scope | undefined {
  const group = apiGroup(apiVersion);
  // Object.hasOwn: a group named `constructor` must not find Object's.
  if (Object.hasOwn(clusterScopedKinds, group) && clusterScopedKinds[group]?.includes(kind)) return 'cluster';
  return knownGroup.test(group) ? 'namespaced' : undefined;
}

/** The scope that a CustomResourceDefinition gives to its kind. */
export function definedScope(definition: KubernetesObject): Scope {
  return fieldAt(definition, 'spec', 'scope') === 'Cluster' ? 'cluster' : 'namespaced';
}

/**
 * Scopes of kinds, including the custom ones whose CustomResourceDefinition is at hand.
 *
 * @see Kubernetes API discovery, which Karmada asks; there is none at hand here
 */
export class Scopes {
  readonly #custom = new Map<string, Scope>();

  /** Learns the scope of a custom kind from its definition. */
  learn(definition: KubernetesObject): void {
    this.#custom.set(definedKind(definition), definedScope(definition));
  }

  /**
   * Scope of an object. A custom kind without definition is namespaced when the object has a namespace or its name
   * does not describe the cluster.
   *
   * @param hasNamespace - whether the object states a namespace; @default - as its metadata says
   */
  scopeOf(
    object: KubernetesObject | KindName,
    hasNamespace = textOf(fieldAt(object, 'metadata', 'namespace')) !== '',
  ): Scope {
    const known = this.#custom.get(groupKindKey(object)) ?? knownScope(object);
    return known ?? (!hasNamespace && namedForTheCluster.test(object.kind) ? 'cluster' : 'namespaced');
  }
}
