import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { type PropagationPolicy, policyKey } from '../../planner/control-plane-state/policy';
import type { ChosenPolicy } from './policy-choice';

/** Policies by what they claim, to tell where an object that none selects would belong. */
export class NeighbourPolicies {
  readonly #byName = new Map<string, PropagationPolicy>();
  readonly #byNamespace = new Map<string, PropagationPolicy[]>();

  constructor(choices: readonly ChosenPolicy[], controlPlane: ControlPlaneState) {
    for (const policy of controlPlane.propagationPolicies) {
      const policies = this.#byNamespace.get(policy.namespace);
      if (policies) policies.push(policy);
      else this.#byNamespace.set(policy.namespace, [policy]);
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
    const place = policy.namespace || !namespace ? '' : `, namespace: ${namespace}`;
    return `add { apiVersion: ${apiVersion}, kind: ${kind}${place}, name: ${name} } to the resourceSelectors of ${policyKey(policy)}`;
  }
}

function placeOf({ object }: Manifest): string {
  return `${textOf(object.metadata?.namespace)}/${textOf(object.metadata?.name)}`;
}
