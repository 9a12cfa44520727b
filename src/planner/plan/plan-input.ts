import type { Cluster } from '../../karmada/cluster';
import type { KarmadaVersion } from '../../karmada/release';
import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import { recordOf } from '../../kubernetes/plain-data';
import { ModelError } from '../../problem/model-error';

/** A construct tree, recognised by its shape: `node.findAll()` lists constructs, of which those with `kind` and `toJson()` are objects. */
export interface ConstructLike {
  readonly node: { findAll(): readonly unknown[] };
}

/** What can be planned: a cdk8s app or chart, manifests as read, plain objects, or any mix. */
export type PlanInput = ConstructLike | readonly (Manifest | KubernetesObject | ConstructLike)[];

/**
 * The manifests in what the caller hands over, in its order.
 *
 * @throws ModelError `plan.input` for anything that is none of these
 */
export function manifestsOf(what: PlanInput): readonly Manifest[] {
  if (isConstruct(what)) return manifestsIn(what);
  if (!Array.isArray(what)) throw notPlannable(what);
  return (what as readonly unknown[]).flatMap((item, index): readonly Manifest[] => {
    if (isManifest(item)) return [item];
    if (isConstruct(item)) return manifestsIn(item);
    if (recordOf(item)) return [{ object: item as KubernetesObject, origin: { type: 'memory', index } }];
    throw notPlannable(item);
  });
}

/** Objects and constructs both have fields of their own choosing, so the shape has to be whole. */
function isConstruct(value: unknown): value is ConstructLike {
  const node = (value as Partial<ConstructLike> | null | undefined)?.node;
  return typeof node === 'object' && node !== null && typeof node.findAll === 'function';
}

function isManifest(value: unknown): value is Manifest {
  const record = recordOf(value);
  return recordOf(record?.['object']) !== undefined && recordOf(record?.['origin']) !== undefined;
}

function manifestsIn(root: ConstructLike): readonly Manifest[] {
  const manifests: Manifest[] = [];
  for (const construct of root.node.findAll()) {
    const { toJson, kind, node } = construct as { toJson?: unknown; kind?: unknown; node?: { path?: unknown } };
    // A chart has a `toJson()` too: it lists the objects below it, and resolves the whole app each time.
    if (typeof toJson !== 'function' || typeof kind !== 'string') continue;
    const object = toJson.call(construct) as KubernetesObject;
    manifests.push({ object, origin: { type: 'construct', construct: String(node?.path ?? '') } });
  }
  return manifests;
}

function notPlannable(value: unknown): ModelError {
  return new ModelError(`a plan is made of objects and constructs, got ${value === null ? 'null' : typeof value}`, {
    code: 'plan.input',
    fix: 'hand over a cdk8s app, or a list of Kubernetes objects or manifests',
  });
}

/** A fleet, or anything that lists clusters. */
export type FleetLike = readonly Cluster[] | { readonly clusters: readonly Cluster[] };

/** Replicas of a template that still fit into a cluster: template key to cluster name to number. The capacities file. */
export type Capacities = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What `planOf` knows beside the manifests. */
export interface PlanOptions {
  /** The member clusters. */
  readonly fleet: FleetLike;
  /** Karmada release that will run it. @default - the newest release modelled */
  readonly karmada?: KarmadaVersion;
  /** Free capacity, for dynamic weights and aggregated division. @default - unknown: these are decided at run time */
  readonly capacities?: Capacities;
  /**
   * Current ResourceBindings and ClusterResourceBindings, or the `List` that `kubectl get rb,crb -A -o json` prints:
   * current placements, claims and UIDs are taken from them. @default - nothing is deployed yet
   */
  readonly bindings?: readonly KubernetesObject[] | KubernetesObject;
  /**
   * Templates as they are in the control plane now, before the manifests are applied. A policy with
   * `activationPreference: Lazy` leaves those alone that the manifests do not change.
   * @default - unknown: every template counts as new or changed
   */
  readonly deployed?: readonly KubernetesObject[];
  /** Namespace of objects that name none, as `kubectl apply` takes it from the context. @default 'default' */
  readonly defaultNamespace?: string;
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
 * The clusters of a fleet.
 *
 * @throws ModelError `plan.fleet` when there is none, or two of one name
 */
export function clustersOf(fleet: FleetLike): readonly Cluster[] {
  const clusters = Array.isArray(fleet) ? (fleet as readonly Cluster[]) : (fleet as { clusters?: unknown })?.clusters;
  if (!Array.isArray(clusters) || clusters.length === 0) {
    throw new ModelError('a plan needs the clusters of a fleet, and there are none', {
      code: 'plan.fleet',
      fix: 'hand over a Fleet, or a list of clusters such as [{ name: "member1" }]',
    });
  }
  const seen = new Set<string>();
  for (const { name } of clusters as readonly Cluster[]) {
    if (seen.has(name)) {
      throw new ModelError(`cluster "${name}" is in the fleet twice`, {
        code: 'plan.fleet',
        fix: 'give every cluster a name of its own',
      });
    }
    seen.add(name);
  }
  return clusters as readonly Cluster[];
}
