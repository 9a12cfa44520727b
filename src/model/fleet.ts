import type { Cluster } from '../karmada/cluster';
import { compileClusterAffinity } from '../karmada/cluster-matcher';
import { defaultKarmadaVersion } from '../karmada/release';
import { ModelError } from '../problem/model-error';
import { isPropertyBag } from '../problem/record';
import { firstTwice, quoted } from '../problem/words';
import { checkClusterInFleet, checkClusterNames } from './cluster-name';
import { type ClusterProperties, clusterFrom } from './cluster-properties';
import { areShares, type ClusterShare, weightsOfShares } from './cluster-shares';
import { unionOf } from './cluster-union';
import { type ClusterChoice, type ClusterConditions, Clusters, chosenClusters } from './clusters';
import { FleetClusters } from './fleet-clusters';
import { clustersFromKubectl, clustersFromText } from './fleet-text';
import { Placement } from './placement';
import type { ClusterWeight, ReplicasByName, WeightsByName } from './replica-division';

/**
 * The member clusters that an application can run in. If the fleet is written in code, the names are literal types.
 * Immutable. Placements, selections and overrides can be made from it. A name that is not in the fleet is then a compile error
 * and a run-time error.
 *
 * @example
 * ```ts
 * const fleet = Fleet.of({ member1: { region: 'eu' }, member2: { region: 'us' } });
 * fleet.names // ['member1', 'member2']
 * ```
 */
export class Fleet<Name extends string = string> {
  /**
   * A fleet written in code.
   *
   * @param clusters - cluster name, as `kubectl get clusters` prints it, to properties
   * @throws ModelError `fleet.empty`, and `cluster.…` or `property.…` for what Karmada rejects on a Cluster
   */
  static of<Name extends string>(clusters: Readonly<Record<Name, ClusterProperties>>): Fleet<Name> {
    if (!isPropertyBag(clusters)) {
      throw new ModelError(`Fleet.of needs an object of clusters, got ${quoted(clusters)}`, {
        code: 'property.type',
        fix: 'write it like Fleet.of({ member1: { region: "eu" }, member2: {} })',
      });
    }
    return new Fleet<Name>(Object.entries(clusters).map(([name, properties]) => clusterFrom(name, properties)));
  }

  /**
   * A fleet from the output of `kubectl get clusters -o yaml` or `-o json`: a List, one Cluster or several documents.
   * Fields that placements do not depend on are skipped.
   *
   * @param clusters - the text, or the parsed object
   * @throws ModelError `fleet.syntax` for text that is neither YAML nor JSON, `fleet.kind` for any object but a Cluster, `fleet.empty`
   */
  static fromClusters(clusters: string | object): Fleet {
    return new Fleet(clustersFromKubectl(clusters));
  }

  /**
   * A fleet from a file: a fleet file (`clusters: { member1: { region: eu } }`) or the output of `kubectl get clusters`.
   *
   * @param text - YAML or JSON
   * @throws ModelError as {@link Fleet.of} and {@link Fleet.fromClusters} do, with the line in the text
   */
  static parse(text: string): Fleet {
    return new Fleet(clustersFromText(text));
  }

