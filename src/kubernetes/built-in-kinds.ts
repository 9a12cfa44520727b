import { nearMiss } from '../problem/words';
import { apiGroup, type KindName } from './object';

/** Native kinds by the apiVersion in which Karmada watches them, the preferred one of discovery. */
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

/** Native kinds whose preferred version depends on the Kubernetes release. */
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

/** API groups of Kubernetes, including those of older releases. */
export const builtInGroups: readonly string[] = [
  ...new Set([...Object.keys(kindsByVersion).map(apiGroup), 'extensions', 'events.k8s.io']),
];

/** Native kinds of a group; for a closed group, the native kinds of all groups. */
export function builtInKindsNear(group: string): readonly string[] {
  const all = [...versionOfKind.keys()];
  return isClosedGroup(group) ? all : all.filter((kind) => apiGroup(versionOfKind.get(kind) ?? '') === group);
}

/** Whether a kind is native, in this version or in one that other releases prefer. */
export function isBuiltInKind(apiVersion: string, kind: string): boolean {
  return (
    versionOfKind.get(kind) === apiVersion || (ofSeveralVersions.has(kind) && apiGroup(apiVersion).endsWith('.k8s.io'))
  );
}

/** The apiVersion in which Karmada watches a native kind; undefined for other kinds. */
export function builtInVersionOf(kind: string): string | undefined {
  return versionOfKind.get(kind);
}

/**
 * Groups without custom kinds: the core group and groups without a dot in their name. Other kinds in these groups are
 * misspelled.
 */
export function isClosedGroup(group: string): boolean {
  return !group.includes('.');
}

/** Kinds that API servers serve in addition to {@link kindsByVersion}: older versions, and kinds that are not stored. */
const alsoServed: ReadonlyMap<string, readonly string[]> = new Map([
  ['v1', ['Binding', 'ComponentStatus', 'Status']],
  ['autoscaling/v1', ['HorizontalPodAutoscaler', 'Scale']],
  ['events.k8s.io/v1', ['Event']],
  ['flowcontrol.apiserver.k8s.io/v1beta3', ['FlowSchema', 'PriorityLevelConfiguration']],
  ['policy/v1', ['Eviction']],
]);

/** A kind in a Kubernetes group that no API server serves. */
export interface UnservedKind {
  /** The similar kind that was probably meant. @default - no kind is similar enough */
  readonly meant?: KindName;
}

/**
 * Whether the API server rejects a kind with "no matches for kind": a removed version, or a misspelled kind or group.
 * Unknown groups of other projects are accepted, and so are alpha and beta kinds of groups with a dot.
 */
export function unservedBuiltIn({ apiVersion, kind }: KindName): UnservedKind | undefined {
  if (kind.endsWith('List') || isBuiltInKind(apiVersion, kind) || alsoServed.get(apiVersion)?.includes(kind)) {
    return undefined;
  }
  const group = apiGroup(apiVersion);
  const served = versionOfKind.get(kind);
  const isOurs = isClosedGroup(group) || builtInGroups.includes(group);
  // Only Kubernetes itself may define kinds in groups that end in k8s.io without a word before it.
  if (served !== undefined)
    return isOurs || isMisspelledGroup(group) ? { meant: { apiVersion: served, kind } } : undefined;
  if (!isOurs) return undefined;
  const isRemoved = removedKinds.has(kind);
  if (!isRemoved && group.includes('.') && /\dbeta|\dalpha/.test(apiVersion)) return undefined;
  const meant = isRemoved ? undefined : nearMiss(kind, builtInKindsNear(group));
  const version = meant === undefined ? undefined : versionOfKind.get(meant);
  return meant !== undefined && version !== undefined ? { meant: { apiVersion: version, kind: meant } } : {};
}

/** Kinds that Kubernetes removed without a replacement. */
const removedKinds: ReadonlySet<string> = new Set(['PodSecurityPolicy', 'PodPreset']);

function isMisspelledGroup(group: string): boolean {
  return /(^|\.)k8s(\.io)?$/.test(group);
}
