import type { Manifest } from '../../kubernetes/manifest';
import { textOf } from '../../kubernetes/plain-data';
import type { Plan, TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { claimedByController, isSyncedNamespace, neverPropagated } from '../../planner/matching/never-propagated';
import { type PolicySelection, selectPolicy } from '../../planner/matching/select-policy';
import type { RuleContext } from '../engine/rule';

/** A template that policies may send, and the choice between those that select it. */
export interface ChosenPolicy extends PolicySelection {
  readonly template: Manifest;
}

const known = new WeakMap<ControlPlaneState, readonly ChosenPolicy[]>();

/**
 * The choice of policy for every template that is up to policies: not for what Karmada never propagates, for Namespaces
 * that it sends everywhere, and for what another controller has taken.
 */
export function policyChoices({ federation, featureGates }: RuleContext): readonly ChosenPolicy[] {
  let choices = known.get(federation);
  if (!choices) {
    const preemption = featureGates.has('PropagationPolicyPreemption');
    choices = federation.templates
      .filter((template) => isUpToPolicies(template, federation))
      .map((template) => ({ template, ...selectPolicy(template.object, federation, { preemption }) }));
    known.set(federation, choices);
  }
  return choices;
}

function isUpToPolicies({ object }: Manifest, federation: ControlPlaneState): boolean {
  if (neverPropagated(object) !== undefined || isSyncedNamespace(object)) return false;
  if (claimedByController(object) !== undefined) return false;
  if (object.kind !== 'Service' || object.apiVersion !== 'v1') return true;
  const { namespace, name } = object.metadata ?? {};
  const exposed = { kind: 'MultiClusterService', namespace: textOf(namespace), name: textOf(name) };
  return federation.find({ apiVersion: 'networking.karmada.io/v1alpha1', ...exposed }) === undefined;
}

const plans = new WeakMap<Plan, ReadonlyMap<Manifest['origin'], TemplatePlan>>();

/** What the plan says of a template of the federation; the two hold copies of manifests with the same origin. */
export function planOfTemplate(plan: Plan | undefined, { origin }: Manifest): TemplatePlan | undefined {
  if (!plan) return undefined;
  let byOrigin = plans.get(plan);
  if (!byOrigin) {
    byOrigin = new Map(plan.templates.map((template) => [template.manifest.origin, template]));
    plans.set(plan, byOrigin);
  }
  return byOrigin.get(origin);
}
