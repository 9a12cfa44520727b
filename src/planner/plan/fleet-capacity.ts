import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import { recordOf } from '../../kubernetes/plain-data';
import { availableReplicas } from '../capacity/available-replicas';
import { GeneralEstimator, type StatusRoom } from '../capacity/general-estimator';
import { requestKey } from '../capacity/request';
import type { StatedReplicas } from '../interpret/kind-interpreter';
import type { ReplicaRequirements } from '../plan';
import { mayNeedRoom } from '../schedule/strategy';
import type { PlanOptions } from './plan-input';

/** Replicas that still fit into a cluster, in addition to its current ones; undefined if that is unknown. */
export type RoomIn = (cluster: string) => number | undefined;

/** What is known about the room for one template. */
export interface Room {
  readonly available: RoomIn;
  /** Upper bounds; undefined for a cluster without one. */
  readonly atMost: RoomIn;
  /** Text that is equal for templates with the same answers. @default - the template has answers of its own */
  readonly key?: string;
  /** When the clusters reported it, if they are the source. @default - unknown */
  readonly time?: string | undefined;
}

/** Free capacity by the clusters of the fleet and by the capacities file, which overrules them. */
export class FleetCapacity {
  readonly #estimator: GeneralEstimator | undefined;
  /** Clusters whose estimate is the answer, as no scheduler-estimator runs for them. */
  readonly #answering = new Set<string>();
  /** Clusters whose estimate is at least an upper bound. */
  readonly #bounded = new Set<string>();
  readonly #capacities: Readonly<Record<string, unknown>>;
  readonly #every: boolean;
  readonly #time: string | undefined;

  constructor(
    clusters: readonly Cluster[],
    karmada: KarmadaVersion,
    options: PlanOptions | Omit<PlanOptions, 'fleet'>,
  ) {
    for (const { name, resourceSummary, schedulerEstimator } of clusters) {
      if (!resourceSummary) continue;
      this.#bounded.add(name);
      if (!(options.schedulerEstimators || schedulerEstimator)) this.#answering.add(name);
    }
    const resourceModeling = options.featureGates?.CustomizedClusterResourceModeling ?? true;
    if (this.#bounded.size > 0) this.#estimator = new GeneralEstimator(clusters, { karmada, resourceModeling });
    this.#capacities = recordOf(options.capacities) ?? {};
    this.#time = options.capacityTime;
    this.#every = this.#answering.size === clusters.length;
  }

  /** Whether any cluster reports its free capacity. */
  get isKnown(): boolean {
    return this.#estimator !== undefined;
  }

  /** The room for a template; undefined if nothing is known, or if its placement does not depend on it. */
  roomFor(key: string, placement: PlacementSpec, stated: StatedReplicas): Room | undefined {
    if (!mayNeedRoom(placement)) return undefined;
    const { replicas, requirements } = stated;
    const components = stated.components?.length ? stated.components : undefined;
    const given = Object.hasOwn(this.#capacities, key) ? recordOf(this.#capacities[key]) : undefined;
    const estimate =
      this.#estimator && availableReplicas(this.#estimator, { placement, replicas, requirements, components });
    if (!estimate) {
      const available = given && ((cluster: string) => capacityIn(given, cluster));
      return available && { available, atMost: available };
    }
    const answered: RoomIn = this.#every
      ? estimate
      : (cluster) => (this.#answering.has(cluster) ? estimate(cluster) : undefined);
    const bound: RoomIn = (cluster) => (this.#bounded.has(cluster) ? estimate(cluster) : undefined);
    if (!given)
      return {
        available: answered,
        atMost: bound,
        key: components ? JSON.stringify(components) : requestKey(requirements),
        time: this.#time,
      };
    return {
      time: this.#time,
      available: (cluster) => capacityIn(given, cluster) ?? answered(cluster),
      atMost: (cluster) => capacityIn(given, cluster) ?? bound(cluster),
    };
  }

  /** For one request, the room in a cluster by its status, whatever the placement; undefined if it is unknown. */
  statusRoom(requirements: ReplicaRequirements | undefined): (cluster: string) => StatusRoom | undefined {
    const room = this.#estimator?.statusRoom(requirements);
    return (cluster) => (this.#bounded.has(cluster) ? room?.(cluster) : undefined);
  }

  /** What a cluster has left of a resource, in units (thousandths of CPU); undefined if it is unknown. */
  left(cluster: string, resource: string): number | undefined {
    return this.#bounded.has(cluster) ? this.#estimator?.left(cluster, resource) : undefined;
  }
}

/** Replicas that still fit into a cluster. A capacities file is not checked and may contain any value. */
function capacityIn(capacities: Readonly<Record<string, unknown>>, cluster: string): number | undefined {
  const room = Object.hasOwn(capacities, cluster) ? capacities[cluster] : undefined;
  return typeof room === 'number' && room >= 0 ? Math.trunc(room) : undefined;
}
