import type { FinalReplicas, Outcome, OutcomeJson, TemplatePlan } from '../planner';
import { differingClusters } from '../planner/final/final-replicas';
import { rangeText } from '../problem/words';

/** What a cluster gets of a template, as text for a table cell. */
export interface ComputedCell {
  /** The scheduler's answer and, where it differs, what runs in the end: `2`, `2 → 0`, `yes → held`. */
  readonly text: string;
  /** The scheduler's answer: `2`, `0 or 1`, `0 to 3`; `yes` and `maybe` for objects without replicas; `-` for nothing. */
  readonly scheduled: string;
  /** What runs in the end, in the same notation; `held` where the object does not arrive. */
  readonly end: string;
  readonly certainty: 'sure' | 'maybe' | 'never';
}

const never: ComputedCell = { text: '-', scheduled: '-', end: '-', certainty: 'never' };

/** Returns a function from cluster name to cell, so that the clusters of a template are listed only once. */
export function cellsOf(template: TemplatePlan): (cluster: string) => ComputedCell {
  const possible = new Set(template.possibleClusters);
  const guaranteed = new Set(template.guaranteedClusters);
  const ending = new Map(differingClusters(template));
  return (cluster) => {
    const sure = guaranteed.has(cluster);
    const final = ending.get(cluster);
    if (!sure && !possible.has(cluster) && !final) return never;
    const { scheduled, certainty } =
      sure || possible.has(cluster)
        ? scheduledCell(template, cluster, sure)
        : { scheduled: '-', certainty: 'maybe' as const };
    const end = final ? endText(final, scheduled, template) : scheduled;
    return end === scheduled
      ? { text: scheduled, scheduled, end, certainty }
      : { text: `${scheduled} → ${end}`, scheduled, end, certainty: 'maybe' };
  };
}

function scheduledCell(
  template: TemplatePlan,
  cluster: string,
  sure: boolean,
): Pick<ComputedCell, 'scheduled' | 'certainty'> {
  const certainty = sure ? 'sure' : 'maybe';
  if (!template.countsReplicas || template.replicas === undefined) {
    return { scheduled: sure ? 'yes' : 'maybe', certainty };
  }
  const { min, max } = template.replicasIn(cluster);
  if (min === max) return { scheduled: String(min), certainty };
  // A tie has exactly two results. At run time, any number in the range is possible.
  return { scheduled: `${min} ${template.outcome.kind === 'either' ? 'or' : 'to'} ${max}`, certainty: 'maybe' };
}

function endText(final: FinalReplicas, scheduled: string, template: TemplatePlan): string {
  if (final.held !== undefined) return 'held';
  // All pods of a workload with components go wherever it goes.
  if (template.components) return scheduled;
  return rangeText(final);
}

/** `Deployment/default/pipy` claimed by a policy: the name of the policy, with its scope if it is cluster-scoped. */
export function policyCell(template: TemplatePlan): string {
  const { policy, takenBy, requiredBy } = template;
  if (policy) {
    const name = policy.object.metadata?.name ?? '';
    return policy.object.kind === 'ClusterPropagationPolicy' ? `${name} (cluster policy)` : name;
  }
  if (takenBy === 'namespace-sync') return 'Karmada itself';
  if (takenBy !== undefined) return takenBy;
  return requiredBy.length > 0 ? `with ${requiredBy[0]?.template}` : 'none';
}

const outcomeWords = {
  certain: 'certain',
  either: 'one of two results',
  atRunTime: 'decided at run time',
  unschedulable: 'unschedulable',
  unmatched: 'unmatched',
} as const;

/** The outcome of a template as text. */
export function outcomeCell(template: TemplatePlan): string {
  return outcomeWords[template.outcome.kind];
}

/** The same for the JSON of an outcome; undefined where the template does not exist. */
export function outcomeWord(outcome: OutcomeJson | undefined): string {
  return outcome ? outcomeWords[outcome.kind] : 'not there';
}

/** The reason of an outcome, if it has one. */
export function whyOf(outcome: Outcome | OutcomeJson | undefined): string {
  return outcome && 'why' in outcome ? outcome.why : '';
}

/** Whether a template is unmatched or unschedulable, so that the plan has failed. */
export function isNowhere(template: TemplatePlan): boolean {
  return template.outcome.kind === 'unschedulable' || template.outcome.kind === 'unmatched';
}
