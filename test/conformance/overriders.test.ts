import type { Cluster } from '../../src/karmada/cluster';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { applyOverrides } from '../../src/planner/override/apply-overrides';
import { describeTopic, differenceOf, type RecordedCase, type RecordedTopic, readTopic } from './support';

interface RecordedPolicy {
  readonly name: string;
  readonly spec: unknown;
}

interface OverriderCase extends RecordedCase {
  /** Name of an entry of `objects`. */
  readonly object: string;
  readonly cluster: Cluster;
  readonly overridePolicies?: readonly RecordedPolicy[] | null;
  readonly clusterOverridePolicies?: readonly RecordedPolicy[] | null;
  readonly result?: KubernetesObject;
  readonly error?: string;
  readonly appliedOverridePolicies?: readonly string[];
  readonly appliedClusterOverridePolicies?: readonly string[];
}

interface OverriderTopic extends RecordedTopic<OverriderCase> {
  readonly objects: Readonly<Record<string, KubernetesObject>>;
}

const objects = (readTopic<OverriderCase>('overriders') as OverriderTopic | undefined)?.objects;

describeTopic<OverriderCase>('overriders', (recorded, karmada) => {
  const object = objects?.[recorded.object];
  if (!object) return `there is no object ${recorded.object}`;
  const before = structuredClone(object);
  const policies = [
    ...(recorded.overridePolicies ?? []).map((policy) => policyObject('OverridePolicy', policy)),
    ...(recorded.clusterOverridePolicies ?? []).map((policy) => policyObject('ClusterOverridePolicy', policy)),
  ];
  const outcome = applyOverrides(object, recorded.cluster, policies, { karmada });
  const mutated = differenceOf(before, object);
  if (mutated) return `changed its input: ${mutated}`;
  if (outcome.kind === 'failed') {
    return recorded.error === undefined ? `failed: ${outcome.why}` : undefined;
  }
  if (recorded.error !== undefined) return `expected a failure (${recorded.error}), got an object`;
  const namesOf = (kind: string) =>
    outcome.applied.filter(({ policy }) => policy.kind === kind).map(({ policy }) => policy.name);
  return differenceOf(
    {
      result: recorded.result,
      applied: recorded.appliedOverridePolicies ?? [],
      appliedCluster: recorded.appliedClusterOverridePolicies ?? [],
    },
    {
      result: outcome.object,
      applied: namesOf('OverridePolicy'),
      appliedCluster: namesOf('ClusterOverridePolicy'),
    },
  );
});

/** Policies were recorded in the namespace `default`. */
function policyObject(kind: string, { name, spec }: RecordedPolicy): KubernetesObject {
  const metadata = kind === 'OverridePolicy' ? { name, namespace: 'default' } : { name };
  return { apiVersion: 'policy.karmada.io/v1alpha1', kind, metadata, spec };
}
