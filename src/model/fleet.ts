import type { Cluster } from './cluster';
import { checkClusterName } from './cluster-name';
import { type ClusterProperties, clusterFrom } from './cluster-properties';
import { clustersFromKubectl, clustersFromText } from './fleet-text';
import { listed, nearMiss, shown } from './known-properties';
import { ModelError } from './model-error';

/**
 * The member clusters that an application may run in, with their names as types where they are written in code.
 * Immutable. Everything that names clusters can be made from it, and a name that is not in it neither compiles nor runs.
 *
 * @example
 * const fleet = Fleet.of({ member1: { region: 'eu' }, member2: { region: 'us' } });
 * fleet.names // ['member1', 'member2']
 */
export class Fleet<Name extends string = string> {
  /**
   * A fleet written in code.
   *
   * @param clusters - name of the cluster, as `kubectl get clusters` prints it, to what is known about it
   * @throws ModelError `fleet.empty`, and `cluster.…` or `property.…` for what Karmada would refuse on a Cluster
   */
  static of<Name extends string>(clusters: Readonly<Record<Name, ClusterProperties>>): Fleet<Name> {
    if (typeof clusters !== 'object' || clusters === null || Array.isArray(clusters)) {
      throw new ModelError(`Fleet.of needs an object of clusters, got ${shown(clusters)}`, {
        code: 'property.type',
        fix: 'write it like Fleet.of({ member1: { region: "eu" }, member2: {} })',
      });
    }
    return new Fleet<Name>(Object.entries(clusters).map(([name, properties]) => clusterFrom(name, properties)));
  }

  /**
   * A fleet from what `kubectl get clusters -o yaml` or `-o json` prints: a List, one Cluster or several documents.
   * Fields that placements do not depend on are skipped.
   *
   * @param clusters - the text, or the object it holds
   * @throws ModelError `fleet.syntax` for text that is neither YAML nor JSON, `fleet.kind` for any object but a Cluster, `fleet.empty`
   */
  static fromClusters(clusters: string | object): Fleet {
    return new Fleet(clustersFromKubectl(clusters));
  }

  /**
   * A fleet from a file: a fleet file (`clusters: { member1: { region: eu } }`) or what `kubectl get clusters` prints.
   *
   * @param text - YAML or JSON
   * @throws ModelError as {@link Fleet.of} and {@link Fleet.fromClusters} do, with the line in the text
   */
  static parse(text: string): Fleet {
    return new Fleet(clustersFromText(text));
  }

  /** The clusters, in the order given. */
  readonly clusters: readonly Cluster[];
  /** Their names, in the order given. */
  readonly names: readonly Name[];

  private constructor(clusters: readonly Cluster[]) {
    if (clusters.length === 0) {
      throw new ModelError('the fleet has no clusters', {
        code: 'fleet.empty',
        fix: 'declare at least one member cluster',
      });
    }
    const names = clusters.map(({ name }) => name as Name);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) {
      throw new ModelError(`the fleet has cluster "${twice}" twice`, {
        code: 'fleet.duplicate',
        fix: 'keep one of the two',
      });
    }
    this.clusters = Object.freeze([...clusters]);
    this.names = Object.freeze(names);
    Object.freeze(this);
  }

  /** Whether a cluster of this name is in the fleet. */
  has(name: string): name is Name {
    return (this.names as readonly string[]).includes(name);
  }

  /**
   * The cluster of this name.
   *
   * @throws ModelError `fleet.unknown-cluster`
   */
  get(name: Name): Cluster {
    this.#checkNames([name], 'fleet.get');
    return this.clusters.find((cluster) => cluster.name === name)!;
  }

  #checkNames(names: readonly unknown[], owner: string): void {
    for (const name of names) {
      checkClusterName(name, owner);
      if (this.has(name)) continue;
      const meant = nearMiss(name, this.names);
      throw new ModelError(`${owner} names cluster "${name}", which the fleet does not have`, {
        code: 'fleet.unknown-cluster',
        fix: `use ${meant === undefined ? `one of ${listed(this.names)}` : `"${meant}"`}, or add "${name}" to the fleet`,
      });
    }
  }
}
