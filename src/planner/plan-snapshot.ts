import { objectKey } from '../kubernetes/object';
import { compareText, textOf } from '../kubernetes/plain-data';
import { differingClusters, endsOtherwise } from './final/final-replicas';
import type { Outcome, Replicas } from './outcome';
import type { Plan, TemplatePlan } from './plan';
import type { OutcomeJson, PlanJson, ReplicasJson, TemplatePlanJson } from './plan-json';

/** The documented shape of a plan. */
export function planJson(plan: Plan): PlanJson {
  return {
    karmada: plan.karmada,
    clusters: plan.clusters.map(({ name }) => name),
    ...(plan.capacityTime !== undefined && { capacityTime: plan.capacityTime }),
    ...(plan.notes.length > 0 && { notes: [...plan.notes] }),
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
  const { outcome, scheduled, capacity } = template;
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
    ...(template.components && {
      components: template.components.map(({ name, replicas }) => ({ name, replicas })),
    }),
    ...(template.affinityTerm !== undefined && { affinityTerm: template.affinityTerm }),
    candidates: [...template.candidates],
    exclusions: Object.fromEntries(
      template.exclusions.map(({ cluster, reasons }) => [cluster, reasons.map(({ plugin, why }) => ({ plugin, why }))]),
    ),
    outcome: outcomeJson(outcome),
    ...(scheduled && scheduled !== outcome && { scheduled: outcomeJson(scheduled) }),
    ...finalJson(template),
    requiredBy: template.requiredBy.map((requirement) => requirement.template),
    dependencies: [...template.dependencies],
    ...(template.current && { current: replicasJson(template.current) }),
    ...(template.look && { look: { ...template.look, attempts: [...template.look.attempts] } }),
    ...separateJson(template),
    ...(capacity && { capacity: { ...capacity, available: replicasJson(capacity.available) } }),
    notes: [...template.notes],
  };
}

function separateJson({ separate }: TemplatePlan): Pick<TemplatePlanJson, 'separate'> {
  if (separate.length === 0) return {};
  return { separate: separate.map(({ template, clusters }) => ({ template, clusters: [...clusters] })) };
}

function finalJson(template: TemplatePlan): Pick<TemplatePlanJson, 'final'> {
  if (!endsOtherwise(template)) return {};
  const entries = Array.from(template.final, ([cluster, { min, max, because, held, failed }]) => [
    cluster,
    { min, max, because: [...because], ...(held !== undefined && { held }), ...(failed && { failed }) },
  ]);
  return { final: Object.fromEntries(entries) };
}

function replicasJson(replicas: Replicas): ReplicasJson {
  return Object.fromEntries(replicas);
}

/**
 * A plan as stable text: one block per template, sorted by key.
 *
 * @example
 * ```text
 * Deployment/default/pipy  2 replicas  PropagationPolicy/default/pipy-propagation
 *   either k3d-cluster-1 1, k3d-cluster-2 1
 *       or k3d-cluster-2 1, k3d-cluster-3 1
 * ```
 */
export function planSnapshot({ templates }: Plan): string {
  const sorted = [...templates].sort((a, b) => compareText(a.key, b.key));
  return sorted.map(templateSnapshot).join('\n');
}

/** The block of one template. */
export function templateSnapshot(template: TemplatePlan): string {
  const heading = [template.key, replicasText(template), claimText(template)].filter((part) => part !== '');
  const lines = [heading.join('  '), ...outcomeLines(template.outcome, template.countsReplicas)];
  lines.push(...finalLines(template));
  if (template.affinityTerm !== undefined) lines.push(`group ${template.affinityTerm}`);
  if (template.requiredBy.length > 0) {
    lines.push(`required by ${template.requiredBy.map((requirement) => requirement.template).join(', ')}`);
  }
  lines.push(...template.notes.map((note) => `note: ${note}`));
  return lines.map((line, index) => (index === 0 ? line : `  ${line}`)).join('\n');
}

function replicasText({ replicas, countsReplicas }: TemplatePlan): string {
  if (replicas === undefined) return 'replicas unknown';
  if (!countsReplicas) return '';
  return `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`;
}

function claimText({ takenBy, policy }: TemplatePlan): string {
  return takenBy ?? (policy ? objectKey(policy.object) : '');
}

function outcomeLines(outcome: Outcome, counted: boolean): readonly string[] {
  const placed = (replicas: Replicas) => placedText(replicas, counted);
  switch (outcome.kind) {
    case 'certain':
      return [`certain ${placed(outcome.replicas)}`];
    case 'either':
      return [`either ${placed(outcome.ascending)}`, `    or ${placed(outcome.descending)}`];
    case 'atRunTime': {
      const bounds = Array.from(outcome.bounds, ([cluster, { min, max }]) =>
        counted ? `${cluster} ${min}..${max}` : cluster,
      );
      return [`at run time ${bounds.join(', ') || 'nowhere'}`, `because ${outcome.why}`];
    }
    case 'unschedulable':
      return [`unschedulable (${outcome.reason})${keptText(outcome.kept, counted)}`, `because ${outcome.why}`];
    case 'unmatched':
      return [`unmatched${keptText(outcome.kept, counted)}`, `because ${outcome.why}`];
    default:
      return outcome satisfies never;
  }
}

/** Only what differs from the outcome. */
function finalLines(template: TemplatePlan): readonly string[] {
  return differingClusters(template).map(([cluster, { min, max, because, held }]) => {
    const why = held === undefined ? because : [`held: ${held}`, ...because];
    return `in the end ${cluster} ${min === max ? min : `${min}..${max}`} (${why.join('; ')})`;
  });
}

function placedText(replicas: Replicas, counted: boolean): string {
  const parts = Array.from(replicas, ([cluster, count]) => (counted ? `${cluster} ${count}` : cluster));
  return parts.join(', ') || 'nowhere';
}

function keptText(kept: Replicas, counted: boolean): string {
  return kept.size === 0 ? '' : `, stays in ${placedText(kept, counted)}`;
}
