import { compileLabelSelector } from '../../kubernetes/label-selector';
import type { Manifest } from '../../kubernetes/manifest';
import { stringMapOf, textOf } from '../../kubernetes/plain-data';
import type { DependentReference } from '../../kubernetes/pod-dependencies';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import type { Interpreter } from '../interpret/interpreter';
import type { Requirement } from '../plan';
import type { TemplateDecision } from './template-decision';

/** How templates hang together by `propagateDeps`. */
export interface DependencyLinks {
  /** Template to those that require it. */
  readonly requiredBy: ReadonlyMap<Manifest, readonly Requirement[]>;
  /** The drafts of those that require it. */
  readonly referrers: ReadonlyMap<Manifest, readonly TemplateDecision[]>;
  /** Key of a template to the keys of those that it brings along. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** Key of a template to why nobody but the running system knows what it brings along. */
  readonly unstated: ReadonlyMap<string, string>;
}

/**
 * Follows the references of every template whose policy propagates dependencies, one step far. A referenced object that
 * is not among the manifests is passed over, as Karmada does until it appears.
 *
 * @see Karmada v1.18.2 pkg/dependenciesdistributor/dependencies_distributor.go
 */
export function dependencyLinks(
  drafts: readonly TemplateDecision[],
  federation: ControlPlaneState,
  interpreter: Interpreter,
): DependencyLinks {
  const keys = new Map(drafts.map(({ manifest, key }) => [manifest, key]));
  const requiredBy = new Map<Manifest, Requirement[]>();
  const referrers = new Map<Manifest, TemplateDecision[]>();
  const dependencies = new Map<string, readonly string[]>();
  const unstated = new Map<string, string>();
  for (const draft of drafts) {
    // Only namespaced templates have a ResourceBinding, and only these bring others along.
    if (!draft.propagatesDependencies || textOf(draft.template.metadata?.namespace) === '') continue;
    const interpreted = interpreter.dependenciesOf(draft.template);
    if (interpreted.kind === 'notStated') {
      unstated.set(draft.key, interpreted.why);
      continue;
    }
    const found = interpreted.references
      .flatMap((reference) => objectsOf(reference, federation))
      .filter((manifest) => keys.has(manifest) && manifest !== draft.manifest);
    for (const manifest of found) {
      append(requiredBy, manifest, { template: draft.key, outcome: draft.scheduled });
      append(referrers, manifest, draft);
    }
    dependencies.set(
      draft.key,
      found.map((manifest) => keys.get(manifest) as string),
    );
  }
  return { requiredBy, referrers, dependencies, unstated };
}

function objectsOf(reference: DependentReference, federation: ControlPlaneState): readonly Manifest[] {
  const { apiVersion, kind, namespace, name, labelSelector } = reference;
  if (name !== undefined) {
    const found = federation.find({ apiVersion, kind, namespace, name });
    return found ? [found] : [];
  }
  if (!labelSelector) return [];
  const matches = compileLabelSelector(labelSelector);
  return federation
    .ofKind(apiVersion, kind)
    .filter(
      ({ object: { metadata } }) => textOf(metadata?.namespace) === namespace && matches(stringMapOf(metadata?.labels)),
    );
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
