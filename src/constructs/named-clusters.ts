import { checkClusterNames } from '../model/cluster-name';
import { Clusters } from '../model/clusters';
import { checkedList } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';

/** Clusters where Karmada takes nothing but names: the names, or `Clusters.in(…)`. */
export type NamedClusters = Clusters | readonly string[];

/**
 * The names of clusters.
 *
 * @param owner - what takes them, for messages
 * @throws ModelError `clusters.byName` for Clusters that are chosen by anything but name, `clusters.empty`, `clusters.duplicate`, `cluster.name`
 */
export function namesOfClusters(clusters: NamedClusters, owner: string): readonly string[] {
  if (!(clusters instanceof Clusters)) {
    const names = checkedList(clusters, owner);
    checkClusterNames(names, owner, 'name at least one, or leave it out for every cluster');
    return [...names];
  }
  if (clusters.isByName && clusters.excluded.length === 0) return clusters.names;
  throw new ModelError(`${owner} takes clusters by name only`, {
    code: 'clusters.byName',
    fix: clusters.isAll ? 'leave it out for every cluster' : "name them: Clusters.in('member1', 'member2')",
  });
}
