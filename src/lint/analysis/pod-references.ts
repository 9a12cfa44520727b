import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { type PodTemplate, podTemplateOf } from '../../kubernetes/pod-template';

/** A place in a pod spec that names another object of the same namespace, or of the cluster. */
export interface PodReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Field that holds the name, within the object that makes the pods. */
  readonly path: string;
  /** Whether pods start without it. */
  readonly optional: boolean;
}

/**
 * What the pods of an object refer to, each place once: ConfigMaps, Secrets, the ServiceAccount, PersistentVolumeClaims,
 * the PriorityClass and the RuntimeClass. Empty for objects without pods.
 */
export function podReferencesOf(object: KubernetesObject): readonly PodReference[] {
  const template = podTemplateOf(object);
  return template ? referencesIn(object, template) : [];
}

function referencesIn(object: KubernetesObject, template: PodTemplate): readonly PodReference[] {
  const { spec } = template;
  const base = template.path === '' ? 'spec' : `${template.path}.spec`;
  const own = new Set(
    listOf(fieldAt(object.spec, 'volumeClaimTemplates')).map((each) => fieldAt(each, 'metadata', 'name')),
  );
  const found: PodReference[] = [];
  const add = (kind: string, holder: unknown, path: readonly string[], at: string, apiVersion = 'v1') => {
    const name = textOf(fieldAt(holder, ...path));
    if (name === '') return;
    const optional = fieldAt(holder, ...path.slice(0, -1), 'optional') === true;
    found.push({ apiVersion, kind, name, path: `${at}.${path.join('.')}`, optional });
  };
  for (const [list, container, at] of containersOf(spec, base)) {
    // An ephemeral container is added to a running pod.
    if (list === 'ephemeralContainers') continue;
    for (const [index, source] of listOf(fieldAt(container, 'envFrom')).entries()) {
      add('ConfigMap', source, ['configMapRef', 'name'], `${at}.envFrom[${index}]`);
      add('Secret', source, ['secretRef', 'name'], `${at}.envFrom[${index}]`);
    }
    for (const [index, variable] of listOf(fieldAt(container, 'env')).entries()) {
      add('ConfigMap', variable, ['valueFrom', 'configMapKeyRef', 'name'], `${at}.env[${index}]`);
      add('Secret', variable, ['valueFrom', 'secretKeyRef', 'name'], `${at}.env[${index}]`);
    }
  }
  for (const [index, volume] of listOf(spec['volumes']).entries()) {
    const at = `${base}.volumes[${index}]`;
    add('ConfigMap', volume, ['configMap', 'name'], at);
    for (const path of secretsOfVolumes) add('Secret', volume, path, at);
    for (const [position, source] of listOf(fieldAt(volume, 'projected', 'sources')).entries()) {
      add('ConfigMap', source, ['configMap', 'name'], `${at}.projected.sources[${position}]`);
      add('Secret', source, ['secret', 'name'], `${at}.projected.sources[${position}]`);
    }
    if (own.has(fieldAt(volume, 'persistentVolumeClaim', 'claimName'))) continue;
    add('PersistentVolumeClaim', volume, ['persistentVolumeClaim', 'claimName'], at);
  }
  for (const [index, secret] of listOf(spec['imagePullSecrets']).entries()) {
    add('Secret', secret, ['name'], `${base}.imagePullSecrets[${index}]`);
  }
  add('ServiceAccount', spec, ['serviceAccountName'], base);
  add('PriorityClass', spec, ['priorityClassName'], base, 'scheduling.k8s.io/v1');
  add('RuntimeClass', spec, ['runtimeClassName'], base, 'node.k8s.io/v1');
  return found;
}

/** Where a volume names a Secret. */
const secretsOfVolumes: readonly (readonly string[])[] = [
  ['secret', 'secretName'],
  ['azureFile', 'secretName'],
  ['csi', 'nodePublishSecretRef', 'name'],
  ...['cephfs', 'cinder', 'flexVolume', 'iscsi', 'rbd', 'scaleIO', 'storageos'].map((kind) => [
    kind,
    'secretRef',
    'name',
  ]),
];

function* containersOf(
  spec: Readonly<Record<string, unknown>>,
  base: string,
): Iterable<readonly [list: string, container: unknown, at: string]> {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const [index, container] of listOf(spec[list]).entries()) yield [list, container, `${base}.${list}[${index}]`];
  }
}
