import type { Manifest } from '../../kubernetes/manifest';
import { entryOf } from '../../kubernetes/map-entries';
import { anyText, fieldAt, recordOf, textOf } from '../../kubernetes/plain-data';
import { formatBinary, formatMilli, milliOf } from '../../kubernetes/quantity';
import type { Plan, TemplatePlan } from '../../planner';
import { appliedAssignments } from '../../planner/final/member-quotas';
import { definePlanRule, type PlanContext } from '../engine/rule';

const whyInMember = 'the assignment becomes a ResourceQuota in the cluster, which rejects pods that exceed it';
const whyOverall = 'a scheduling result that exceeds the quota is rejected, so the workload is placed nowhere';

/** @see Karmada v1.18.2 pkg/controllers/federatedresourcequota/federated_resource_quota_sync_controller.go */
export const noQuotaBelowPlan = definePlanRule({
  id: 'no-quota-below-plan',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P60'],
  summary: 'A FederatedResourceQuota is large enough for the planned replicas.',
  rationale: whyInMember,
  check(context) {
    const quotas = context.controlPlane.ofKind('policy.karmada.io/v1alpha1', 'FederatedResourceQuota');
    if (quotas.length === 0) return;
    const requests = new PlannedRequests(context.plan);
    for (const quota of quotas) {
      checkAssignments(quota, requests, context);
      if (context.featureGates.has('FederatedQuotaEnforcement')) checkOverall(quota, requests, context);
    }
  },
});

function checkAssignments(at: Manifest, requests: PlannedRequests, { report }: PlanContext): void {
  const namespace = textOf(at.object.metadata?.namespace);
  for (const { index, cluster, hard: assigned } of appliedAssignments(at.object)) {
    for (const { resource, hard, planned } of exceeded(assigned, requests.of(namespace, cluster))) {
      report({
        at,
        path: `spec.staticAssignments[${index}].hard${fieldOf(resource)}`,
        message: `gives namespace "${namespace}" ${hard} ${resource} in ${cluster}, but the replicas planned there request ${planned}`,
        why: whyInMember,
        fix: `raise it to ${planned} or more, or send fewer replicas to ${cluster}`,
      });
    }
  }
}

function checkOverall(at: Manifest, requests: PlannedRequests, { report }: PlanContext): void {
  const namespace = textOf(at.object.metadata?.namespace);
  for (const { resource, hard, planned } of exceeded(fieldAt(at.object.spec, 'overall'), requests.of(namespace))) {
    report({
      at,
      path: `spec.overall${fieldOf(resource)}`,
      message: `gives namespace "${namespace}" ${hard} ${resource} over all clusters, but the planned replicas request ${planned}`,
      why: whyOverall,
      fix: `raise it to ${planned} or more, or run fewer replicas`,
    });
  }
}

interface Exceeded {
  readonly resource: string;
  readonly hard: string;
  readonly planned: string;
}

/** Limits below the planned requests. `requests.cpu` and `cpu` mean the same; each is checked as written. */
function exceeded(hard: unknown, planned: Amounts): readonly Exceeded[] {
  return Object.entries(recordOf(hard) ?? {}).flatMap(([resource, written]) => {
    const limit = milliOf(written);
    const wanted = planned.get(resource.replace(/^requests\./, ''));
    if (limit === undefined || wanted === undefined || wanted <= limit) return [];
    return [{ resource, hard: anyText(written), planned: shown(resource, wanted) }];
  });
}

function shown(resource: string, amount: bigint): string {
  return /memory|storage/.test(resource) ? formatBinary(amount / 1000n) : formatMilli(amount);
}

function fieldOf(resource: string): string {
  return /^[A-Za-z_][\w-]*$/.test(resource) ? `.${resource}` : `[${resource}]`;
}

/** Amounts of resources in thousandths of their units, by name: `cpu`, `memory`, `pods`. */
type Amounts = ReadonlyMap<string, bigint>;

/** What the replicas that are sure to run ask of a namespace, cluster by cluster. */
class PlannedRequests {
  /** Namespace to cluster to amounts; the whole of a namespace stands under the empty cluster name. */
  readonly #amounts = new Map<string, Map<string, Map<string, bigint>>>();

  constructor(plan: Plan) {
    const clusters = plan.clusters.map(({ name }) => name);
    for (const template of plan.templates) this.#count(template, clusters);
  }

  /** What a namespace asks of a cluster; of all clusters together where none is named. */
  of(namespace: string, cluster = ''): Amounts {
    return this.#amounts.get(namespace)?.get(cluster) ?? new Map();
  }

  #count(template: TemplatePlan, clusters: readonly string[]): void {
    const { countsReplicas, replicaRequirements, manifest } = template;
    if (!countsReplicas) return;
    const namespace = textOf(manifest.object.metadata?.namespace);
    const each = [...Object.entries(replicaRequirements?.resourceRequest ?? {}), ['pods', '1'] as const];
    for (const cluster of clusters) {
      const { min } = template.replicasIn(cluster);
      if (min === 0) continue;
      for (const [resource, amount] of each) {
        const thousandthsOfOne = milliOf(amount);
        if (thousandthsOfOne === undefined) continue;
        this.#add(namespace, cluster, resource, thousandthsOfOne * BigInt(min));
        this.#add(namespace, '', resource, thousandthsOfOne * BigInt(min));
      }
    }
  }

  #add(namespace: string, cluster: string, resource: string, amount: bigint): void {
    const byCluster = entryOf(this.#amounts, namespace, () => new Map<string, Map<string, bigint>>());
    const amounts = entryOf(byCluster, cluster, () => new Map<string, bigint>());
    amounts.set(resource, (amounts.get(resource) ?? 0n) + amount);
  }
}
