import type { OverrideRuleSpec, OverrideSpec, PropagationSpec, ResourceSelectorSpec } from '../../karmada/policy-spec';
import type { Manifest } from '../../kubernetes/manifest';
import { namedKey } from '../../kubernetes/object';
import { compareText, fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';

/** The common part of both kinds of policy, read from a manifest. */
export interface PolicyIdentity {
  readonly name: string;
  /** Empty for the cluster-scoped kinds. */
  readonly namespace: string;
  readonly manifest: Manifest;
}

/** A PropagationPolicy or ClusterPropagationPolicy in the control plane. */
export interface PropagationPolicy extends PolicyIdentity {
  readonly kind: 'PropagationPolicy' | 'ClusterPropagationPolicy';
  readonly spec: PropagationSpec;
}

/** An OverridePolicy or ClusterOverridePolicy in the control plane. */
export interface OverridePolicy extends PolicyIdentity {
  readonly kind: 'OverridePolicy' | 'ClusterOverridePolicy';
  readonly spec: OverrideSpec;
}

/** Reads a propagation policy. A malformed `spec` becomes an empty one, which selects nothing. */
export function readPropagationPolicy(kind: PropagationPolicy['kind'], manifest: Manifest): PropagationPolicy {
  return { kind, ...identityOf(manifest), spec: (recordOf(manifest.object.spec) ?? {}) as PropagationSpec };
}

/** Reads an override policy. A malformed `spec` becomes an empty one, which changes nothing. */
export function readOverridePolicy(kind: OverridePolicy['kind'], manifest: Manifest): OverridePolicy {
  return { kind, ...identityOf(manifest), spec: (recordOf(manifest.object.spec) ?? {}) as OverrideSpec };
}

/**
 * The policy as an API server stores it. The order of fields matters where a fieldOverrider writes an object into
 * JSON text: the API server sorts them by name.
 */
export function withStoredFieldOrder(policy: OverridePolicy): OverridePolicy {
  const rules = listOf<OverrideRuleSpec | null>(policy.spec.overrideRules);
  if (!rules.some((rule) => listOf(rule?.overriders?.fieldOverrider).length > 0)) return policy;
  return { ...policy, spec: { ...policy.spec, overrideRules: sortedFields(rules) as readonly OverrideRuleSpec[] } };
}

function sortedFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedFields);
  const record = recordOf(value);
  if (!record) return value;
  const keys = Object.keys(record).sort(compareText);
  return Object.fromEntries(keys.map((key) => [key, sortedFields(record[key])]));
}

/** `Kind/namespace/name`, or `Kind/name` for the cluster-scoped kinds. */
export function policyKey(policy: PropagationPolicy | OverridePolicy): string {
  return namedKey(policy);
}

/** The explicit priority. @default 0 */
export function explicitPriority(policy: PropagationPolicy): number {
  const { priority } = policy.spec;
  return typeof priority === 'number' && Number.isFinite(priority) ? priority : 0;
}

/**
 * Whether a policy propagates what its templates reference. Admission sets it if a ServiceImport is selected.
 *
 * @see Karmada v1.18.2 pkg/util/helper/policy.go, ContainsServiceImport
 */
export function propagatesDependencies(policy: PropagationPolicy): boolean {
  if (policy.spec.propagateDeps === true) return true;
  return listOf<ResourceSelectorSpec | null>(policy.spec.resourceSelectors).some(
    (selector) => selector?.kind === 'ServiceImport' && selector.apiVersion === 'multicluster.x-k8s.io/v1alpha1',
  );
}

/** Whether the policy is being deleted: it no longer matches anything. */
export function isBeingDeleted(policy: PropagationPolicy): boolean {
  return fieldAt(policy.manifest.object, 'metadata', 'deletionTimestamp') !== undefined;
}

function identityOf(manifest: Manifest): PolicyIdentity {
  const { metadata } = manifest.object;
  return { name: textOf(metadata?.name), namespace: textOf(metadata?.namespace), manifest };
}
