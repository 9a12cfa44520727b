import type { Cluster } from '../../src/karmada/cluster';
import { compileClusterAffinity } from '../../src/karmada/cluster-matcher';
import type { ClusterAffinitySpec } from '../../src/karmada/policy-spec';
import { describeTopic, differenceOf, type RecordedCase } from './support';

interface RecordedAffinity extends RecordedCase {
  readonly clusterAffinity: ClusterAffinitySpec;
  readonly clusters: readonly Cluster[];
  readonly matched: readonly string[];
}

describeTopic<RecordedAffinity>('cluster_affinity', ({ clusterAffinity, clusters, matched }, karmada) => {
  const found = clusters.filter(compileClusterAffinity(clusterAffinity, karmada)).map(({ name }) => name);
  return differenceOf([...matched].sort(), found.sort());
});
