import { type KubernetesObject, type ObjectMetadata, type ObjectReference, referenceKey } from '../kubernetes/object';
import type { Replicas } from '../planner';

/** The fields of a ResourceBinding or ClusterResourceBinding that a rollout needs. */
export interface Binding {
  readonly metadata: ObjectMetadata;
  readonly spec: {
    /** The version of the template that Karmada's detector processed last. */
    readonly resource: ObjectReference & { readonly uid?: string; readonly resourceVersion?: string };
    readonly placement?: object | null;
    readonly clusters?: readonly Target[] | null;
    readonly requiredBy?: readonly { readonly clusters?: readonly Target[] | null }[] | null;
    readonly gracefulEvictionTasks?: readonly { readonly fromCluster: string }[] | null;
    readonly suspension?: {
      readonly scheduling?: boolean;
      readonly dispatching?: boolean;
      readonly dispatchingOnClusters?: { readonly clusterNames?: readonly string[] | null } | null;
    } | null;
  };
  readonly status?: {
    readonly schedulerObservedGeneration?: number;
    readonly conditions?: readonly { type: string; status: string; reason: string; message: string }[] | null;
    readonly aggregatedStatus?: readonly MemberStatus[] | null;
  };
}

interface Target {
  readonly name: string;
  readonly replicas?: number;
}

/** An entry of `status.aggregatedStatus`: what Karmada reports for one member. */
export interface MemberStatus {
  readonly clusterName: string;
  readonly applied?: boolean;
  readonly appliedMessage?: string;
  /** `Healthy`, `Unhealthy` or `Unknown`. */
  readonly health?: string;
  readonly status?: Readonly<Record<string, unknown>> | null;
}

/** The bindings, keyed by the identity of their template. */
export function bindingsByTemplate(bindings: readonly KubernetesObject[]): ReadonlyMap<string, Binding> {
  return new Map((bindings as (KubernetesObject & Binding)[]).map((each) => [referenceKey(each.spec.resource), each]));
}

/** A reference to the template of a binding: apiVersion, kind, namespace and name. */
export function templateOf(binding: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, namespace, name } = (binding as KubernetesObject & Binding).spec.resource;
  return { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } };
}

export function conditionOf({ status }: Binding, type: string) {
  return status?.conditions?.find((each) => each.type === type);
}

/** Replicas per cluster: the scheduler's result, and the clusters of the templates that depend on this one. */
export function targetsOf({ spec }: Binding): Replicas {
  const required = (spec.requiredBy ?? []).flatMap(({ clusters }) => clusters ?? []);
  return new Map([...required, ...(spec.clusters ?? [])].map(({ name, replicas }) => [name, replicas ?? 0]));
}
