import type { Cluster } from '../../src/karmada/cluster';
import type { ReplicaRequirements } from '../../src/planner';
import { GeneralEstimator } from '../../src/planner/capacity/general-estimator';
import { describeTopic, differenceOf, type RecordedCase } from './support';

interface RecordedEstimate extends RecordedCase {
  readonly cluster: Cluster;
  readonly replicaRequirements?: ReplicaRequirements;
  readonly components?: readonly { readonly replicas: number; readonly replicaRequirements?: ReplicaRequirements }[];
  readonly featureGates?: { readonly CustomizedClusterResourceModeling?: boolean };
  readonly maxAvailableReplicas?: number;
  readonly maxAvailableComponentSets?: number;
}

describeTopic<RecordedEstimate>('estimator', (recorded, karmada) => {
  const { cluster, components, replicaRequirements, featureGates } = recorded;
  const resourceModeling = featureGates?.CustomizedClusterResourceModeling ?? true;
  const estimator = new GeneralEstimator([cluster], { karmada, resourceModeling });
  const estimate = components
    ? estimator.componentSets(
        cluster.name,
        components.map((each) => ({ replicas: each.replicas, requirements: each.replicaRequirements ?? {} })),
      )
    : estimator.replicas(replicaRequirements)(cluster.name);
  const expected = recorded.answer ?? recorded.maxAvailableComponentSets ?? recorded.maxAvailableReplicas;
  return differenceOf(expected, Number.isNaN(estimate) ? 'panics' : estimate);
});
