import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import { objectKey } from '../../kubernetes/object';
import { listOf, textOf } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { type PropagationPolicy, policyKey } from '../../planner/control-plane-state/policy';
import type { Severity } from '../../problem/finding';
import { HomeObjects } from '../analysis/control-plane-only';
import { FollowedReferences } from '../analysis/followed-references';
import { missingSender } from '../analysis/missing-object';
import type { ChosenPolicy } from '../analysis/policy-choice';
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
  summary: 'Every object that Karmada can propagate is selected by a policy or is a dependency of a selected object.',
  rationale: 'an object that no policy selects stays in the control plane and reaches no cluster, without an error',
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
        missing: missingSender(object),
        message: `${objectKey(object)} is selected by no policy`,
        fix: neighbours.fixFor(template),
        // A dependency of an unpropagated workload may be carried once the workload is propagated.
        cause: [...causesOf(template), ...(referrer ? [policyCause(referrer)] : [])],
      });
    }
  },
});

/** Excludes Namespaces and objects that their owner or Kubernetes creates in each cluster. */
function isOnItsOwn({ object }: Manifest): boolean {
  const { apiVersion, kind, metadata } = object;
  if (apiVersion === 'v1' && kind === 'Namespace') return false;
  if (listOf(metadata?.['ownerReferences']).length > 0) return false;
  // A default ServiceAccount in the manifests differs from the one that each cluster creates.
  if (kind === 'ServiceAccount' && (object['imagePullSecrets'] || metadata?.annotations)) return true;
  return !isMadeByKubernetes({ apiVersion, kind, name: textOf(metadata?.name) });
}

function severityOf({ object }: Manifest, { controlPlane }: LintContext): Severity {
  // Without any policy in the manifests, the policies are probably applied from elsewhere.
  if (controlPlane.propagationPolicies.length === 0) return 'warning';
  const runs = podTemplateOf(object) !== undefined || (object.apiVersion === 'v1' && object.kind === 'Service');
  return runs ? 'error' : 'warning';
}

/** Policies by what they claim, to tell where an object that none selects would belong. */
class NeighbourPolicies {
  readonly #byName = new Map<string, PropagationPolicy>();
  readonly #byNamespace = new Map<string, PropagationPolicy[]>();

  constructor(choices: readonly ChosenPolicy[], controlPlane: ControlPlaneState) {
    for (const policy of controlPlane.propagationPolicies) {
      appendTo(this.#byNamespace, policy.namespace, policy);
    }
    for (const { template, winner } of choices) {
      if (winner) this.#byName.set(placeOf(template), winner.policy);
    }
  }

  /** How to get an object propagated: by the policy of a namesake, or the only one of its namespace, or one of its own. */
  fixFor(template: Manifest): string {
    const { apiVersion, kind, metadata } = template.object;
    const name = textOf(metadata?.name);
    const namespace = textOf(metadata?.namespace);
    const policies = this.#byNamespace.get(namespace) ?? [];
    const policy = this.#byName.get(placeOf(template)) ?? (policies.length === 1 ? policies[0] : undefined);
    if (!policy) {
      const wanted = namespace ? `a PropagationPolicy in namespace "${namespace}"` : 'a ClusterPropagationPolicy';
      return `select ${objectKey(template.object)} in ${wanted}`;
    }
    const named = name === '' ? '' : `, name: ${name}`;
    const place = policy.namespace || !namespace ? '' : `, namespace: ${namespace}`;
    return `add { apiVersion: ${apiVersion}, kind: ${kind}${place}${named} } to the resourceSelectors of ${policyKey(policy)}`;
  }
}

function placeOf({ object }: Manifest): string {
  return `${textOf(object.metadata?.namespace)}/${textOf(object.metadata?.name)}`;
}
