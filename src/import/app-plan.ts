import type { PropagationSpec, ResourceSelectorSpec } from '../karmada/policy-spec';
import { hasRetainedReplicas } from '../karmada/retained-replicas';
import { refersOutside } from '../kubernetes/followed-references';
import { dnsSubdomainProblems } from '../kubernetes/names';
import { apiGroup, referenceKey } from '../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../kubernetes/plain-data';
import { scaleTargetOf } from '../kubernetes/scale-target';
import { type PropsCode, propagationOptionsCode } from './code/policy-code';
import { type ShorthandCode, shorthandCode } from './code/shorthand-code';
import { derivedPolicyProblem, selectorOf } from './derived-policy';
import { appNameOf } from './groups';
import type { Item } from './items';
import { firstDifference, normalForm } from './normal-form';
import { mayBe, type ProgramContext } from './object-plan';

/** A FederatedApp that makes a policy, and what it propagates. */
export interface AppPlan {
  readonly policy: Item;
  /** Construct id. */
  readonly id: string;
  readonly props: PropsCode;
  /** Objects that the props make. */
  readonly shorthand: readonly Item[];
  /** Objects under the app, in the order of the selectors. */
  readonly children: readonly Item[];
}

/**
 * The FederatedApp for a policy and the objects that it names.
 *
 * @returns why there is none
 */
export function appPlan(policy: Item, context: ProgramContext): AppPlan | { readonly why: string } {
  const { object } = policy;
  const { claims, demotions } = context;
  const demotion = demotions.get(policy.key);
  if (!mayBe('app', policy, context)) return { why: demotion?.why ?? 'it was not made exactly' };
  const why = derivedPolicyProblem(object, 'PropagationPolicy');
  if (why !== undefined) return { why };
  const selected = selectedItems(policy, context);
  if ('why' in selected) return selected;
  const { children } = selected;
  for (const child of children) {
    const problem = childProblem(child, policy, context) ?? autoscalerProblem(child, children);
    if (problem !== undefined) return { why: `${child.title} ${problem}` };
  }
  const claimed = [...claims].filter(([, claim]) => claim.policy === policy).length;
  if (claimed !== children.length) return { why: 'it claims an object that it does not name' };
  const options = propagationOptionsCode(object, context);
  if ('why' in options) return options;
  const spec = object.spec as PropagationSpec;
  const derived = refersOutside(children.map((child) => child.object)) ? true : undefined;
  const stated = spec.propagateDeps ?? (derived ? false : undefined);
  const made = {
    ...(options.spec as object),
    ...(stated !== undefined && { propagateDeps: stated }),
    resourceSelectors: children.map((child) => selectorOf(child.object)),
  };
  const difference = firstDifference(normalForm(object), normalForm({ ...object, spec: made }));
  if (difference !== undefined) return { why: `${difference} would differ` };
  const name = textOf(object.metadata?.name);
  const shorthand = shorthandOf(children, context);
  const id = shorthand ? children[0]!.object.metadata!.name! : appNameOf(policy);
  const idProblem = dnsSubdomainProblems(`${id}-propagation`)[0];
  if (idProblem !== undefined || id in {}) return { why: `"${id}" cannot be the id of a FederatedApp` };
  const { placement, ...others } = options.props;
  return {
    policy,
    id,
    props: {
      ...(name !== `${id}-propagation` && { policyName: name }),
      placement: placement!,
      ...shorthand?.props,
      ...(stated !== undefined && { propagateDeps: stated }),
      ...Object.fromEntries(Object.entries(others).filter(([prop]) => prop !== 'propagateDeps')),
    },
    shorthand: children.slice(0, shorthand?.objects.length ?? 0),
    children: children.slice(shorthand?.objects.length ?? 0),
  };
}

/** The objects that a policy names, each once. */
function selectedItems(
  policy: Item,
  { items }: ProgramContext,
): { readonly children: readonly Item[] } | { readonly why: string } {
  const own = textOf(policy.object.metadata?.namespace);
  const children = new Set<Item>();
  for (const selector of listOf<ResourceSelectorSpec>(fieldAt(policy.object, 'spec', 'resourceSelectors'))) {
    const { apiVersion, kind, name, namespace, labelSelector } = (recordOf(selector) ??
      {}) as Partial<ResourceSelectorSpec>;
    if (!name || labelSelector) {
      return { why: `it selects ${kind}s ${labelSelector ? 'by label' : 'without a name'}: later objects may join` };
    }
    if (namespace && namespace !== own) return { why: 'it selects in another namespace' };
    const item = items.get(referenceKey({ apiVersion: textOf(apiVersion), kind: textOf(kind), name, namespace: own }));
    if (item === undefined) return { why: `${kind} "${name}" is not among the manifests` };
    children.add(item);
  }
  return children.size === 0 ? { why: 'it selects nothing' } : { children: [...children] };
}

/** Why an object cannot be under the FederatedApp of a policy. */
function childProblem(child: Item, policy: Item, context: ProgramContext): string | undefined {
  const claim = context.claims.get(child);
  if (claim?.policy !== policy) {
    return claim ? `is claimed by ${claim.policy.title}` : 'is of a kind that no policy propagates';
  }
  if (!mayBe('app', child, context)) return context.demotions.get(child.key)?.why ?? 'was not made exactly';
  return undefined;
}

/** A FederatedApp refuses an autoscaler whose replicas Karmada would revert. */
function autoscalerProblem({ object }: Item, children: readonly Item[]): string | undefined {
  if (object.kind !== 'HorizontalPodAutoscaler' || apiGroup(object.apiVersion) !== 'autoscaling') return undefined;
  const { kind, name } = scaleTargetOf(object);
  const target = children.find((child) => child.object.kind === kind && child.object.metadata?.name === name)?.object;
  if (target === undefined || hasRetainedReplicas(target)) return undefined;
  return `is refused in a FederatedApp: Karmada reverts the replicas that it sets for ${kind} "${name}"`;
}

/** The Deployment and Service as props, if they are the first objects. */
function shorthandOf(children: readonly Item[], context: ProgramContext): ShorthandCode | undefined {
  const [first] = children;
  if (first === undefined || !children.slice(0, 2).every((child) => mayBe('shorthand', child, context)))
    return undefined;
  return shorthandCode(children.slice(0, 2).map(({ object }) => object));
}
