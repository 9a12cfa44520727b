import type { ResourceSelectorSpec } from '../karmada/policy-spec';
import type { KubernetesObject } from '../kubernetes/object';

/** What the policy that a FederatedApp derives does not have. */
export function derivedPolicyProblem(
  { kind, metadata, ...others }: KubernetesObject,
  derived: 'PropagationPolicy' | 'OverridePolicy',
): string | undefined {
  if (kind !== derived) return `a FederatedApp derives ${derived === 'OverridePolicy' ? 'an' : 'a'} ${derived}`;
  const { apiVersion: _, spec: __, ...more } = others;
  if (Object.keys(more).length > 0) return `a FederatedApp writes no ${Object.keys(more)[0]}`;
  const given = Object.entries(metadata ?? {}).filter(([, value]) => typeof value === 'string' || filled(value));
  const unknown = given.map(([field]) => field).find((field) => !['name', 'namespace'].includes(field));
  return unknown === undefined ? undefined : `a FederatedApp gives its policy no ${unknown}`;
}

function filled(value: unknown): boolean {
  return typeof value !== 'object' || Object.keys(value ?? {}).length > 0;
}

/** The selector that a FederatedApp writes for an object. */
export function selectorOf({ apiVersion, kind, metadata }: KubernetesObject): ResourceSelectorSpec {
  return { apiVersion, kind, name: metadata?.name ?? '' };
}
