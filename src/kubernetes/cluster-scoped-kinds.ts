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
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
};

/**
 * Whether a kind is known to be cluster-scoped.
 *
 * @param group - API group; the empty string is the core group
 */
export function isClusterScopedKind(group: string, kind: string): boolean {
  // Object.hasOwn: a group named `constructor` must not find Object's.
  return Object.hasOwn(clusterScopedKinds, group) && (clusterScopedKinds[group]?.includes(kind) ?? false);
}
