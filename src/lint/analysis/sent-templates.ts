import type { Manifest } from '../../kubernetes/manifest';
import type { TemplatePlan } from '../../planner';
import type { Interpreter } from '../../planner/interpret/interpreter';
import { claimedByController, isSyncedNamespace, neverPropagated } from '../../planner/matching/never-propagated';
import { FollowedReferences } from './followed-references';
import type { LintInput } from './lint-input';
import type { ChosenPolicy } from './policy-choice';

/**
 * Whether anything sends a template to members: a policy that claims it, a template that brings it along, or a controller
 * of Karmada. According to the plan, or without a fleet to the policies and references.
 */
export type SentTest = (template: Manifest) => boolean;

/** The test for the templates of a control plane. */
export function sentTemplates(
  context: Pick<LintInput, 'plan' | 'controlPlane' | 'featureGates'> & {
    readonly plannedTemplate: (template: Manifest) => TemplatePlan | undefined;
    readonly policyChoices: readonly ChosenPolicy[];
    readonly interpreter: Interpreter;
  },
): SentTest {
  const { plan, plannedTemplate, policyChoices } = context;
  if (plan) return sentByPlan(plannedTemplate);
  const choices = new Map(policyChoices.map(({ template, winner }) => [template.origin, winner]));
  const references = new FollowedReferences(context);
  return ({ object, origin }) => {
    if (neverPropagated(object) !== undefined || claimedByController(object) !== undefined) return false;
    if (choices.get(origin) || isSyncedNamespace(object)) return true;
    // Policy choices leave out the Service of a MultiClusterService.
    if (!choices.has(origin) && object.kind === 'Service' && object.apiVersion === 'v1') return true;
    return references.referrerOf(object) === 'sent';
  };
}

/** The test by a plan. */
export function sentByPlan(plannedTemplate: (template: Manifest) => TemplatePlan | undefined): SentTest {
  return (template) => {
    const planned = plannedTemplate(template);
    return planned !== undefined && planned.outcome.kind !== 'unmatched';
  };
}
