import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { checkClusterNames } from './cluster-name';
import { Clusters } from './clusters';

/** Clusters as arguments: their names one after the other, or one {@link Clusters}. */
export type ClusterChoice<Name extends string = string> = readonly [Clusters] | readonly Name[];

/**
 * The clusters that arguments stand for.
 *
 * @param owner - the call they are arguments of, for messages
 * @throws ModelError `clusters.empty` for no argument, since an empty list would mean every cluster to Karmada
 */
export function chosenClusters(choice: ClusterChoice, owner: string): Clusters {
  const [first] = choice;
  if (first instanceof Clusters && choice.length === 1) return first;
  const other = choice.find((one) => typeof one !== 'string');
  if (other !== undefined) {
    const got = other instanceof Clusters ? 'Clusters beside others' : quoted(other);
    throw new ModelError(`${owner} takes names of clusters, or one Clusters, got ${got}`, {
      code: 'property.type',
      fix: `write ${owner}("member1", "member2"), or ${owner}(Clusters.where({ region: "eu" }))`,
    });
  }
  checkClusterNames(choice, owner, 'name at least one, or pass Clusters.all() for every cluster');
  return Clusters.in(...(choice as readonly string[]));
}
