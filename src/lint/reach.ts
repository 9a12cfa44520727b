import type { TemplatePlan } from '../planner';

/** Where a template comes to. */
export interface Reach {
  /** Every cluster that may receive it, in the order of the fleet. */
  readonly possible: readonly string[];
  mayBeIn(cluster: string): boolean;
  surelyIn(cluster: string): boolean;
}

const known = new WeakMap<TemplatePlan, Reach>();

/** Where a template comes to; worked out once, since many rules ask of many clusters. */
export function reachOf(template: TemplatePlan): Reach {
  let reach = known.get(template);
  if (!reach) {
    const possible = template.possibleClusters;
    const may = new Set(possible);
    const certain = template.outcome.kind === 'certain' && template.requiredBy.length === 0;
    const surely = certain ? may : new Set(template.guaranteedClusters);
    reach = { possible, mayBeIn: (cluster) => may.has(cluster), surelyIn: (cluster) => surely.has(cluster) };
    known.set(template, reach);
  }
  return reach;
}
