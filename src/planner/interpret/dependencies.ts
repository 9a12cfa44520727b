import type { LabelSelectorSpec } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import { isFollowed, type PodReference, podSpecReferences, volumeReferences } from '../../kubernetes/pod-references';

/** An object that a template refers to, by name or by labels; in the namespace of the template, unless a script says otherwise. */
export interface DependentReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  /** Absent if `labelSelector` selects the objects. */
  readonly name?: string;
  readonly labelSelector?: LabelSelectorSpec;
}

/** The references of a template, each once, in the order found. */
export class Dependencies {
  readonly #references = new Map<string, DependentReference>();

  constructor(readonly namespace: string) {}

  /** Adds a reference by name to a core kind; an empty or missing name is ignored. */
  add(kind: string, name: unknown): void {
    if (textOf(name) === '') return;
    this.addReference({ apiVersion: 'v1', kind, namespace: this.namespace, name: textOf(name) });
  }

  addReference(reference: DependentReference): void {
    const key = `${reference.kind}/${reference.name ?? JSON.stringify(reference.labelSelector)}`;
    if (!this.#references.has(key)) this.#references.set(key, reference);
  }

  /** Adds the references of a pod spec that Karmada follows. */
  addPodSpec(podSpec: unknown): void {
    this.#addFollowed(podSpecReferences(podSpec));
  }

  addVolume(volume: unknown): void {
    this.#addFollowed(volumeReferences(volume));
  }

  /** Removes the PersistentVolumeClaims of these names. */
  removeClaims(names: ReadonlySet<string>): void {
    for (const [key, { kind, name = '' }] of this.#references) {
      if (kind === 'PersistentVolumeClaim' && names.has(name)) this.#references.delete(key);
    }
  }

  list(): readonly DependentReference[] {
    return Array.from(this.#references.values());
  }

  #addFollowed(references: Iterable<PodReference>): void {
    for (const reference of references) if (isFollowed(reference)) this.add(reference.kind, reference.name);
  }
}
