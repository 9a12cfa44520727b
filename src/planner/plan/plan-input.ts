import type { Cluster } from '../../karmada/cluster';
import type { KarmadaVersion } from '../../karmada/release';
import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import { recordOf } from '../../kubernetes/plain-data';
import { ModelError } from '../../problem/model-error';
import { quoted } from '../../problem/words';

/** A construct tree, recognized by its shape: of the constructs that `node.findAll()` returns, those with `kind` and `toJson()` are objects. */
export interface ConstructLike {
  readonly node: { findAll(): readonly unknown[] };
}

/** Input of a plan: a cdk8s app or chart, manifests, plain objects, or any mix of them. */
export type PlanInput = ConstructLike | readonly (Manifest | KubernetesObject | ConstructLike)[];

/**
 * The manifests of the input, in its order.
 *
 * @throws ModelError `plan.input` for anything else
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

/** Objects and constructs may have any fields, so the complete shape is checked. */
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
    // A chart has a `toJson()` too, which resolves the whole app on each call.
    if (typeof toJson !== 'function' || typeof kind !== 'string') continue;
    const object = toJson.call(construct) as KubernetesObject;
    manifests.push({ object, origin: { type: 'construct', construct: String(node?.path ?? '') } });
  }
  return manifests;
}

function notPlannable(value: unknown): ModelError {
  return new ModelError(`a plan is made of objects and constructs, got ${value === null ? 'null' : typeof value}`, {
    code: 'plan.input',
    fix: 'pass a cdk8s app, or a list of Kubernetes objects or manifests',
  });
}

/** A fleet, or anything with a list of clusters. */
export type FleetLike = readonly Cluster[] | { readonly clusters: readonly Cluster[] };

/** Replicas of a template that still fit into a cluster: template key to cluster name to number. The capacities file. */
export type Capacities = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Options of `planOf`. */
export interface PlanOptions {
  /** The member clusters. */
  readonly fleet: FleetLike;
  /** Karmada release that will run it. @default - the newest release modelled */
  readonly karmada?: KarmadaVersion;
  /**
   * Free capacity by template, for dynamic weights and aggregated division.
   * @default - by the `resourceSummary` of the clusters; if they have none, the results are only known at run time
   */
  readonly capacities?: Capacities;
  /**
   * Whether scheduler-estimators run for all clusters. Their answers are only known at run time; the free capacity that the
   * clusters report is then an upper bound. @default - by `schedulerEstimator` of each cluster
   */
  readonly schedulerEstimators?: boolean;
  /** When the clusters reported their free capacity, as ISO 8601 text. It is only repeated in the plan. @default - unknown */
  readonly capacityTime?: string;
  /**
   * Current ResourceBindings and ClusterResourceBindings, or the `List` that `kubectl get rb,crb -A -o json` prints:
   * the source of current placements, claims and UIDs. @default - nothing is deployed yet
   */
  readonly bindings?: readonly KubernetesObject[] | KubernetesObject;
  /**
   * Templates in the control plane before the manifests are applied. A policy with `activationPreference: Lazy` does not
   * affect those that the manifests do not change.
   * @default - unknown: every template counts as new or changed
   */
  readonly deployed?: readonly KubernetesObject[];
  /**
   * ClusterTaintPolicies of the control plane, which count for losses in addition to those among the manifests.
   * @default - none
   */
  readonly clusterTaintPolicies?: readonly KubernetesObject[];
  /** Namespace of objects without one, as `kubectl apply` takes it from the context. @default 'default' */
  readonly defaultNamespace?: string;
  /** Feature gates that differ from the release's defaults. @default - the defaults of the release */
  readonly featureGates?: FeatureGates;
  /** The flag of the scheduler with this name: selected clusters without replicas stay in the result. @default false */
  readonly enableEmptyWorkloadPropagation?: boolean;
}

/** Karmada feature gates that affect plans. */
export interface FeatureGates {
  /** Whether the resource models of clusters count. @default true */
  readonly CustomizedClusterResourceModeling?: boolean;
  /** @default false */
  readonly WorkloadAffinity?: boolean;
  /** @default false */
  readonly MultiClusterService?: boolean;
  /** @default false */
  readonly PropagationPolicyPreemption?: boolean;
  /** @default false */
  readonly FederatedQuotaEnforcement?: boolean;
  /** @default false */
  readonly MultiplePodTemplatesScheduling?: boolean;
  /** @default true */
  readonly PropagateDeps?: boolean;
}

/**
 * The clusters of a fleet.
 *
 * @throws ModelError `plan.fleet` if there is none, one has no name, or two have the same name
 */
export function clustersOf(fleet: FleetLike): readonly Cluster[] {
  const clusters = Array.isArray(fleet) ? (fleet as readonly Cluster[]) : (fleet as { clusters?: unknown })?.clusters;
  if (!Array.isArray(clusters) || clusters.length === 0) {
    throw new ModelError('a plan needs the clusters of a fleet, but the fleet has none', {
      code: 'plan.fleet',
      fix: 'pass a Fleet, or a list of clusters such as [{ name: "member1" }]',
    });
  }
  const seen = new Set<string>();
  for (const cluster of clusters as readonly (Cluster | null | undefined)[]) {
    const name = recordOf(cluster)?.['name'];
    if (typeof name !== 'string' || name === '') {
      throw new ModelError(`a cluster of the fleet has no name, got ${quoted(cluster)}`, {
        code: 'plan.fleet',
        fix: 'pass a Fleet, or a list of clusters such as [{ name: "member1" }]',
      });
    }
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
