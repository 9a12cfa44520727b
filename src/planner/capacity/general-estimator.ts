import type { Cluster } from '../../karmada/cluster';
import { behaviourOf, type KarmadaVersion } from '../../karmada/release';
import { entryOf } from '../../kubernetes/map-entries';
import type { Component, ReplicaRequirements } from '../plan';
import { type Count, lower, quotient, sum, toInt32 } from './amount';
import { type ClusterRoom, replicasBySummary, roomOf } from './cluster-room';
import { setsByNodes, setsBySummary } from './component-sets';
import { replicasByClass, replicasByNodes } from './node-classes';
import { countIn, type ReplicaRequest, requestKey, requestOf } from './request';

/** One of several pod templates, without its name. */
export type ComponentReplicas = Pick<Component, 'replicas' | 'requirements'>;

/** Replicas that still fit into a cluster by its resource models, and by its summary alone. */
export interface StatusRoom {
  /** @default - the summary decides */
  readonly byModels?: number;
  readonly bySummary: number;
}

/** Settings of {@link GeneralEstimator}. */
export interface EstimatorSettings {
  readonly karmada: KarmadaVersion;
  /** Feature gate CustomizedClusterResourceModeling. @default true */
  readonly resourceModeling?: boolean;
}

/**
 * How many replicas still fit into a cluster, by its status, as Karmada's general estimator counts them. It keeps what it
 * has read and counted, so there is one for each run.
 *
 * @see Karmada v1.18.2 pkg/estimator/client/general.go
 */
export class GeneralEstimator {
  readonly #byNodes: boolean;
  readonly #modeling: boolean;
  readonly #clusters: ReadonlyMap<string, Cluster>;
  readonly #rooms = new Map<string, ClusterRoom | undefined>();
  readonly #requests = new Map<string, (cluster: string) => StatusRoom | undefined>();

  constructor(clusters: readonly Cluster[], { karmada, resourceModeling = true }: EstimatorSettings) {
    this.#clusters = new Map(clusters.map((cluster) => [cluster.name, cluster]));
    this.#byNodes = behaviourOf(karmada).modelsCountNodes;
    this.#modeling = resourceModeling;
  }

  /**
   * For one request, the function from a cluster to the replicas that still fit into it.
   *
   * @param requirements - of one replica; undefined is not the same as an empty request
   * @returns a function that returns `NaN` for a cluster on whose status the scheduler of this release crashes
   */
  replicas(requirements: ReplicaRequirements | undefined): (cluster: string) => number {
    const room = this.statusRoom(requirements);
    return (cluster) => {
      const status = room(cluster);
      return status ? (status.byModels ?? status.bySummary) : Number.NaN;
    };
  }

  /**
   * Complete sets of components that still fit into a cluster.
   *
   * @returns `NaN` if there are too many pods to count
   */
  componentSets(cluster: string, components: readonly ComponentReplicas[]): number {
    const room = this.#roomIn(cluster);
    if (!room || room.pods <= 0) return 0;
    const requests = components.map(({ replicas, requirements = {} }) => ({
      replicas,
      request: requestOf(requirements),
    }));
    const perSet = requests.reduce<Count>((total, { replicas }) => sum(total, replicas), 0);
    const slots = perSet <= 0 ? room.pods : quotient(room.pods, perSet);
    if (perSet <= 0) return toInt32(slots);
    const { sets, requesting } = setsBySummary(room, requests, slots);
    if (!this.#byNodes && !requesting) return toInt32(slots);
    const classes = this.#classesIn(room);
    if (!classes || sets <= 0) return toInt32(sets);
    const packed = setsByNodes(classes, requests, sets);
    return packed === undefined ? Number.NaN : toInt32(packed);
  }

  /**
   * For one request, the function from a cluster to its room with the two ways of counting apart. Equal requests share their
   * answers.
   *
   * @returns a function that returns undefined for a cluster on whose status the scheduler of this release crashes
   */
  statusRoom(requirements: ReplicaRequirements | undefined): (cluster: string) => StatusRoom | undefined {
    return entryOf(this.#requests, requestKey(requirements), () => {
      const request = requirements && requestOf(requirements);
      const known = new Map<string, StatusRoom | undefined>();
      return (cluster) => {
        let room = known.get(cluster);
        if (!room && !known.has(cluster)) {
          room = this.#statusRoomIn(this.#roomIn(cluster), request);
          known.set(cluster, room);
        }
        return room;
      };
    });
  }

  /** What a cluster has left of a resource, in units (thousandths of CPU). @returns undefined if it does not have it */
  left(cluster: string, resource: string): number | undefined {
    const room = this.#roomIn(cluster);
    const amount = room?.left.get(resource);
    if (resource === 'pods') return room && Number(room.pods);
    return amount && Number(countIn(resource, amount));
  }

  #statusRoomIn(room: ClusterRoom | undefined, request: ReplicaRequest | undefined): StatusRoom | undefined {
    if (!room || room.pods <= 0) return { bySummary: 0 };
    if (!request) return { bySummary: toInt32(room.pods) };
    const byModels = this.#replicasByModels(room, request);
    if (byModels === 'crash') return undefined;
    const bySummary = toInt32(replicasBySummary(room, request, room.pods));
    return byModels === undefined ? { bySummary } : { bySummary, byModels: toInt32(lower(room.pods, byModels)) };
  }

  #replicasByModels(room: ClusterRoom, request: ReplicaRequest): Count | undefined | 'crash' {
    if (!this.#byNodes) {
      return this.#modeling && room.classes ? replicasByClass(room.classes, room.modelings, request) : undefined;
    }
    const classes = this.#classesIn(room);
    return classes && replicasByNodes(classes, request);
  }

  /** The nodes of a cluster; undefined where the summary decides. */
  #classesIn({ classes, modelings }: ClusterRoom): ClusterRoom['classes'] {
    return this.#modeling && !modelings.some((nodes) => nodes < 0) ? classes : undefined;
  }

  #roomIn(name: string): ClusterRoom | undefined {
    let room = this.#rooms.get(name);
    if (!room && !this.#rooms.has(name)) {
      const cluster = this.#clusters.get(name);
      room = cluster && roomOf(cluster);
      this.#rooms.set(name, room);
    }
    return room;
  }
}
