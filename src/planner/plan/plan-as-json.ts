import { objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import type { Outcome, Replicas } from '../outcome';
import type { Plan, TemplatePlan } from '../plan';
import type { OutcomeJson, PlanJson, ReplicasJson, TemplatePlanJson } from '../plan-json';

/** The documented shape of a plan. */
export function planJson(plan: Plan): PlanJson {
  return {
    karmada: plan.karmada,
    clusters: plan.clusters.map(({ name }) => name),
    templates: plan.templates.map(templateJson),
    leftovers: plan.leftovers.map(({ binding, clusters, preserved }) => ({
      binding,
      clusters: [...clusters],
      preserved,
    })),
  };
}

/** The documented shape of an outcome. */
export function outcomeJson(outcome: Outcome): OutcomeJson {
  switch (outcome.kind) {
    case 'certain':
      return { kind: 'certain', replicas: replicasJson(outcome.replicas) };
    case 'either':
      return {
        kind: 'either',
        ascending: replicasJson(outcome.ascending),
        descending: replicasJson(outcome.descending),
        guaranteed: replicasJson(outcome.guaranteed),
        decidedBy: outcome.decidedBy,
      };
    case 'atRunTime':
      return {
        kind: 'atRunTime',
        why: outcome.why,
        clusters: [...outcome.clusters],
        bounds: Object.fromEntries(outcome.bounds),
        guaranteed: [...outcome.guaranteed],
      };
    case 'unschedulable':
      return { kind: 'unschedulable', reason: outcome.reason, why: outcome.why, kept: replicasJson(outcome.kept) };
    case 'unmatched':
      return { kind: 'unmatched', why: outcome.why, kept: replicasJson(outcome.kept) };
    default:
      return outcome satisfies never;
  }
}

function templateJson(template: TemplatePlan): TemplatePlanJson {
  const { object } = template.manifest;
  const { outcome, scheduled } = template;
  const namespace = textOf(object.metadata?.namespace);
  return {
    template: template.key,
    apiVersion: object.apiVersion,
    kind: object.kind,
    ...(namespace && { namespace }),
    name: textOf(object.metadata?.name),
    policy: template.policy ? objectKey(template.policy.object) : null,
    ...(template.takenBy !== undefined && { takenBy: template.takenBy }),
    losers: template.losers.map(({ policy, why }) => ({ policy: objectKey(policy.object), why })),
    replicas: template.replicas ?? null,
    countsReplicas: template.countsReplicas,
    divided: template.divided,
    ...(template.affinityTerm !== undefined && { affinityTerm: template.affinityTerm }),
    candidates: [...template.candidates],
    exclusions: Object.fromEntries(
      template.exclusions.map(({ cluster, reasons }) => [cluster, reasons.map(({ plugin, why }) => ({ plugin, why }))]),
    ),
    outcome: outcomeJson(outcome),
    ...(scheduled && scheduled !== outcome && { scheduled: outcomeJson(scheduled) }),
    requiredBy: template.requiredBy.map((requirement) => requirement.template),
    dependencies: [...template.dependencies],
    notes: [...template.notes],
  };
}

function replicasJson(replicas: Replicas): ReplicasJson {
  return Object.fromEntries(replicas);
}
