import { type Cluster, topologyOf } from '../../karmada/cluster';
import { appendTo } from '../../kubernetes/map-entries';
import type { ContractGroup } from '../../model/contract-spec';

/** The clusters of a fleet by region, provider or zone. */
export class ClusterGroups {
  /** Group to the names of its clusters, in the order of the fleet. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly #groupsOf: ReadonlyMap<string, readonly string[]>;

  constructor(
    clusters: readonly Cluster[],
    readonly by: ContractGroup,
  ) {
    this.#groupsOf = new Map(
      clusters.map((cluster) => [cluster.name, by === 'cluster' ? [cluster.name] : topologyOf(cluster, by)]),
    );
    const members = new Map<string, string[]>();
    for (const [name, groups] of this.#groupsOf) {
      for (const group of groups) appendTo(members, group, name);
    }
    this.members = members;
  }

  /** The groups of a cluster; several for a cluster in several zones, none if the fleet does not say. */
  of(cluster: string): readonly string[] {
    return this.#groupsOf.get(cluster) ?? [];
  }

  /** The clusters whose group the fleet does not state. */
  unknownAmong(clusters: Iterable<string>): readonly string[] {
    return [...clusters].filter((cluster) => this.of(cluster).length === 0);
  }
}
