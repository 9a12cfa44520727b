import { isDefinition } from '../../kubernetes/custom-definition';
import { unfolded } from '../../kubernetes/list';
import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import {
  apiGroup,
  type KubernetesObject,
  kindKey,
  type ObjectMetadata,
  type ObjectReference,
  referenceKey,
  referenceTo,
} from '../../kubernetes/object';
import { listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { preferredVersion, ServedVersions } from '../../kubernetes/preferred-version';
import { Scopes } from '../../kubernetes/scope';
import { Matchers } from '../matching/matchers';
import { SelectorIndex } from '../matching/selector-index';
import {
  isBeingDeleted,
  type OverridePolicy,
  type PropagationPolicy,
  readOverridePolicy,
  readPropagationPolicy,
  withStoredFieldOrder,
} from './policy';
import type { RefusalOf } from './refusals';
import { withStoredDefaults } from './stored-defaults';

/** How the manifests are applied. */
export interface ControlPlaneStateOptions {
  /** Namespace of objects without one, as `kubectl apply` takes it from the context. @default 'default' */
  readonly defaultNamespace?: string;
  /** Keep override policies as written, instead of with their fields in the order of an API server. @default false */
  readonly asWritten?: boolean;
  /** What the API server refuses, which then does not exist. @default - it takes everything */
  readonly refusalOf?: RefusalOf;
}

/** An object that the API server does not take. */
export interface RefusedObject {
  readonly manifest: Manifest;
  /** What is wrong with it. */
  readonly why: string;
}

/**
 * The templates and policies of the control plane after the manifests are applied, indexed so that matching is
 * near-linear. Immutable; the manifests are never changed.
 */
export class ControlPlaneState {
  /**
   * @param manifests - templates and policies together, in any order. The last manifest of an object wins, as when they
   *   are applied one after the other. Anything but a Kubernetes object is omitted.
   */
  static of(manifests: readonly Manifest[], options: ControlPlaneStateOptions = {}): ControlPlaneState {
    return new ControlPlaneState(manifests, options);
  }

  /** Shorthand for plain objects. */
  static ofObjects(objects: readonly KubernetesObject[], options: ControlPlaneStateOptions = {}): ControlPlaneState {
    return ControlPlaneState.of(
      objects.map((object, index) => ({ object, origin: { type: 'memory', index } })),
      options,
    );
  }

  /** Every object as the control plane stores it: with namespace and relevant defaults, in the version that Karmada watches. */
  readonly objects: readonly Manifest[];
  /** The objects that Karmada may propagate: all except those of Karmada's own API groups. */
  readonly templates: readonly Manifest[];
  readonly propagationPolicies: readonly PropagationPolicy[];
  readonly overridePolicies: readonly OverridePolicy[];
  /** Objects among the manifests that the API server refuses. */
  readonly refused: readonly RefusedObject[];

  /** Namespace of objects without one. */
  readonly defaultNamespace: string;
  /**
   * Affinities of these policies, compiled.
   *
   * @internal
   */
  readonly matchers = new Matchers();

  readonly #byReference = new Map<string, Manifest>();
  readonly #byKind = new Map<string, Manifest[]>();
  /** Selectors of PropagationPolicies by namespace; those of ClusterPropagationPolicies under the empty string. */
  readonly #propagation = new Map<string, SelectorIndex<PropagationPolicy>>();
  readonly #overrides = new Map<string, SelectorIndex<OverridePolicy>>();

  private constructor(
    manifests: readonly Manifest[],
    { defaultNamespace = 'default', asWritten, refusalOf }: ControlPlaneStateOptions,
  ) {
    this.defaultNamespace = defaultNamespace;
    const objects = unfolded(manifests).filter(isObject);
    const { scopes, served } = learnCustomKinds(objects);
    const refused: RefusedObject[] = [];
    for (const manifest of objects) {
      const stored = asStored(manifest, scopes, served, defaultNamespace);
      const why = refusalOf?.(stored.object, this.#byReference.values());
      if (why !== undefined) {
        refused.push({ manifest: stored, why });
        continue;
      }
      const reference = referenceTo(stored.object);
      const key = referenceKey(reference);
      // The API server gives each object without a name another one, so none replaces another.
      this.#byReference.set(reference.name === '' ? `${key}#${this.#byReference.size}` : key, stored);
    }
    this.refused = refused;
    this.objects = Array.from(this.#byReference.values());
    this.templates = this.objects.filter(({ object }) => !isKarmadaObject(object));
    for (const stored of this.objects) appendTo(this.#byKind, kindKey(stored.object), stored);
    this.propagationPolicies = [
      ...this.ofKind(policyApi, 'PropagationPolicy').map((m) => readPropagationPolicy('PropagationPolicy', m)),
      ...this.ofKind(policyApi, 'ClusterPropagationPolicy').map((m) =>
        readPropagationPolicy('ClusterPropagationPolicy', m),
      ),
    ];
    const overridePolicies = [
      ...this.ofKind(policyApi, 'OverridePolicy').map((m) => readOverridePolicy('OverridePolicy', m)),
      ...this.ofKind(policyApi, 'ClusterOverridePolicy').map((m) => readOverridePolicy('ClusterOverridePolicy', m)),
    ];
    this.overridePolicies = asWritten ? overridePolicies : overridePolicies.map(withStoredFieldOrder);
    for (const policy of this.propagationPolicies) {
      if (isBeingDeleted(policy)) continue;
      indexFor(this.#propagation, policy.namespace).add(policy, policy.spec.resourceSelectors);
    }
    for (const policy of this.overridePolicies) {
      const index = indexFor(this.#overrides, policy.namespace);
      if (listOf(policy.spec.resourceSelectors).length === 0) index.addMatchingEverything(policy);
      else index.add(policy, policy.spec.resourceSelectors);
    }
  }

  /** The object that a reference names, if the manifests contain it. */
  find(reference: ObjectReference): Manifest | undefined {
    return this.#byReference.get(referenceKey(reference));
  }

  /** All objects of a kind, in the order of the manifests. */
  ofKind(apiVersion: string, kind: string): readonly Manifest[] {
    return this.#byKind.get(kindKey({ apiVersion, kind })) ?? [];
  }

  /**
   * Selectors of the PropagationPolicies of a namespace, or of the ClusterPropagationPolicies for the empty string.
   *
   * @internal
   */
  propagationSelectors(namespace: string): SelectorIndex<PropagationPolicy> | undefined {
    return this.#propagation.get(namespace);
  }

  /**
   * Selectors of the OverridePolicies of a namespace, or of the ClusterOverridePolicies for the empty string.
   *
   * @internal
   */
  overrideSelectors(namespace: string): SelectorIndex<OverridePolicy> | undefined {
    return this.#overrides.get(namespace);
  }
}

/** Karmada's policy API. */
export const policyApi = 'policy.karmada.io/v1alpha1';

function isKarmadaObject(object: KubernetesObject): boolean {
  return apiGroup(object.apiVersion).endsWith('.karmada.io');
}

/** Whether the manifest holds an object that an API server could read. */
function isObject({ object }: Manifest): boolean {
  return typeof recordOf(object)?.['kind'] === 'string' && typeof object.apiVersion === 'string';
}

function learnCustomKinds(manifests: readonly Manifest[]): { scopes: Scopes; served: ServedVersions } {
  const scopes = new Scopes();
  const served = new ServedVersions();
  for (const { object } of manifests) {
    if (!isDefinition(object)) continue;
    scopes.learn(object);
    served.learn(object);
  }
  return { scopes, served };
}

/** The manifest as the control plane stores it, as far as it matters to Karmada; the same object if nothing changes. */
function asStored(manifest: Manifest, scopes: Scopes, served: ServedVersions, defaultNamespace: string): Manifest {
  const { object } = manifest;
  const written = object.metadata?.namespace;
  const namespace = scopes.scopeOf(object) === 'cluster' ? undefined : textOf(written) || defaultNamespace;
  const watched = withStoredDefaults(preferredVersion(object, served));
  if (written === namespace && watched === object) return manifest;
  const { namespace: _, ...rest } = (recordOf(object.metadata) ?? {}) as ObjectMetadata;
  const metadata = namespace === undefined ? rest : { ...rest, namespace };
  return { ...manifest, object: { ...watched, metadata } };
}

function indexFor<Owner>(indexes: Map<string, SelectorIndex<Owner>>, namespace: string): SelectorIndex<Owner> {
  let index = indexes.get(namespace);
  if (!index) {
    index = new SelectorIndex();
    indexes.set(namespace, index);
  }
  return index;
}
