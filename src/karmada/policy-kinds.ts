import { apiGroup, type KindName } from '../kubernetes/object';

/** Whether a kind is PropagationPolicy or ClusterPropagationPolicy, in any version. */
export function isPropagationPolicy({ apiVersion, kind }: KindName): boolean {
  return apiGroup(apiVersion) === 'policy.karmada.io' && /^(Cluster)?PropagationPolicy$/.test(kind);
}

/** Whether a kind is OverridePolicy or ClusterOverridePolicy, in any version. */
export function isOverridePolicy({ apiVersion, kind }: KindName): boolean {
  return apiGroup(apiVersion) === 'policy.karmada.io' && /^(Cluster)?OverridePolicy$/.test(kind);
}

/** Whether a kind is one of these four policies, in the version that Karmada serves. */
export function isPolicy(kind: KindName): boolean {
  return kind.apiVersion === 'policy.karmada.io/v1alpha1' && (isPropagationPolicy(kind) || isOverridePolicy(kind));
}
