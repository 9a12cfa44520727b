import { appendTo, entryOf } from '../../kubernetes/map-entries';
import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { anyText, fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { milliOf } from '../../kubernetes/quantity';
import { type ControlPlaneState, policyApi } from '../control-plane-state/control-plane-state';
import type { TemplatePlan } from '../plan';
import type { FinalReplicas } from './final-replicas';

/** A template plan, with its numbers before quotas. */
type Consumer = TemplatePlan & { readonly beforeQuotas: ReadonlyMap<string, FinalReplicas> };

/** The limits of a ResourceQuota in one cluster. */
interface Limits {
  readonly by: string;
  readonly hard: Readonly<Record<string, unknown>>;
}

/**
 * The ResourceQuotas of the members: those that the static assignments of FederatedResourceQuotas become, and those among
 * the templates. The API server of a member refuses pods that exceed them.
 *
 * @see Karmada v1.18.2 pkg/controllers/federatedresourcequota/federated_resource_quota_sync_controller.go
 */
export class MemberQuotas {
  /** By namespace and cluster. */
  readonly #limits = new Map<string, Limits[]>();
  /** By namespace. */
  readonly #consumers = new Map<string, Consumer[]>();
  /** By namespace and resource. */
  readonly #demands = new Map<string, ReadonlyMap<string, bigint>>();

  /** @param plans - all templates of the plan */
  constructor(state: ControlPlaneState, plans: readonly Consumer[]) {
    for (const { object } of state.ofKind(policyApi, 'FederatedResourceQuota')) {
      for (const { cluster, hard } of appliedAssignments(object)) {
        appendTo(this.#limits, `${namespaceOf(object)}/${cluster}`, { by: objectKey(object), hard });
      }
    }
    for (const plan of plans) {
      const { apiVersion, kind } = plan.manifest.object;
      if (apiVersion === 'v1' && kind === 'ResourceQuota') this.#addQuota(plan);
    }
    if (this.#limits.size === 0) return;
    for (const plan of plans) {
      if (plan.countsReplicas) appendTo(this.#consumers, namespaceOf(plan.manifest.object), plan);
    }
  }

  /** The numbers of a template with what the quotas of each cluster leave of them. */
  applied(template: Consumer, numbers: ReadonlyMap<string, FinalReplicas>): ReadonlyMap<string, FinalReplicas> {
    if (this.#limits.size === 0 || !template.countsReplicas) return numbers;
    const namespace = namespaceOf(template.manifest.object);
    let limited: Map<string, FinalReplicas> | undefined;
    for (const [cluster, number] of numbers) {
      for (const limits of this.#limits.get(`${namespace}/${cluster}`) ?? []) {
        const left = this.#leftBy(limits, template, cluster, limited?.get(cluster) ?? number);
        if (!left) continue;
        limited ??= new Map(numbers);
        limited.set(cluster, left);
      }
    }
    return limited ?? numbers;
  }

  /** What one quota leaves; undefined if it leaves all. */
  #leftBy({ by, hard }: Limits, template: Consumer, cluster: string, number: FinalReplicas): FinalReplicas | undefined {
    let { min, max } = number;
    const reasons: string[] = [];
    for (const [resource, written] of Object.entries(hard)) {
      const each = needOf(template, resource);
      const limit = milliOf(written);
      if (each === undefined || each === 0n || limit === undefined) continue;
      const all = this.#demandOf(namespaceOf(template.manifest.object), resource).get(cluster) ?? 0n;
      const others = all - each * BigInt(template.beforeQuotas.get(cluster)?.max ?? 0);
      const room = limit - others;
      const most = Math.min(max, Number(limit / each));
      const least = Math.min(min, room > 0n ? Number(room / each) : 0);
      if (most === max && least === min) continue;
      [min, max] = [least, most];
      reasons.push(`${by} leaves ${anyText(written)} ${resource} to the namespace in the cluster`);
    }
    return reasons.length === 0 ? undefined : { ...number, min, max, because: [...number.because, ...reasons] };
  }

  /** What the workloads of a namespace take of a resource together, by cluster. */
  #demandOf(namespace: string, resource: string): ReadonlyMap<string, bigint> {
    return entryOf(this.#demands, `${namespace}/${resource}`, () => {
      const demand = new Map<string, bigint>();
      for (const template of this.#consumers.get(namespace) ?? []) {
        const each = needOf(template, resource);
        if (!each) continue;
        for (const [cluster, { max }] of template.beforeQuotas) {
          demand.set(cluster, (demand.get(cluster) ?? 0n) + each * BigInt(max));
        }
      }
      return demand;
    });
  }

  #addQuota(plan: Consumer): void {
    for (const cluster of plan.guaranteedClusters) {
      for (const copy of plan.objectsIn(cluster)) {
        if (copy.kind === 'failed' || copy.suspended) continue;
        const { spec } = copy.object;
        // A scope limits the quota to some pods.
        const scoped = listOf(fieldAt(spec, 'scopes')).length > 0 || recordOf(fieldAt(spec, 'scopeSelector'));
        const hard = recordOf(fieldAt(spec, 'hard'));
        if (!scoped && hard) appendTo(this.#limits, `${namespaceOf(copy.object)}/${cluster}`, { by: plan.key, hard });
      }
    }
  }
}

/** An item of `staticAssignments` of a FederatedResourceQuota. */
export interface QuotaAssignment {
  /** Its position in the list. */
  readonly index: number;
  readonly cluster: string;
  readonly hard: Readonly<Record<string, unknown>>;
}

/**
 * The assignments that Karmada applies: the first of each cluster.
 *
 * @see Karmada v1.18.2 pkg/controllers/federatedresourcequota/federated_resource_quota_sync_controller.go, extractClusterHardResourceList
 */
export function appliedAssignments({ spec }: KubernetesObject): readonly QuotaAssignment[] {
  const first = new Map<string, QuotaAssignment>();
  for (const [index, assignment] of listOf(fieldAt(spec, 'staticAssignments')).entries()) {
    const cluster = textOf(fieldAt(assignment, 'clusterName'));
    entryOf(first, cluster, () => ({ index, cluster, hard: recordOf(fieldAt(assignment, 'hard')) ?? {} }));
  }
  return [...first.values()];
}

/** What one pod takes of a resource of a quota; undefined for what pods do not take by their requests. */
function needOf({ replicaRequirements }: TemplatePlan, resource: string): bigint | undefined {
  if (resource === 'pods' || resource === 'count/pods') return 1000n;
  return milliOf(replicaRequirements?.resourceRequest?.[resource.replace(/^requests\./, '')]);
}

function namespaceOf({ metadata }: KubernetesObject): string {
  return textOf(metadata?.namespace);
}
