import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import type { TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import type { PropagationPolicy } from '../../planner/control-plane-state/policy';
import { type Interpreter, isWorkload } from '../../planner/interpret/interpreter';
import { claimedByController, neverPropagated } from '../../planner/matching/never-propagated';
import { selectPolicy } from '../../planner/matching/select-policy';
import type { LintInput } from './lint-input';

/** A template, and the policy that claims it. */
export interface ClaimedTemplate {
  readonly key: string;
  readonly manifest: Manifest;
  readonly policy: PropagationPolicy;
  /** Desired replicas; 0 for kinds without, undefined where only a script or webhook knows. */
  readonly replicas: number | undefined;
  /** Whether the scheduler counts replicas. */
  readonly countsReplicas: boolean;
  /** The planned template. @default - undefined without a fleet */
  readonly planned?: TemplatePlan;
}

/** Every template that a policy claims, according to the plan, or without a fleet to the policies. */
export function claimedTemplatesOf({
  controlPlane,
  plan,
  interpreter,
}: Pick<LintInput, 'controlPlane' | 'plan'> & { readonly interpreter: Interpreter }): readonly ClaimedTemplate[] {
  return plan ? fromPlan(plan.templates, controlPlane) : fromPolicies(controlPlane, interpreter);
}

/** The claimed templates of each policy. */
export function byPolicy(
  templates: readonly ClaimedTemplate[],
): ReadonlyMap<PropagationPolicy, readonly ClaimedTemplate[]> {
  const claims = new Map<PropagationPolicy, ClaimedTemplate[]>();
  for (const template of templates) {
    const others = claims.get(template.policy);
    if (others) others.push(template);
    else claims.set(template.policy, [template]);
  }
  return claims;
}

function fromPlan(templates: readonly TemplatePlan[], controlPlane: ControlPlaneState): readonly ClaimedTemplate[] {
  // The plan read the manifests into a control plane of its own; the keys are the same.
  const policies = new Map(
    controlPlane.propagationPolicies.map((policy) => [objectKey(policy.manifest.object), policy]),
  );
  return templates.flatMap((planned): readonly ClaimedTemplate[] => {
    const { key, manifest, replicas, countsReplicas, takenBy } = planned;
    const policy = planned.policy && policies.get(objectKey(planned.policy.object));
    if (!policy || takenBy !== undefined) return [];
    return [{ key, manifest, policy, replicas, countsReplicas, planned }];
  });
}

function fromPolicies(controlPlane: ControlPlaneState, interpreter: Interpreter): readonly ClaimedTemplate[] {
  return controlPlane.templates.flatMap((manifest): readonly ClaimedTemplate[] => {
    const { object } = manifest;
    if (neverPropagated(object) !== undefined || claimedByController(object) !== undefined) return [];
    const policy = selectPolicy(object, controlPlane).winner?.policy;
    if (!policy) return [];
    const stated = interpreter.replicasOf(object);
    const replicas = stated.kind === 'stated' ? stated.replicas : undefined;
    const countsReplicas = stated.kind !== 'stated' || isWorkload(stated);
    return [{ key: objectKey(object), manifest, policy, replicas, countsReplicas }];
  });
}
