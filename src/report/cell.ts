import type { TemplatePlan } from '../planner';

/** What a cluster gets of a template, as text for a table cell. */
export interface ComputedCell {
  /** `2`, `0 or 1`, `0 to 3`; `yes` and `maybe` for objects without replicas; `-` for nothing. */
  readonly text: string;
  readonly certainty: 'sure' | 'maybe' | 'never';
}

const never: ComputedCell = { text: '-', certainty: 'never' };

/** Returns a function from cluster name to cell, so that the clusters of a template are listed only once. */
export function cellsOf(template: TemplatePlan): (cluster: string) => ComputedCell {
  const { outcome, countsReplicas } = template;
  const possible = new Set(template.possibleClusters);
  const guaranteed = new Set(template.guaranteedClusters);
  return (cluster) => {
    const sure = guaranteed.has(cluster);
    if (!sure && !possible.has(cluster)) return never;
    if (!countsReplicas || template.replicas === undefined) {
      return sure ? { text: 'yes', certainty: 'sure' } : { text: 'maybe', certainty: 'maybe' };
    }
    const { min, max } = template.replicasIn(cluster);
    if (min === max) return { text: String(min), certainty: sure ? 'sure' : 'maybe' };
    // A tie has exactly two results. At run time, any number in the range is possible.
    return { text: `${min} ${outcome.kind === 'either' ? 'or' : 'to'} ${max}`, certainty: 'maybe' };
  };
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

/** Whether a template is unmatched or unschedulable, so that the plan has failed. */
export function isNowhere(template: TemplatePlan): boolean {
  return template.outcome.kind === 'unschedulable' || template.outcome.kind === 'unmatched';
}
