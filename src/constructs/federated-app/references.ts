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
  const references = new References();
  if (kind === 'ServiceImport') {
    return [{ kind: 'Service', name: `derived-${object.metadata?.name ?? ''}` }];
  }
  if (kind === 'Ingress') {
    for (const tls of each(at(spec, 'tls'))) references.add('Secret', tls, 'secretName');
    return references.found;
  }
  const podSpec = podSpecOf(object);
  if (podSpec === undefined) return references.found;
  addPodReferences(references, podSpec);
  const claimTemplates = each(at(spec, 'volumeClaimTemplates')).map((claim) => at(claim, 'metadata', 'name'));
  if (claimTemplates.length === 0) return references.found;
  return references.found.filter(
    ({ kind: to, name }) => to !== 'PersistentVolumeClaim' || !claimTemplates.includes(name),
  );
}

class References {
  readonly found: Reference[] = [];

  /** Adds what a field names, where it names something. */
  add(kind: Reference['kind'], owner: unknown, field: string): void {
    const name = at(owner, field);
    if (typeof name === 'string' && name !== '') this.found.push({ kind, name });
  }
}

/** The pod spec of a workload: its own, that of its template, or that of the Jobs it makes. */
export function podSpecOf({ kind, spec }: KubernetesObject): unknown {
  const hasContainers = (podSpec: unknown): boolean => Array.isArray(at(podSpec, 'containers'));
  if (kind === 'Pod' && hasContainers(spec)) return spec;
  const ofTemplate = at(spec, 'template', 'spec');
  if (hasContainers(ofTemplate)) return ofTemplate;
  const ofJobs = at(spec, 'jobTemplate', 'spec', 'template', 'spec');
  return hasContainers(ofJobs) ? ofJobs : undefined;
}

const containerLists = ['initContainers', 'containers', 'ephemeralContainers'];

function addPodReferences(references: References, podSpec: unknown): void {
  for (const secret of each(at(podSpec, 'imagePullSecrets'))) references.add('Secret', secret, 'name');
  if (at(podSpec, 'serviceAccountName') !== 'default') references.add('ServiceAccount', podSpec, 'serviceAccountName');
  for (const list of containerLists) {
    for (const container of each(at(podSpec, list))) addContainerReferences(references, container);
  }
  for (const volume of each(at(podSpec, 'volumes'))) addVolumeReferences(references, volume);
}

function addContainerReferences(references: References, container: unknown): void {
  for (const source of each(at(container, 'envFrom'))) {
    references.add('ConfigMap', at(source, 'configMapRef'), 'name');
    references.add('Secret', at(source, 'secretRef'), 'name');
  }
  for (const variable of each(at(container, 'env'))) {
    references.add('ConfigMap', at(variable, 'valueFrom', 'configMapKeyRef'), 'name');
    references.add('Secret', at(variable, 'valueFrom', 'secretKeyRef'), 'name');
  }
}

/** Volume types that name a Secret in `secretRef.name`. */
const secretRefVolumes = ['cephfs', 'cinder', 'flexVolume', 'rbd', 'scaleIO', 'iscsi', 'storageos'];

function addVolumeReferences(references: References, volume: unknown): void {
  references.add('ConfigMap', at(volume, 'configMap'), 'name');
  references.add('Secret', at(volume, 'secret'), 'secretName');
  references.add('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim'), 'claimName');
  references.add('Secret', at(volume, 'azureFile'), 'secretName');
  references.add('Secret', at(volume, 'csi', 'nodePublishSecretRef'), 'name');
  for (const type of secretRefVolumes) references.add('Secret', at(volume, type, 'secretRef'), 'name');
  for (const source of each(at(volume, 'projected', 'sources'))) {
    references.add('ConfigMap', at(source, 'configMap'), 'name');
    references.add('Secret', at(source, 'secret'), 'name');
  }
}

const nothing: readonly never[] = [];

function each(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : nothing;
}

function at(value: unknown, ...fields: readonly string[]): unknown {
  let inner = value;
  for (const field of fields) inner = isRecord(inner) ? inner[field] : undefined;
  return inner;
}
