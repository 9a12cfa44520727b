import type { ClusterAffinitySpec } from '../karmada/policy-spec';
import { checkClusterInFleet } from './cluster-name';
import { type ClusterConditions, Clusters } from './clusters';
import { Override } from './override';
import type { CommandOverride } from './override-command';
import type { ImageOverride } from './override-image';
import type { MetadataOverride } from './override-metadata';
import type { FieldPatch, PatchOperation } from './override-patch';

/**
 * Clusters selected from a fleet. They can be used as {@link Clusters}, and they have factories for overrides.
 *
 * @example
 * ```ts
 * fleet.in('member3').image({ tag: 'edge' })
 * fleet.where({ region: 'eu' }).except('member1')
 * ```
 */
export class FleetClusters<Name extends string = string> extends Clusters {
  /** @internal Made by a Fleet only. */
  static of<Name extends string>(clusters: Clusters, fleet: readonly Name[]): FleetClusters<Name> {
    return new FleetClusters(clusters.toSpec(), fleet);
  }

  readonly #fleet: readonly Name[];

  private constructor(spec: ClusterAffinitySpec, fleet: readonly Name[]) {
    super(spec);
    this.#fleet = fleet;
    Object.freeze(this);
  }

  override where(conditions: ClusterConditions): FleetClusters<Name> {
    return new FleetClusters(this.narrowed(conditions), this.#fleet);
  }

  override except(...names: readonly Name[]): FleetClusters<Name> {
    for (const name of names) checkClusterInFleet(name, this.#fleet, 'except');
    return new FleetClusters(this.without(names), this.#fleet);
  }

  /** `Override.image()` on these clusters. */
  image(change: ImageOverride): Override {
    return Override.image(change).for(this);
  }

  /** `Override.command()` on these clusters. */
  command(change: CommandOverride): Override {
    return Override.command(change).for(this);
  }

  /** `Override.args()` on these clusters. */
  args(change: CommandOverride): Override {
    return Override.args(change).for(this);
  }

  /** `Override.labels()` on these clusters. */
  labels(change: MetadataOverride): Override {
    return Override.labels(change).for(this);
  }

  /** `Override.annotations()` on these clusters. */
  annotations(change: MetadataOverride): Override {
    return Override.annotations(change).for(this);
  }

  /** `Override.jsonPatch()` on these clusters. */
  jsonPatch(...operations: readonly PatchOperation[]): Override {
    return Override.jsonPatch(...operations).for(this);
  }

  /** `Override.fieldPatch()` on these clusters. */
  fieldPatch(fieldPath: string, patch: FieldPatch): Override {
    return Override.fieldPatch(fieldPath, patch).for(this);
  }
}
