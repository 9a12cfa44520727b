import type { Manifest } from '../../kubernetes/manifest';
import type { TemplatePlan } from '../../planner';
import type { Interpreter } from '../../planner/interpret/interpreter';
import { claimedByController, isSyncedNamespace, neverPropagated } from '../../planner/matching/never-propagated';
import { FollowedReferences } from './followed-references';
import type { LintInput } from './lint-input';
import type { ChosenPolicy } from './policy-choice';

/**
 * Whether anything sends a template to members: a policy that claims it, a template that brings it along, or a controller
 * of Karmada. As the plan says, or without a fleet as the policies and references say.
 */
export type SentTest = (template: Manifest) => boolean;

/** What of a control plane is sent. */
export function sentTemplates(
  context: Pick<LintInput, 'plan' | 'controlPlane' | 'featureGates'> & {
    readonly plannedTemplate: (template: Manifest) => TemplatePlan | undefined;
    readonly policyChoices: readonly ChosenPolicy[];
    readonly interpreter: Interpreter;
  },
): SentTest {
  const { plan, plannedTemplate, policyChoices } = context;
  if (plan) {
    return (template) => {
      const planned = plannedTemplate(template);
      return planned !== undefined && planned.outcome.kind !== 'unmatched';
    };
  }
  const choices = new Map(policyChoices.map(({ template, winner }) => [template.origin, winner]));
  const references = new FollowedReferences(context);
  return ({ object, origin }) => {
    if (neverPropagated(object) !== undefined || claimedByController(object) !== undefined) return false;
    if (choices.get(origin) || isSyncedNamespace(object)) return true;
    // A Service that no policy chooses is that of a MultiClusterService.
    if (!choices.has(origin) && object.kind === 'Service' && object.apiVersion === 'v1') return true;
    return references.referrerOf(object) === 'sent';
  };
}
