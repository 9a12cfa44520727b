import type { LabelSelectorSpec } from './object';
import { fieldAt, listOf, textOf } from './plain-data';

/** An object that a template cannot do without, by name or by labels; always in the namespace of the template. */
export interface DependentReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  /** Absent where `labelSelector` says which objects. */
  readonly name?: string;
  readonly labelSelector?: LabelSelectorSpec;
}

/** Kinds that pod specs refer to. */
export type PodDependencyKind = 'ConfigMap' | 'Secret' | 'ServiceAccount' | 'PersistentVolumeClaim';

/** Where a volume names a Secret: path to the name within the volume. */
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

/** Names that a template refers to, each once, in the order found. */
export class Dependencies {
  readonly #references = new Map<string, DependentReference>();

  constructor(readonly namespace: string) {}

  /** Adds a reference by name; an empty or missing name refers to nothing. */
  add(kind: PodDependencyKind | 'Service', name: unknown): void {
    if (textOf(name) === '') return;
    this.addReference({ apiVersion: 'v1', kind, namespace: this.namespace, name: textOf(name) });
  }

  addReference(reference: DependentReference): void {
    const key = `${reference.kind}/${reference.name ?? JSON.stringify(reference.labelSelector)}`;
    if (!this.#references.has(key)) this.#references.set(key, reference);
  }

  /** Adds everything that a pod spec refers to. @see Karmada v1.18.2 pkg/util/lifted/visitpod.go */
  addPodSpec(podSpec: unknown): void {
    for (const secret of listOf(fieldAt(podSpec, 'imagePullSecrets'))) this.add('Secret', fieldAt(secret, 'name'));
    for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
      for (const container of listOf(fieldAt(podSpec, list))) this.#addEnvironment(container);
    }
    for (const volume of listOf(fieldAt(podSpec, 'volumes'))) this.addVolume(volume);
    const account = fieldAt(podSpec, 'serviceAccountName');
    if (account !== 'default') this.add('ServiceAccount', account);
  }

  addVolume(volume: unknown): void {
    for (const path of secretsOfVolumes) this.add('Secret', fieldAt(volume, ...path));
    this.add('ConfigMap', fieldAt(volume, 'configMap', 'name'));
    for (const source of listOf(fieldAt(volume, 'projected', 'sources'))) {
      this.add('ConfigMap', fieldAt(source, 'configMap', 'name'));
      this.add('Secret', fieldAt(source, 'secret', 'name'));
    }
    this.add('PersistentVolumeClaim', fieldAt(volume, 'persistentVolumeClaim', 'claimName'));
  }

  /** Takes back the PersistentVolumeClaims of these names. */
  removeClaims(names: ReadonlySet<string>): void {
    for (const [key, { kind, name = '' }] of this.#references) {
      if (kind === 'PersistentVolumeClaim' && names.has(name)) this.#references.delete(key);
    }
  }

  list(): readonly DependentReference[] {
    return Array.from(this.#references.values());
  }

  #addEnvironment(container: unknown): void {
    for (const source of listOf(fieldAt(container, 'envFrom'))) {
      this.add('ConfigMap', fieldAt(source, 'configMapRef', 'name'));
      this.add('Secret', fieldAt(source, 'secretRef', 'name'));
    }
    for (const variable of listOf(fieldAt(container, 'env'))) {
      this.add('ConfigMap', fieldAt(variable, 'valueFrom', 'configMapKeyRef', 'name'));
      this.add('Secret', fieldAt(variable, 'valueFrom', 'secretKeyRef', 'name'));
    }
  }
}
