import type { Cluster } from '../model/cluster';
import type { KarmadaVersion } from '../model/karmada-version';
import type { KubernetesObject } from '../model/kubernetes-object';
import type { Manifest } from '../model/manifest';
import type { Plan } from './plan';

/** A fleet, or anything that lists clusters. */
export type FleetLike = readonly Cluster[] | { readonly clusters: readonly Cluster[] };

/** Replicas of a template that still fit into a cluster: template key to cluster name to number. The capacities file. */
export type Capacities = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A construct tree, recognised by its shape: `node.findAll()` lists constructs, of which those with `toJson()` are objects. */
export interface ConstructLike {
  readonly node: { findAll(): readonly unknown[] };
}

/** What can be planned: a cdk8s app or chart, manifests as read, plain objects, or any mix. */
export type Plannable = ConstructLike | readonly (Manifest | KubernetesObject | ConstructLike)[];

/** What `planOf` knows beside the manifests. */
export interface PlanOptions {
  /** The member clusters. */
  readonly fleet: FleetLike;
  /** Karmada release that will run it. @default '1.18' */
  readonly karmada?: KarmadaVersion;
  /** Free capacity, for dynamic weights and aggregated division. @default - unknown: these are decided at run time */
  readonly capacities?: Capacities;
  /**
   * Current ResourceBindings and ClusterResourceBindings, or the `List` that `kubectl get rb,crb -A -o json` prints:
   * current placements, claims and UIDs are taken from them. @default - nothing is deployed yet
   */
  readonly bindings?: readonly KubernetesObject[] | KubernetesObject;
  /** Feature gates that differ from the release's defaults. @default - the defaults of the release */
  readonly featureGates?: FeatureGates;
  /** The scheduler's flag of this name: selected clusters without replicas stay in the result. @default false */
  readonly enableEmptyWorkloadPropagation?: boolean;
}

/** Karmada feature gates that change what the planner says. */
export interface FeatureGates {
  /** @default false */
  readonly WorkloadAffinity?: boolean;
  /** @default false */
  readonly MultiClusterService?: boolean;
  /** @default false */
  readonly PropagationPolicyPreemption?: boolean;
  /** @default true */
  readonly PropagateDeps?: boolean;
}

/**
 * Says where every template goes, exactly as Karmada would, and never guesses.
 *
 * @param what - a cdk8s app, manifests, or plain objects: templates and policies together
 * @throws ModelError `plan.fleet` when the fleet has no cluster, or two of one name
 * @example
 * planOf(app, { fleet }).template('Deployment/default/pipy')?.outcome
 */
export function planOf(what: Plannable, options: PlanOptions): Plan {
  throw new Error(`not built yet: ${typeof what} ${Object.keys(options)}`);
}
