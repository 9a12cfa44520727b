import { Construct } from 'constructs';
import type { ResourceSelectorSpec } from '../karmada/policy-spec';
import { knownScope } from '../kubernetes/scope';
import { ResourceSelector } from '../model/resource-selector';
import type { Problem } from '../problem/problem';
import { identityOf, objectBehind } from './object-identity';

/** An object that a policy can name: any `ApiObject`, any L1, a cdk8s-plus construct of any version, or just its names. */
export interface NamedResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - that of the metadata; without one that of the policy */
  readonly namespace?: string | undefined;
  readonly metadata?: { readonly namespace?: string | undefined };
}

/** What policies take: an object itself, or a description of objects. */
export type Selectable = NamedResource | ResourceSelector;

/**
 * The selector that a policy writes, of a description of objects.
 *
 * A namespaced policy leaves its own namespace out, since Karmada fills it in. A cluster policy names the namespace
 * of an object, since without one it would select objects of that name everywhere.
 *
 * @param policyNamespace - namespace of the policy that selects; undefined for a cluster policy
 */
export function withinPolicy(
  selector: ResourceSelectorSpec,
  policyNamespace: string | undefined,
): ResourceSelectorSpec {
  if (policyNamespace === undefined || selector.namespace !== policyNamespace) return selector;
  const { namespace: _own, ...rest } = selector;
  return rest;
}

/** Selectors of a namespaced policy that never match: cluster-scoped kinds, and objects of other namespaces. */
export function reachProblems(
  selectors: readonly ResourceSelectorSpec[],
  policy: 'PropagationPolicy' | 'OverridePolicy',
  namespace = '',
): Problem[] {
  return selectors.flatMap((selector): Problem[] => {
    const object = () => `${selector.kind} "${selector.name ?? '*'}"`;
    if (selectsClusterScoped(selector)) {
      return [
        {
          code: 'policy.scope',
          message: `it selects ${object()}, which is cluster-scoped`,
          why: 'a namespaced policy reaches objects of its own namespace only, so it would never match',
          fix: `select it with a Cluster${policy}`,
        },
      ];
    }
    if (!selector.namespace) return [];
    return [
      {
        code: 'policy.namespace',
        message: `it is in namespace "${namespace}" and selects ${object()} of namespace "${selector.namespace}"`,
        why: 'Karmada refuses a namespaced policy that selects outside its own namespace',
        fix: `put a policy into namespace "${selector.namespace}", or use a Cluster${policy}`,
      },
    ];
  });
}

/** Selectors of a cluster policy that never match: cluster-scoped kinds with a namespace. */
export function namespaceProblems(selectors: readonly ResourceSelectorSpec[]): Problem[] {
  return selectors
    .filter((selector) => selector.namespace && selectsClusterScoped(selector))
    .map(({ kind, name = '*', namespace }) => ({
      code: 'policy.scope',
      message: `the selector of ${kind} "${name}" has namespace "${namespace}", but the kind is cluster-scoped`,
      why: 'no such object is in a namespace, so it would never match',
      fix: 'leave the namespace out of the selector',
    }));
}

function selectsClusterScoped(selector: ResourceSelectorSpec): boolean {
  return knownScope(selector) === 'cluster';
}

/**
 * The description of what an author selects.
 *
 * @throws ModelError `selector.…`, `property.…` for a plain object that Karmada could not match anything with
 */
export function describeResource(resource: Selectable): ResourceSelectorSpec {
  if (resource instanceof ResourceSelector) return resource.toSpec();
  const object = objectBehind(resource);
  if (object !== undefined) return identityOf(object);
  const { metadata, namespace = metadata?.namespace, ...rest } = resource;
  const spec = { ...(namespace !== undefined && { namespace }) };
  // A construct has properties of its own; of a plain object, one that nothing reads is a typo.
  if (!Construct.isConstruct(resource)) return ResourceSelector.fromSpec({ ...rest, ...spec }).toSpec();
  return { ...spec, apiVersion: resource.apiVersion, kind: resource.kind, name: resource.name };
}
