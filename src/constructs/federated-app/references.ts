import { isRecord } from '../../model/known-properties';
import type { KubernetesObject } from '../../model/kubernetes-object';

/** An object of the same namespace that another one needs in its cluster. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret' | 'ServiceAccount' | 'PersistentVolumeClaim' | 'Service';
  readonly name: string;
}

/**
 * What an object refers to, of all that `propagateDeps` makes Karmada send along.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/dependencies.go and pkg/util/helper/pod.go
 */
export function referencesOf(object: KubernetesObject): readonly Reference[] {
  const { kind, spec } = object;
  if (kind === 'ServiceImport') return [{ kind: 'Service', name: `derived-${object.metadata?.name ?? ''}` }];
  if (kind === 'Ingress') return each(at(spec, 'tls')).flatMap((tls) => named('Secret', tls, 'secretName'));
  const podSpec = podSpecOf(object);
  if (podSpec === undefined) return [];
  const claimTemplates = each(at(spec, 'volumeClaimTemplates')).map((claim) => at(claim, 'metadata', 'name'));
  return podReferences(podSpec).filter(
    (reference) => reference.kind !== 'PersistentVolumeClaim' || !claimTemplates.includes(reference.name),
  );
}

/** The pod spec of a workload: its own, that of its template, or that of the Jobs it makes. */
export function podSpecOf({ kind, spec }: KubernetesObject): unknown {
  const podSpecs = [
    kind === 'Pod' ? spec : undefined,
    at(spec, 'template', 'spec'),
    at(spec, 'jobTemplate', 'spec', 'template', 'spec'),
  ];
  return podSpecs.find((podSpec) => Array.isArray(at(podSpec, 'containers')));
}

const containerLists = ['initContainers', 'containers', 'ephemeralContainers'];

function podReferences(podSpec: unknown): Reference[] {
  const containers = containerLists.flatMap((list) => each(at(podSpec, list)));
  const serviceAccount = at(podSpec, 'serviceAccountName');
  return [
    ...each(at(podSpec, 'imagePullSecrets')).flatMap((secret) => named('Secret', secret, 'name')),
    ...(serviceAccount === 'default' ? [] : named('ServiceAccount', podSpec, 'serviceAccountName')),
    ...containers.flatMap(containerReferences),
    ...each(at(podSpec, 'volumes')).flatMap(volumeReferences),
  ];
}

function containerReferences(container: unknown): Reference[] {
  return [
    ...each(at(container, 'envFrom')).flatMap((source) => [
      ...named('ConfigMap', at(source, 'configMapRef'), 'name'),
      ...named('Secret', at(source, 'secretRef'), 'name'),
    ]),
    ...each(at(container, 'env')).flatMap((variable) => [
      ...named('ConfigMap', at(variable, 'valueFrom', 'configMapKeyRef'), 'name'),
      ...named('Secret', at(variable, 'valueFrom', 'secretKeyRef'), 'name'),
    ]),
  ];
}

/** Volume types that name a Secret in `secretRef.name`. */
const secretRefVolumes = ['cephfs', 'cinder', 'flexVolume', 'rbd', 'scaleIO', 'iscsi', 'storageos'];

function volumeReferences(volume: unknown): Reference[] {
  return [
    ...named('ConfigMap', at(volume, 'configMap'), 'name'),
    ...named('Secret', at(volume, 'secret'), 'secretName'),
    ...named('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim'), 'claimName'),
    ...named('Secret', at(volume, 'azureFile'), 'secretName'),
    ...named('Secret', at(volume, 'csi', 'nodePublishSecretRef'), 'name'),
    ...secretRefVolumes.flatMap((type) => named('Secret', at(volume, type, 'secretRef'), 'name')),
    ...each(at(volume, 'projected', 'sources')).flatMap((source) => [
      ...named('ConfigMap', at(source, 'configMap'), 'name'),
      ...named('Secret', at(source, 'secret'), 'name'),
    ]),
  ];
}

function named(kind: Reference['kind'], owner: unknown, field: string): Reference[] {
  const name = at(owner, field);
  return typeof name === 'string' && name !== '' ? [{ kind, name }] : [];
}

function each(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function at(value: unknown, ...fields: readonly string[]): unknown {
  return fields.reduce<unknown>((inner, field) => (isRecord(inner) ? inner[field] : undefined), value);
}
