import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import type { TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import type { PropagationPolicy } from '../../planner/control-plane-state/policy';
import { Interpreter, isWorkload } from '../../planner/interpret/interpreter';
import { claimedByController, neverPropagated } from '../../planner/matching/never-propagated';
import { selectPolicy } from '../../planner/matching/select-policy';
import type { RuleContext } from '../engine/rule';

/** A template, and the policy that claims it. */
export interface ClaimedTemplate {
  readonly key: string;
  readonly manifest: Manifest;
  readonly policy: PropagationPolicy;
  /** Desired replicas; 0 for kinds without, undefined where only a script or webhook knows. */
  readonly replicas: number | undefined;
  /** Whether the scheduler counts replicas. */
  readonly countsReplicas: boolean;
  /** How it is planned. @default - there is no fleet */
  readonly planned?: TemplatePlan;
}

const known = new WeakMap<ControlPlaneState, readonly ClaimedTemplate[]>();

/** Every template that a policy claims: as the plan says, or without a fleet as the policies say. */
export function claimedTemplatesIn({ federation, plan }: RuleContext): readonly ClaimedTemplate[] {
  let claimed = known.get(federation);
  if (!claimed) {
    claimed = plan ? fromPlan(plan.templates, federation) : fromPolicies(federation);
    known.set(federation, claimed);
  }
  return claimed;
}

/** The claimed templates of each policy. */
export function claimsByPolicy(context: RuleContext): ReadonlyMap<PropagationPolicy, readonly ClaimedTemplate[]> {
  const claims = new Map<PropagationPolicy, ClaimedTemplate[]>();
  for (const template of claimedTemplatesIn(context)) {
    const others = claims.get(template.policy);
    if (others) others.push(template);
    else claims.set(template.policy, [template]);
  }
  return claims;
}

function fromPlan(templates: readonly TemplatePlan[], federation: ControlPlaneState): readonly ClaimedTemplate[] {
  // The plan read the manifests into a federation of its own; the keys are the same.
  const policies = new Map(federation.propagationPolicies.map((policy) => [objectKey(policy.manifest.object), policy]));
  return templates.flatMap((planned): readonly ClaimedTemplate[] => {
    const { key, manifest, replicas, countsReplicas, takenBy } = planned;
    const policy = planned.policy && policies.get(objectKey(planned.policy.object));
    if (!policy || takenBy !== undefined) return [];
    return [{ key, manifest, policy, replicas, countsReplicas, planned }];
  });
}

function fromPolicies(federation: ControlPlaneState): readonly ClaimedTemplate[] {
  const interpreter = new Interpreter(federation);
  return federation.templates.flatMap((manifest): readonly ClaimedTemplate[] => {
    const { object } = manifest;
    if (neverPropagated(object) !== undefined || claimedByController(object) !== undefined) return [];
    const policy = selectPolicy(object, federation).winner?.policy;
    if (!policy) return [];
    const stated = interpreter.replicasOf(object);
    const replicas = stated.kind === 'stated' ? stated.replicas : undefined;
    const countsReplicas = stated.kind !== 'stated' || isWorkload(stated);
    return [{ key: objectKey(object), manifest, policy, replicas, countsReplicas }];
  });
}
