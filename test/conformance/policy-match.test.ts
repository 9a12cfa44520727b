import type { KubernetesObject } from '../../src/kubernetes/object';
import { selectPolicy } from '../../src/planner/matching/select-policy';
import { describeTopic, differenceOf, type RecordedCase } from './support';

interface RecordedPolicy {
  readonly name: string;
  readonly namespace?: string;
  readonly [field: string]: unknown;
}

interface PolicyMatchCase extends RecordedCase {
  readonly resource: KubernetesObject;
  readonly propagationPolicies: readonly RecordedPolicy[] | null;
  readonly clusterPropagationPolicies: readonly RecordedPolicy[] | null;
  readonly bestPropagationPolicy: string | null;
  readonly bestClusterPropagationPolicy: string | null;
  readonly winner: { readonly kind: string; readonly name: string; readonly namespace?: string } | null;
}

describeTopic<PolicyMatchCase>('policy_match', (recorded) => {
  const policies = [
    ...(recorded.propagationPolicies ?? []).map((policy) => policyObject('PropagationPolicy', policy)),
    ...(recorded.clusterPropagationPolicies ?? []).map((policy) => policyObject('ClusterPropagationPolicy', policy)),
  ];
  const { winner, bestPropagationPolicy, bestClusterPropagationPolicy } = selectPolicy(recorded.resource, policies);
  const best = bestPropagationPolicy?.policy;
  return differenceOf(
    {
      bestPropagationPolicy: recorded.bestPropagationPolicy,
      bestClusterPropagationPolicy: recorded.bestClusterPropagationPolicy,
      winner: recorded.winner,
    },
    {
      bestPropagationPolicy: best ? `${best.namespace}/${best.name}` : null,
      bestClusterPropagationPolicy: bestClusterPropagationPolicy?.policy.name ?? null,
      winner: winner
        ? {
            kind: winner.policy.kind,
            name: winner.policy.name,
            ...(winner.policy.namespace && { namespace: winner.policy.namespace }),
          }
        : null,
    },
  );
});

function policyObject(kind: string, { name, namespace, ...spec }: RecordedPolicy): KubernetesObject {
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  return { apiVersion: 'policy.karmada.io/v1alpha1', kind, metadata, spec };
}
