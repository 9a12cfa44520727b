import { apiGroup } from './object';

/** Kinds of Kubernetes by the apiVersion in which Karmada watches them: the one that discovery prefers. */
const kindsByVersion: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'ConfigMap',
    'Endpoints',
    'Event',
    'LimitRange',
    'Namespace',
    'Node',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'admissionregistration.k8s.io/v1': [
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'apiregistration.k8s.io/v1': ['APIService'],
  'apps/v1': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'certificates.k8s.io/v1': ['CertificateSigningRequest'],
  'coordination.k8s.io/v1': ['Lease'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'flowcontrol.apiserver.k8s.io/v1': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'node.k8s.io/v1': ['RuntimeClass'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['CSIDriver', 'CSINode', 'CSIStorageCapacity', 'StorageClass', 'VolumeAttachment'],
};

const versionOfKind: ReadonlyMap<string, string> = new Map(
  Object.entries(kindsByVersion).flatMap(([apiVersion, kinds]) => kinds.map((kind) => [kind, apiVersion] as const)),
);

/** Kinds of Kubernetes whose preferred version differs between its releases. */
const ofSeveralVersions: ReadonlySet<string> = new Set([
  'ClusterTrustBundle',
  'IPAddress',
  'LeaseCandidate',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'PodCertificateRequest',
  'ServiceCIDR',
  'StorageVersionMigration',
  'VolumeAttributesClass',
]);

/** API groups of Kubernetes, with those that older releases had. */
export const builtInGroups: readonly string[] = [
  ...new Set([...Object.keys(kindsByVersion).map(apiGroup), 'extensions', 'events.k8s.io']),
];

/** Kinds of a group of Kubernetes; all of them where the group is one to which nothing else belongs. */
export function builtInKindsNear(group: string): readonly string[] {
  const all = [...versionOfKind.keys()];
  return isClosedGroup(group) ? all : all.filter((kind) => apiGroup(versionOfKind.get(kind) ?? '') === group);
}

/** Whether Kubernetes has a kind, in this version or in one that other releases prefer. */
export function isBuiltInKind(apiVersion: string, kind: string): boolean {
  return (
    versionOfKind.get(kind) === apiVersion || (ofSeveralVersions.has(kind) && apiGroup(apiVersion).endsWith('.k8s.io'))
  );
}

/** The apiVersion in which Karmada sees objects of a kind of Kubernetes; undefined for other kinds. */
export function builtInVersionOf(kind: string): string | undefined {
  return versionOfKind.get(kind);
}

/**
 * Groups that no CustomResourceDefinition adds a kind to: the core group and those without a dot in their name. Whatever
 * stands here beside the kinds above is misspelled.
 */
export function isClosedGroup(group: string): boolean {
  return !group.includes('.');
}