  /** @internal */
  static ofClusters(clusters: readonly Cluster[]): Fleet {
    return new Fleet(clusters);
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
    const twice = firstTwice(names);
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

  /** Whether the fleet has a cluster with this name. */
  has(name: string): name is Name {
    return (this.names as readonly string[]).includes(name);
  }

  /**
   * The cluster with this name.
   *
   * @throws ModelError `fleet.unknown-cluster`
   */
  get(name: Name): Cluster {
    this.#checkNames([name], 'fleet.get');
    return this.clusters.find((cluster) => cluster.name === name)!;
  }

  /**
   * The clusters with these names, for placements and overrides.
   *
   * @throws ModelError `fleet.unknown-cluster`, `clusters.empty`, `clusters.duplicate`
   * @example
   * ```ts
   * fleet.in('member3').image({ tag: 'edge' })
   * ```
   */
  in(...names: readonly Name[]): FleetClusters<Name> {
    checkClusterNames(names, 'fleet.in', 'name at least one, or use fleet.all() for every cluster');
    this.#checkNames(names, 'fleet.in');
    return FleetClusters.of(Clusters.in(...names), this.names);
  }

  /** Every cluster that meets the conditions, like `Clusters.where()`. */
  where(conditions: ClusterConditions): FleetClusters<Name> {
    return this.all().where(conditions);
  }

  /** Every cluster of the control plane, including clusters that join later, like `Clusters.all()`. */
  all(): FleetClusters<Name> {
    return FleetClusters.of(Clusters.all(), this.names);
  }

  /**
   * Every cluster of the control plane except those with these names, like `Clusters.except()`.
   *
   * @throws ModelError `fleet.unknown-cluster`, `clusters.empty`, `clusters.duplicate`
   */
  except(...names: readonly Name[]): FleetClusters<Name> {
    return this.all().except(...names);
  }

  /**
   * {@link Placement.over} with clusters of this fleet.
   *
   * @throws ModelError `fleet.unknown-cluster`, and the errors of that factory
   */
  over(...clusters: ClusterChoice<Name>): Placement {
    return Placement.over(this.#chosen(clusters, 'fleet.over'));
  }

  /**
   * {@link Placement.duplicated} with clusters of this fleet.
   *
   * @throws ModelError `fleet.unknown-cluster`, and the errors of that factory
   */
  duplicated(...clusters: ClusterChoice<Name>): Placement {
    return Placement.duplicated(this.#chosen(clusters, 'fleet.duplicated'));
  }

  /**
   * {@link Placement.weighted} with clusters of this fleet. A weight counts for each cluster of its entry, a share for all of them
   * together.
   *
   * The clusters that any entry selects are eligible. If one affinity cannot select them, and for shares, they are named: a cluster
   * that joins the fleet later is then eligible after the next synthesis.
   *
   * @throws ModelError `fleet.unknown-cluster`, and the errors of that factory
   * @example
   * ```ts
   * fleet.weighted({ member1: 2, member2: 1 })
   * fleet.weighted([{ clusters: fleet.where({ region: 'eu' }), weight: 3 }, { clusters: fleet.where({ region: 'us' }), weight: 1 }])
   * fleet.weighted([{ clusters: fleet.where({ region: 'eu' }), share: 3 }, { clusters: fleet.where({ region: 'us' }), share: 1 }])
   * ```
   */
  weighted(
    weights: WeightsByName<Name> | readonly ClusterWeight[] | readonly ClusterShare[],
    among?: Clusters,
  ): Placement {
    const owner = 'fleet.weighted';
    if (areShares(weights, owner) && among === undefined) {
      return this.weighted(weightsOfShares(weights, (clusters) => this.#namesOf(clusters), owner));
    }
    return this.#known(Placement.weighted(weights, among === undefined ? this.#eligible(weights) : among), owner);
  }

  /**
   * {@link Placement.exactly} with clusters of this fleet.
   *
   * @throws ModelError `fleet.unknown-cluster`, and the errors of that factory
   */
  exactly(replicas: ReplicasByName<Name>): Placement {
    return this.#known(Placement.exactly(replicas), 'fleet.exactly');
  }

  /**
   * {@link Placement.evenly} with clusters of this fleet.
   *
   * @throws ModelError `fleet.unknown-cluster`, and the errors of that factory
   */
  evenly(...clusters: ClusterChoice<Name>): Placement {
    return Placement.evenly(this.#chosen(clusters, 'fleet.evenly'));
  }

  /**
   * {@link Placement.aggregated} with clusters of this fleet.
   *
   * @throws ModelError `fleet.unknown-cluster`, and the errors of that factory
   */
  aggregated(...clusters: ClusterChoice<Name>): Placement {
    return Placement.aggregated(this.#chosen(clusters, 'fleet.aggregated'));
  }

  /**
   * {@link Placement.dynamicallyWeighted} with clusters of this fleet.
   *
   * @throws ModelError `fleet.unknown-cluster`, and the errors of that factory
   */
  dynamicallyWeighted(...clusters: ClusterChoice<Name>): Placement {
    return Placement.dynamicallyWeighted(this.#chosen(clusters, 'fleet.dynamicallyWeighted'));
  }

  /** The clusters that any entry selects, by name; undefined where one affinity can select them without names. */
  #eligible(weights: unknown): Clusters | undefined {
    const selections = Array.isArray(weights)
      ? weights.map((entry) => (entry as Partial<ClusterWeight> | null)?.clusters)
      : [];
    if (selections.length === 0 || !selections.every((one): one is Clusters => one instanceof Clusters))
      return undefined;
    if (unionOf(selections) !== undefined) return undefined;
    const selected = new Set(selections.flatMap((clusters) => this.#namesOf(clusters)));
    const names = this.names.filter((name) => selected.has(name));
    return names.length > 0 ? Clusters.in(...names) : undefined;
  }

  /** The names that a selection has in this fleet, in its order. */
  #namesOf(clusters: Clusters): readonly Name[] {
    this.#checkNames([...clusters.names, ...clusters.excluded], 'fleet.weighted');
    const matches = compileClusterAffinity(clusters.toSpec(), defaultKarmadaVersion);
    return this.clusters.filter(matches).map(({ name }) => name as Name);
  }

  #chosen(choice: ClusterChoice<Name>, owner: string): Clusters {
    const clusters = chosenClusters(choice, owner);
    this.#checkNames([...clusters.names, ...clusters.excluded], owner);
    return clusters;
  }

  #known(placement: Placement, owner: string): Placement {
    this.#checkNames(placement.mentionedClusters, owner);
    return placement;
  }

  #checkNames(names: readonly unknown[], owner: string): void {
    for (const name of names) checkClusterInFleet(name, this.names, owner);
  }
}
