import { definedKind } from './custom-definition';
import { apiGroup, groupKindKey, type KindName, type KubernetesObject } from './object';
import { fieldAt, textOf } from './plain-data';

/** Whether a kind is namespaced or cluster-scoped. */
export type Scope = 'namespaced' | 'cluster';

/**
 * Cluster-scoped kinds by API group: those of Kubernetes and Karmada, and some common custom kinds.
 * Other kinds count as namespaced, unless a CustomResourceDefinition or the author specifies the scope.
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

/** Groups whose cluster-scoped kinds are all in the table: those of Kubernetes and Karmada. */
const knownGroup =
  /^$|^(apps|autoscaling|batch|extensions|policy|(admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|(flowcontrol|internal)\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io)$|\.karmada\.io$/;

/** Custom kinds whose name suggests that they are cluster-scoped: ClusterIssuer, GatewayClass. */
const namedForTheCluster = /^Cluster[A-Z]|Class$/;

/** The scope of a kind in the table; undefined for custom kinds that are not in it. */
export function knownScope({ apiVersion, kind }: KindName): Scope | undefined {
  const group = apiGroup(apiVersion);
  // Object.hasOwn: a group named `constructor` must not find Object's.
  if (Object.hasOwn(clusterScopedKinds, group) && clusterScopedKinds[group]?.includes(kind)) return 'cluster';
  return knownGroup.test(group) ? 'namespaced' : undefined;
}

/** The scope in a CustomResourceDefinition. */
export function definedScope(definition: KubernetesObject): Scope {
  return fieldAt(definition, 'spec', 'scope') === 'Cluster' ? 'cluster' : 'namespaced';
}

/**
 * Scopes of kinds, including custom kinds with a known CustomResourceDefinition.
 *
 * @see Kubernetes API discovery, which Karmada uses and which is not available here
 */
export class Scopes {
  readonly #custom = new Map<string, Scope>();

  /** Records the scope of a custom kind from its definition. */
  learn(definition: KubernetesObject): void {
    this.#custom.set(definedKind(definition), definedScope(definition));
  }

  /**
   * Scope of an object. A custom kind without a definition is namespaced if the object has a namespace, or if the name of
   * the kind does not suggest otherwise.
   *
   * @param hasNamespace - whether the object has a namespace; @default - from its metadata
   */
  scopeOf(
    object: KubernetesObject | KindName,
    hasNamespace = textOf(fieldAt(object, 'metadata', 'namespace')) !== '',
  ): Scope {
    const known = this.#custom.get(groupKindKey(object)) ?? knownScope(object);
    return known ?? (!hasNamespace && namedForTheCluster.test(object.kind) ? 'cluster' : 'namespaced');
  }
}
