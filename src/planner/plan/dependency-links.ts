import { compileLabelSelector } from '../../kubernetes/label-selector';
import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import { stringMapOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import type { DependentReference } from '../interpret/dependencies';
import type { Interpreter } from '../interpret/interpreter';
import type { Requirement } from '../plan';
import type { TemplateDecision } from './template-decision';

/** The dependencies between templates by `propagateDeps`. */
export interface DependencyLinks {
  /** Template to the templates that require it. */
  readonly requiredBy: ReadonlyMap<Manifest, readonly Requirement[]>;
  /** Template to the decisions about the templates that require it. */
  readonly referrers: ReadonlyMap<Manifest, readonly TemplateDecision[]>;
  /** Key of a template to the keys of its dependencies. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** Key of a template to why its dependencies are only known at run time. */
  readonly unstated: ReadonlyMap<string, string>;
}

/**
 * Follows the references of every template whose policy propagates dependencies, but not the references of dependencies.
 * A referenced object that is not among the manifests is skipped, as Karmada does until it exists.
 *
 * @see Karmada v1.18.2 pkg/dependenciesdistributor/dependencies_distributor.go
 */
export function dependencyLinks(
  decisions: readonly TemplateDecision[],
  state: ControlPlaneState,
  interpreter: Interpreter,
): DependencyLinks {
  const keys = new Map(decisions.map(({ manifest, key }) => [manifest, key]));
  const requiredBy = new Map<Manifest, Requirement[]>();
  const referrers = new Map<Manifest, TemplateDecision[]>();
  const dependencies = new Map<string, readonly string[]>();
  const unstated = new Map<string, string>();
  for (const decision of decisions) {
    // Karmada follows the references of ResourceBindings, so only those of namespaced templates.
    if (!decision.propagatesDependencies || textOf(decision.template.metadata?.namespace) === '') continue;
    const interpreted = interpreter.dependenciesOf(decision.template);
    if (interpreted.kind === 'notStated') {
      unstated.set(decision.key, interpreted.why);
      continue;
    }
    const found = interpreted.references
      .flatMap((reference) => objectsOf(reference, state))
      .filter((manifest) => keys.has(manifest) && manifest !== decision.manifest);
    for (const manifest of found) {
      appendTo(requiredBy, manifest, { template: decision.key, outcome: decision.scheduled });
      appendTo(referrers, manifest, decision);
    }
    dependencies.set(
      decision.key,
      found.map((manifest) => keys.get(manifest) as string),
    );
  }
  return { requiredBy, referrers, dependencies, unstated };
}

/** The same dependencies after other decisions about the same templates. */
export function relinked(links: DependencyLinks, decisions: readonly TemplateDecision[]): DependencyLinks {
  if (links.requiredBy.size === 0) return links;
  const byKey = new Map(decisions.map((decision) => [decision.key, decision]));
  const decided = (key: string) => byKey.get(key) as TemplateDecision;
  const requiredBy = Array.from(links.requiredBy, ([manifest, requirements]) => {
    const renewed = requirements.map(({ template }) => ({ template, outcome: decided(template).scheduled }));
    return [manifest, renewed] as const;
  });
  const referrers = Array.from(links.referrers, ([manifest, those]) => {
    return [manifest, those.map(({ key }) => decided(key))] as const;
  });
  return { ...links, requiredBy: new Map(requiredBy), referrers: new Map(referrers) };
}

function objectsOf(reference: DependentReference, state: ControlPlaneState): readonly Manifest[] {
  const { apiVersion, kind, namespace, name, labelSelector } = reference;
  if (name !== undefined) {
    const found = state.find({ apiVersion, kind, namespace, name });
    return found ? [found] : [];
  }
  if (!labelSelector) return [];
  const matches = compileLabelSelector(labelSelector);
  return state
    .ofKind(apiVersion, kind)
    .filter(
      ({ object: { metadata } }) => textOf(metadata?.namespace) === namespace && matches(stringMapOf(metadata?.labels)),
    );
}

/**
 * The templates of each namespace whose dependencies are only known at run time: any object there may be one of them.
 *
 * @param unstated - by the key of the template
 */
export function openReferrers(
  decisions: readonly TemplateDecision[],
  unstated: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly TemplateDecision[]> {
  const byNamespace = new Map<string, TemplateDecision[]>();
  if (unstated.size === 0) return byNamespace;
  for (const decision of decisions) {
    if (!unstated.has(decision.key)) continue;
    appendTo(byNamespace, textOf(decision.template.metadata?.namespace), decision);
  }
  return byNamespace;
}
