import { checkClusterNames } from '../model/cluster-name';
import { Clusters } from '../model/clusters';
import { checkedList } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';

/** Clusters where Karmada only accepts names: the names, or `Clusters.in(…)`. */
export type NamedClusters = Clusters | readonly string[];

/**
 * The names of clusters.
 *
 * @param owner - the property that takes them, for messages
 * @throws ModelError `clusters.byName` for Clusters that are not chosen by name, `clusters.empty`, `clusters.duplicate`, `cluster.name`
 */
export function namesOfClusters(clusters: NamedClusters, owner: string): readonly string[] {
  if (!(clusters instanceof Clusters)) {
    const names = checkedList(clusters, owner);
    checkClusterNames(names, owner, 'name at least one, or leave it out for every cluster');
    return [...names];
  }
  if (clusters.isByName && clusters.excluded.length === 0) return clusters.names;
  throw new ModelError(`${owner} only takes clusters by name`, {
    code: 'clusters.byName',
    fix: clusters.isAll ? 'leave it out for every cluster' : "name them: Clusters.in('member1', 'member2')",
  });
}
