import type { KindName, KubernetesObject } from './object';
import { fieldAt, listOf, textOf } from './plain-data';
import { containersIn, podTemplateOf } from './pod-template';

/** A reference from a pod spec to an object of the same namespace or a cluster-scoped object. */
export interface PodReference extends KindName {
  readonly name: string;
  /** Path of the field with the name. */
  readonly path: string;
  /** Whether pods start without it. */
  readonly optional: boolean;
}

/**
 * The references of an object's pods: ConfigMaps, Secrets, ServiceAccount, PersistentVolumeClaims, PriorityClass and
 * RuntimeClass. Empty for objects without pods. Claims from the templates of a StatefulSet do not count.
 */
export function podReferencesOf(object: KubernetesObject): readonly PodReference[] {
  const template = podTemplateOf(object);
  if (!template) return [];
  const templates = listOf(fieldAt(object.spec, 'volumeClaimTemplates'));
  const own = new Set(templates.map((claim) => fieldAt(claim, 'metadata', 'name')));
  return podSpecReferences(template.spec, template.specPath).filter(
    ({ kind, name }) => kind !== 'PersistentVolumeClaim' || !own.has(name),
  );
}

/** The references of a pod spec, in Karmada's order. */
export function podSpecReferences(spec: unknown, path = 'spec'): readonly PodReference[] {
  const found: PodReference[] = [];
  for (const [index, secret] of listOf(fieldAt(spec, 'imagePullSecrets')).entries()) {
    found.push(...referenceAt('Secret', secret, ['name'], `${path}.imagePullSecrets[${index}]`));
  }
  for (const { container, list, path: at } of containersIn(spec)) {
    // An ephemeral container is added to a pod that already runs.
    const optional = list === 'ephemeralContainers';
    for (const reference of environmentReferences(container, `${path}.${at}`)) {
      found.push(optional ? { ...reference, optional } : reference);
    }
  }
  for (const [index, volume] of listOf(fieldAt(spec, 'volumes')).entries()) {
    found.push(...volumeReferences(volume, `${path}.volumes[${index}]`));
  }
  return [
    ...found,
    ...referenceAt('ServiceAccount', spec, ['serviceAccountName'], path),
    ...referenceAt('PriorityClass', spec, ['priorityClassName'], path, 'scheduling.k8s.io/v1'),
    ...referenceAt('RuntimeClass', spec, ['runtimeClassName'], path, 'node.k8s.io/v1'),
  ];
}

/** The references of a pod's volume. */
export function* volumeReferences(volume: unknown, path = 'volume'): Iterable<PodReference> {
  for (const steps of secretsOfVolumes) yield* referenceAt('Secret', volume, steps, path);
  yield* referenceAt('ConfigMap', volume, ['configMap', 'name'], path);
  for (const [index, source] of listOf(fieldAt(volume, 'projected', 'sources')).entries()) {
    const at = `${path}.projected.sources[${index}]`;
    yield* referenceAt('ConfigMap', source, ['configMap', 'name'], at);
    yield* referenceAt('Secret', source, ['secret', 'name'], at);
  }
  yield* referenceAt('PersistentVolumeClaim', volume, ['persistentVolumeClaim', 'claimName'], path);
}

/**
 * Whether Karmada propagates the referenced object with `propagateDeps`.
 *
 * @see Karmada v1.18.2 pkg/util/lifted/visitpod.go and pkg/util/helper/pod.go
 */
export function isFollowed({ apiVersion, kind, name }: PodReference): boolean {
  return apiVersion === 'v1' && !(kind === 'ServiceAccount' && name === 'default');
}

/** Paths to the names of Secrets in a volume. */
const secretsOfVolumes: readonly (readonly string[])[] = [
  ['azureFile', 'secretName'],
  ['cephfs', 'secretRef', 'name'],
  ['cinder', 'secretRef', 'name'],
  ['flexVolume', 'secretRef', 'name'],
  ['rbd', 'secretRef', 'name'],
  ['secret', 'secretName'],
  ['scaleIO', 'secretRef', 'name'],
  ['iscsi', 'secretRef', 'name'],
  ['storageos', 'secretRef', 'name'],
  ['csi', 'nodePublishSecretRef', 'name'],
];

function* environmentReferences(container: unknown, path: string): Iterable<PodReference> {
  for (const [index, source] of listOf(fieldAt(container, 'envFrom')).entries()) {
    yield* referenceAt('ConfigMap', source, ['configMapRef', 'name'], `${path}.envFrom[${index}]`);
    yield* referenceAt('Secret', source, ['secretRef', 'name'], `${path}.envFrom[${index}]`);
  }
  for (const [index, variable] of listOf(fieldAt(container, 'env')).entries()) {
    yield* referenceAt('ConfigMap', variable, ['valueFrom', 'configMapKeyRef', 'name'], `${path}.env[${index}]`);
    yield* referenceAt('Secret', variable, ['valueFrom', 'secretKeyRef', 'name'], `${path}.env[${index}]`);
  }
}

/** The reference at a path; none if the name is missing or empty. */
function referenceAt(
  kind: string,
  holder: unknown,
  steps: readonly string[],
  at: string,
  apiVersion = 'v1',
): readonly PodReference[] {
  const name = textOf(fieldAt(holder, ...steps));
  if (name === '') return [];
  const optional = fieldAt(holder, ...steps.slice(0, -1), 'optional') === true;
  return [{ apiVersion, kind, name, path: `${at}.${steps.join('.')}`, optional }];
}
