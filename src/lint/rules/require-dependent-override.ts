import { listOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { policyApi } from '../../planner/control-plane-state/control-plane-state';
import { type OverridePolicy, type PropagationPolicy, policyKey } from '../../planner/control-plane-state/policy';
import { nearMiss } from '../../problem/words';
import { defineRule, type Report } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/helper/policy.go, IsDependentOverridesPresent */
export const requireDependentOverride = defineRule({
  id: 'require-dependent-override',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P14'],
  summary: 'Every override policy in dependentOverrides exists.',
  rationale: 'Karmada does not apply the policy until all its dependentOverrides exist, and retries indefinitely',
  check({ controlPlane, report }) {
    const { templates, overridePolicies, propagationPolicies } = controlPlane;
    // If there are only propagation policies, the override policies are in other files.
    const isFragment = templates.length === 0 && overridePolicies.length === 0;
    const byName = new Map<string, OverridePolicy[]>();
    for (const override of overridePolicies) {
      byName.set(override.name, [...(byName.get(override.name) ?? []), override]);
    }
    for (const policy of propagationPolicies) {
      for (const [index, name] of listOf<unknown>(policy.spec.dependentOverrides).entries()) {
        if (typeof name !== 'string' || isThere(policy, name, controlPlane)) continue;
        report({
          at: policy.manifest,
          path: `spec.dependentOverrides[${index}]`,
          ...(isFragment && { severity: 'info' }),
          ...absence(policy, name, byName),
        });
      }
    }
  },
});

function isThere({ namespace, ...policy }: PropagationPolicy, name: string, controlPlane: ControlPlaneState): boolean {
  return controlPlane.find({ apiVersion: policyApi, kind: wantedKind(policy), namespace, name }) !== undefined;
}

function wantedKind({ kind }: Pick<PropagationPolicy, 'kind'>): OverridePolicy['kind'] {
  return kind === 'PropagationPolicy' ? 'OverridePolicy' : 'ClusterOverridePolicy';
}

function absence(
  policy: PropagationPolicy,
  name: string,
  byName: ReadonlyMap<string, readonly OverridePolicy[]>,
): Pick<Report, 'message' | 'fix' | 'missing'> {
  const kind = wantedKind(policy);
  const where = policy.namespace ? ` in namespace "${policy.namespace}"` : '';
  const waits = `${policyKey(policy)} waits for ${kind} "${name}"${where}`;
  const [other] = byName.get(name) ?? [];
  if (other) {
    return {
      message: `${waits}, but there is only ${policyKey(other)}`,
      fix: `make it ${policy.namespace ? 'an' : 'a'} ${kind}${where}, or remove "${name}" from dependentOverrides`,
    };
  }
  const candidates = [...byName].flatMap(([each, overrides]) =>
    overrides.some((override) => override.kind === kind && override.namespace === policy.namespace) ? [each] : [],
  );
  const meant = nearMiss(name, candidates) ?? (candidates.length === 1 ? candidates[0] : undefined);
  return {
    missing: { kinds: [kind], name },
    message: `${waits}, which is not in the manifests`,
    fix:
      meant === undefined
        ? `add it, or remove "${name}" from dependentOverrides`
        : `write "${meant}", or add "${name}"`,
  };
}
