import type { ObjectReference } from '../../kubernetes/object';
import { groupKindKey, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { PodReference } from '../../kubernetes/pod-references';

/** A reference that Karmada does not follow, whatever propagateDeps says. */
export interface UnfollowedReference extends ObjectReference {
  readonly path: string;
}

/** Kinds that members are often given by their installation, so that a missing one says nothing. */
export const installedKinds: ReadonlySet<string> = new Set([
  'IngressClass',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
]);

/** References of an object that Karmada does not follow: to cluster-scoped kinds, to rights, and from what is referred to itself. */
export function unfollowedReferencesOf(
  object: KubernetesObject,
  inPods: readonly PodReference[],
): readonly UnfollowedReference[] {
  const found: UnfollowedReference[] = [];
  for (const reference of inPods) if (installedKinds.has(reference.kind)) found.push(reference);
  for (const reference of ofKind(object)) if (reference.name !== '') found.push(reference);
  return found;
}

const referringKinds: ReadonlySet<string> = new Set([
  'PersistentVolumeClaim',
  'StatefulSet',
  'ServiceAccount',
  'RoleBinding',
  'ClusterRoleBinding',
  'Ingress',
]);
const none: readonly UnfollowedReference[] = [];

function ofKind(object: KubernetesObject): readonly UnfollowedReference[] {
  const { spec, metadata } = object;
  const namespace = textOf(metadata?.namespace);
  if (!referringKinds.has(object.kind)) return none;
  switch (groupKindKey(object)) {
    case '/PersistentVolumeClaim':
      return [storageClass(spec, 'spec'), volume(spec)];
    case 'apps/StatefulSet':
      return listOf(fieldAt(spec, 'volumeClaimTemplates')).map((claim, index) =>
        storageClass(fieldAt(claim, 'spec'), `spec.volumeClaimTemplates[${index}].spec`),
      );
    case '/ServiceAccount':
      return [
        ...secretsOf(object['imagePullSecrets'], 'imagePullSecrets', namespace),
        ...secretsOf(object['secrets'], 'secrets', namespace),
      ];
    case 'rbac.authorization.k8s.io/RoleBinding':
    case 'rbac.authorization.k8s.io/ClusterRoleBinding':
      return [role(object['roleRef'], namespace)];
    case 'networking.k8s.io/Ingress':
      return [
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'IngressClass',
          name: textOf(fieldAt(spec, 'ingressClassName')),
          path: 'spec.ingressClassName',
        },
        ...backends(spec, namespace),
      ];
    default:
      return none;
  }
}

function storageClass(spec: unknown, path: string): UnfollowedReference {
  const name = textOf(fieldAt(spec, 'storageClassName'));
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name, path: `${path}.storageClassName` };
}

function volume(spec: unknown): UnfollowedReference {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    name: textOf(fieldAt(spec, 'volumeName')),
    path: 'spec.volumeName',
  };
}

function secretsOf(list: unknown, path: string, namespace: string): readonly UnfollowedReference[] {
  return listOf(list).map((secret, index) => {
    const name = textOf(fieldAt(secret, 'name'));
    return { apiVersion: 'v1', kind: 'Secret', namespace, name, path: `${path}[${index}].name` };
  });
}

function role(reference: unknown, namespace: string): UnfollowedReference {
  const kind = textOf(fieldAt(reference, 'kind'));
  const name = textOf(fieldAt(reference, 'name'));
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  return { apiVersion, kind, ...(kind === 'Role' && { namespace }), name, path: 'roleRef.name' };
}

function* backendsWithPaths(spec: unknown): Iterable<readonly [backend: unknown, path: string]> {
  yield [fieldAt(spec, 'defaultBackend'), 'spec.defaultBackend'];
  for (const [index, rule] of listOf(fieldAt(spec, 'rules')).entries()) {
    for (const [position, path] of listOf(fieldAt(rule, 'http', 'paths')).entries()) {
      yield [fieldAt(path, 'backend'), `spec.rules[${index}].http.paths[${position}].backend`];
    }
  }
}

function backends(spec: unknown, namespace: string): readonly UnfollowedReference[] {
  return Array.from(backendsWithPaths(spec)).flatMap(([backend, path]): readonly UnfollowedReference[] => {
    const service = recordOf(fieldAt(backend, 'service'));
    const name = textOf(service?.['name']);
    return name === '' ? [] : [{ apiVersion: 'v1', kind: 'Service', namespace, name, path: `${path}.service.name` }];
  });
}
