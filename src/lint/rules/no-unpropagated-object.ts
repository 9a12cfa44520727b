import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { listOf, textOf } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';
import type { Severity } from '../../problem/finding';
import { HomeObjects } from '../analysis/control-plane-only';
import { FollowedReferences } from '../analysis/followed-references';
import { NeighbourPolicies } from '../analysis/neighbour-policies';
import { isMadeByKubernetes } from '../analysis/preexisting';
import { policyCause } from '../analysis/unselected-templates';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/detector/policy.go, propagateResource */
export const noUnpropagatedObject = defineRule({
  id: 'no-unpropagated-object',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P01'],
  rank: 330,
  summary: 'Every object that Karmada can propagate is selected by a policy, or brought along by one that is.',
  rationale: 'what no policy selects waits in the control plane and reaches no cluster, without an error',
  check(context) {
    const { controlPlane, report } = context;
    const choices = context.policyChoices;
    const unselected = choices.filter(({ template, winner }) => !winner && isOnItsOwn(template));
    if (unselected.length === 0) return;
    const references = new FollowedReferences(context);
    const home = new HomeObjects(choices, controlPlane);
    const neighbours = new NeighbourPolicies(choices, controlPlane);
    const causesOf = context.causesOfUnselected;
    for (const { template } of unselected) {
      const { object } = template;
      const referrer = references.referrerOf(object);
      if (referrer === 'sent') continue;
      report({
        at: template,
        severity: home.has(object) ? 'info' : severityOf(template, context),
        message: `${objectKey(object)} is selected by no policy`,
        fix: neighbours.fixFor(template),
        // What only a workload refers to that stays at home itself may come along once that one goes.
        cause: [...causesOf(template), ...(referrer ? [policyCause(referrer)] : [])],
      });
    }
  },
});

/** Not a Namespace, nor what its owner or Kubernetes makes anew in each cluster. */
function isOnItsOwn({ object }: Manifest): boolean {
  const { apiVersion, kind, metadata } = object;
  if (apiVersion === 'v1' && kind === 'Namespace') return false;
  if (listOf(metadata?.['ownerReferences']).length > 0) return false;
  // Somebody who writes the default ServiceAccount down adds something that each cluster's own does not have.
  if (kind === 'ServiceAccount' && (object['imagePullSecrets'] || metadata?.annotations)) return true;
  return !isMadeByKubernetes({ apiVersion, kind, name: textOf(metadata?.name) });
}

function severityOf({ object }: Manifest, { controlPlane }: LintContext): Severity {
  // Where there is no policy at all, they are probably applied from somewhere else.
  if (controlPlane.propagationPolicies.length === 0) return 'warning';
  const runs = podTemplateOf(object) !== undefined || (object.apiVersion === 'v1' && object.kind === 'Service');
  return runs ? 'error' : 'warning';
}
