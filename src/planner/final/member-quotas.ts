import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { anyText, fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { milliValue, parseQuantity } from '../../kubernetes/quantity';
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
  readonly #consumers = new Map<string, Consumer[]>();

  /** @param plans - all templates of the plan */
  constructor(state: ControlPlaneState, plans: readonly Consumer[]) {
    for (const { object } of state.ofKind(policyApi, 'FederatedResourceQuota')) this.#addAssignments(object);
    for (const plan of plans) {
      const { apiVersion, kind } = plan.manifest.object;
      if (apiVersion === 'v1' && kind === 'ResourceQuota') this.#addQuota(plan);
    }
    if (this.#limits.size === 0) return;
    for (const plan of plans) {
      if (plan.countsReplicas) append(this.#consumers, namespaceOf(plan.manifest.object), plan);
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
      const limit = amountOf(written);
      if (each === undefined || each === 0n || limit === undefined) continue;
      const others = (this.#consumers.get(namespaceOf(template.manifest.object)) ?? []).filter(
        (other) => other !== template,
      );
      const taken = others.reduce((sum, other) => {
        return sum + (needOf(other, resource) ?? 0n) * BigInt(other.beforeQuotas.get(cluster)?.max ?? 0);
      }, 0n);
      const room = limit - taken;
      const most = Math.min(max, Number(limit / each));
      const least = Math.min(min, room > 0n ? Number(room / each) : 0);
      if (most === max && least === min) continue;
      [min, max] = [least, most];
      reasons.push(`${by} leaves ${anyText(written)} ${resource} to the namespace in the cluster`);
    }
    return reasons.length === 0 ? undefined : { ...number, min, max, because: [...number.because, ...reasons] };
  }

  /** Karmada applies only the first assignment of a cluster. */
  #addAssignments(quota: KubernetesObject): void {
    const seen = new Set<string>();
    for (const assignment of listOf(fieldAt(quota.spec, 'staticAssignments'))) {
      const cluster = textOf(fieldAt(assignment, 'clusterName'));
      const hard = recordOf(fieldAt(assignment, 'hard'));
      if (seen.has(cluster) || !hard) continue;
      seen.add(cluster);
      append(this.#limits, `${namespaceOf(quota)}/${cluster}`, { by: objectKey(quota), hard });
    }
  }

  #addQuota(plan: Consumer): void {
    for (const cluster of plan.guaranteedClusters) {
      for (const copy of plan.objectsIn(cluster)) {
        if (copy.kind === 'failed' || copy.suspended) continue;
        const { spec } = copy.object;
        // A scope limits the quota to some pods.
        const scoped = listOf(fieldAt(spec, 'scopes')).length > 0 || recordOf(fieldAt(spec, 'scopeSelector'));
        const hard = recordOf(fieldAt(spec, 'hard'));
        if (!scoped && hard) append(this.#limits, `${namespaceOf(copy.object)}/${cluster}`, { by: plan.key, hard });
      }
    }
  }
}

/** What one pod takes of a resource of a quota; undefined for what pods do not take by their requests. */
function needOf({ replicaRequirements }: TemplatePlan, resource: string): bigint | undefined {
  if (resource === 'pods' || resource === 'count/pods') return 1000n;
  return amountOf(replicaRequirements?.resourceRequest?.[resource.replace(/^requests\./, '')]);
}

function amountOf(value: unknown): bigint | undefined {
  const quantity = parseQuantity(value);
  return quantity && milliValue(quantity);
}

function namespaceOf({ metadata }: KubernetesObject): string {
  return textOf(metadata?.namespace);
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
