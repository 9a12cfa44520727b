import type { PropagationSpec, ResourceSelectorSpec } from '../../karmada/policy-spec';
import { behaviourOf } from '../../karmada/release';
import { child, item } from '../../kubernetes/field-path';
import type { KubernetesObject } from '../../kubernetes/object';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import { quoted } from '../../problem/words';
import type { Review } from '../review';
import { failoverCauses } from '../rules/failover';
import { placementCauses } from '../rules/placement';
import { suspensionCauses } from '../rules/suspension';

export type PropagationPolicyObject = KubernetesObject & { readonly spec?: PropagationSpec };

/** Labels with the id that Karmada sets on new policies. */
export const permanentIdLabels: Readonly<Record<string, string>> = {
  PropagationPolicy: 'propagationpolicy.karmada.io/permanent-id',
  ClusterPropagationPolicy: 'clusterpropagationpolicy.karmada.io/permanent-id',
};

/**
 * Why Karmada's webhook rejects a PropagationPolicy or ClusterPropagationPolicy.
 *
 * @see Karmada v1.18.2 pkg/webhook/propagationpolicy/validating.go; pkg/util/validation/validation.go,
 *   ValidatePropagationSpec
 */
export function* propagationCauses(review: Review<PropagationPolicyObject>): Iterable<FieldProblem> {
  const spec = review.object.spec ?? {};
  if (review.operation === 'UPDATE') yield* updateCauses(review);
  yield* placementCauses(spec.placement ?? {}, 'spec.placement', review.karmada);
  if (spec.failover?.application && !spec.propagateDeps) {
    yield fieldProblem(
      'failover-needs-propagate-deps',
      'spec.propagateDeps',
      'application failover moves a workload, so the objects that it references must move too',
      'set propagateDeps: true',
    );
  }
  yield* failoverCauses(spec.failover, 'spec.failover', review.karmada);
  if (behaviourOf(review.karmada).selectorNamespaceChecked) {
    yield* selectorNamespaceCauses(spec.resourceSelectors ?? [], review.namespace);
  }
  yield* preemptionCauses(spec);
  yield* suspensionCauses(spec.suspension, 'spec.suspension');
}

/**
 * A namespaced policy selects only in its namespace. Up to v1.16 Karmada accepted another namespace and matched nothing.
 *
 * @param namespace - namespace of the policy; empty for cluster policies, which may select anywhere
 */
export function* selectorNamespaceCauses(
  selectors: readonly ResourceSelectorSpec[],
  namespace: string,
): Iterable<FieldProblem> {
  if (namespace === '') return;
  for (const [index, selector] of selectors.entries()) {
    if ((selector.namespace ?? '') === namespace) continue;
    yield fieldProblem(
      'selector-namespace',
      child(item('spec.resourceSelectors', index), 'namespace'),
      `the policy is in namespace "${namespace}" and cannot select in "${selector.namespace ?? ''}"`,
      'remove the namespace, move the policy to that namespace, or use the cluster-scoped kind of policy',
    );
  }
}

function* updateCauses({ object, oldObject }: Review<PropagationPolicyObject>): Iterable<FieldProblem> {
  const [now, before] = [object.spec?.schedulerName ?? '', oldObject?.spec?.schedulerName ?? ''];
  if (now !== before) {
    yield fieldProblem(
      'scheduler-name-immutable',
      'spec.schedulerName',
      `cannot change from "${before}" to "${now}"`,
      'keep it, or delete the policy and create another',
    );
  }
  yield* permanentIdCauses(object, oldObject);
}

function* permanentIdCauses(object: KubernetesObject, oldObject: KubernetesObject | undefined): Iterable<FieldProblem> {
  const label = permanentIdLabels[object.kind];
  if (label === undefined) return;
  const [now, before] = [object.metadata?.labels?.[label], oldObject?.metadata?.labels?.[label]];
  const path = `metadata.labels[${label}]`;
  if ((now ?? '') !== (before ?? '')) {
    yield fieldProblem(
      'permanent-id-immutable',
      path,
      `cannot change from ${quoted(before ?? '')} to ${quoted(now ?? '')}`,
      'remove the label from the manifest: kubectl apply then keeps the live one',
    );
  } else if (now === undefined) {
    yield fieldProblem(
      'permanent-id-missing',
      path,
      'the policy has lost the id that Karmada set',
      'delete the policy and create it again',
    );
  }
}

function* preemptionCauses({ preemption, resourceSelectors = [] }: PropagationSpec): Iterable<FieldProblem> {
  if (preemption !== 'Always') return;
  for (const [index, { name }] of resourceSelectors.entries()) {
    if (name) continue;
    yield fieldProblem(
      'preemption-needs-names',
      child(item('spec.resourceSelectors', index), 'name'),
      'a policy that preempts must select each resource by name, so that it does not take over others by accident',
      'select by name, or remove preemption: Always',
    );
  }
}
