import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { anyText, fieldAt, recordOf, textOf } from '../../kubernetes/plain-data';
import { milliOf } from '../../kubernetes/quantity';
import { type ControlPlaneState, policyApi } from '../control-plane-state/control-plane-state';
import { clustersIn, type Outcome, type ReplicaRange, rangeIn, replicasOf, resultsOf } from '../outcome';
import type { TemplateDecision } from './template-decision';

/**
 * What the webhook of bindings does with the feature gate FederatedQuotaEnforcement: it refuses a result with which the
 * namespace would use more than `spec.overall` of a FederatedResourceQuota. The binding then keeps its clusters.
 *
 * @see Karmada v1.18.2 pkg/webhook/resourcebinding/validating.go, validateFederatedResourceQuota
 */
export function withQuotasEnforced(
  decisions: readonly TemplateDecision[],
  state: ControlPlaneState,
): readonly TemplateDecision[] {
  const quotas = state.ofKind(policyApi, 'FederatedResourceQuota').map(({ object }) => object);
  if (quotas.length === 0) return decisions;
  return quotas.reduce(enforced, decisions);
}

/** One decision with what it adds to the use of a resource. */
interface Demand {
  readonly decision: TemplateDecision;
  readonly before: bigint;
  readonly after: bigint;
}

function enforced(decisions: readonly TemplateDecision[], quota: KubernetesObject): readonly TemplateDecision[] {
  const namespace = textOf(quota.metadata?.namespace);
  const inNamespace = decisions.filter(({ template, claimed }) => {
    return claimed && textOf(template.metadata?.namespace) === namespace;
  });
  let changed = decisions;
  for (const [resource, written] of Object.entries(recordOf(fieldAt(quota.spec, 'overall')) ?? {})) {
    const overall = milliOf(written);
    if (overall === undefined) continue;
    const demands = inNamespace.map((decision) => demandOf(decision, resource));
    const used = sum(demands.map(({ before }) => before));
    const growing = demands.filter(({ before, after }) => after > before);
    const wanted = used + sum(growing.map(({ before, after }) => after - before));
    if (wanted <= overall) continue;
    const refusals = new Map(
      growing.map(({ decision, before, after }) => {
        const alone = used + after - before > overall;
        const what = `${objectKey(quota)} allows ${anyText(written)} ${resource} in all`;
        return [decision.key, alone ? refused(decision, what) : open(decision, what)];
      }),
    );
    changed = changed.map((decision) => {
      const scheduled = refusals.get(decision.key);
      return scheduled ? { ...decision, scheduled } : decision;
    });
  }
  return changed;
}

function demandOf(decision: TemplateDecision, resource: string): Demand {
  const { question, scheduled, requirements, components } = decision;
  const current = question?.current?.clusters ?? [];
  if (components) {
    const set = sum(
      components.map(
        ({ replicas, requirements: each }) => (milliOf(each?.resourceRequest?.[resource]) ?? 0n) * BigInt(replicas),
      ),
    );
    const clusters = Math.max(0, ...resultsOf(scheduled).map(({ size }) => size));
    return { decision, before: set * BigInt(current.length), after: set * BigInt(clusters) };
  }
  const each = milliOf(requirements?.resourceRequest?.[resource]) ?? 0n;
  const running = current.reduce((total, { replicas }) => total + replicas, 0);
  return { decision, before: each * BigInt(running), after: each * BigInt(replicasIn(decision)) };
}

/** The replicas of all clusters together. */
function replicasIn({ scheduled, replicas = 0, divided }: TemplateDecision): number {
  if (scheduled.kind === 'atRunTime') return divided ? replicas : replicas * scheduled.clusters.length;
  const totals = resultsOf(scheduled).map((result) => [...result.values()].reduce((total, each) => total + each, 0));
  return Math.max(0, ...totals);
}

function refused({ question }: TemplateDecision, what: string): Outcome {
  const kept = replicasOf(question?.current?.clusters ?? []);
  return { kind: 'unschedulable', reason: 'QuotaExceeded', why: `${what}, and the result exceeds it`, kept };
}

function open({ scheduled, question }: TemplateDecision, what: string): Outcome {
  const current = new Map((question?.current?.clusters ?? []).map(({ name, replicas }) => [name, replicas]));
  const clusters = [...new Set([...clustersIn(scheduled), ...current.keys()])];
  const bounds = new Map(
    clusters.map((cluster): [string, ReplicaRange] => {
      const { min, max } = rangeIn(scheduled, cluster);
      const running = current.get(cluster) ?? 0;
      return [cluster, { min: Math.min(min, running), max: Math.max(max, running) }];
    }),
  );
  const why = `${what}, too little for all workloads of the namespace: the order in which they are scheduled decides`;
  return { kind: 'atRunTime', why, clusters, bounds, guaranteed: [] };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
