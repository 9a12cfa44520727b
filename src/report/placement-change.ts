import type { OutcomeJson, Plan, TemplatePlan, TemplatePlanJson } from '../planner';
import { cellsOf, isNowhere } from './cell';

/** What one cluster gets of a template in two plans, in the notation of the plan's table. */
export interface ClusterChange {
  readonly cluster: string;
  /** `-` for nothing. */
  readonly before: string;
  readonly after: string;
}

/** How the placement of one template differs between two plans. Part of the documented shapes. */
export interface PlacementChange {
  readonly template: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Key of the policy; null if none claims it, omitted if the template does not exist. */
  readonly policyBefore?: string | null;
  readonly policyAfter?: string | null;
  readonly outcomeBefore?: OutcomeJson;
  readonly outcomeAfter?: OutcomeJson;
  /** The clusters with a difference. */
  readonly clusters: readonly ClusterChange[];
  /** The template was placed before, or is new, and is not placed now. */
  readonly nowhere: boolean;
}

/**
 * The templates whose placement differs between two plans: in the order of the new plan, then removed ones.
 * The plans may have different fleets.
 */
export function placementChanges(before: Plan, after: Plan): PlacementChange[] {
  const jsonBefore = templatesByKey(before);
  const jsonAfter = templatesByKey(after);
  const clusters = [...new Set([...before.clusters, ...after.clusters].map(({ name }) => name))];
  const keys = new Set([...jsonAfter.keys(), ...jsonBefore.keys()]);
  return [...keys].flatMap((key) => {
    const one = before.template(key);
    const other = after.template(key);
    const from = jsonBefore.get(key);
    const to = jsonAfter.get(key);
    const [cellBefore, cellAfter] = [cellTexts(before, one), cellTexts(after, other)];
    const cells = clusters
      .map((cluster) => ({ cluster, before: cellBefore(cluster), after: cellAfter(cluster) }))
      .filter((cell) => cell.before !== cell.after);
    const same = from && to && cells.length === 0 && from.policy === to.policy && sameOutcome(from, to);
    if (same) return [];
    return [
      {
        template: key,
        change: from ? (to ? 'changed' : 'removed') : 'added',
        ...(from && { policyBefore: from.policy, outcomeBefore: from.outcome }),
        ...(to && { policyAfter: to.policy, outcomeAfter: to.outcome }),
        clusters: cells,
        nowhere: other !== undefined && isNowhere(other) && !(one && isNowhere(one)),
      } satisfies PlacementChange,
    ];
  });
}

function cellTexts(plan: Plan, template: TemplatePlan | undefined): (cluster: string) => string {
  if (!template) return () => '-';
  const names = new Set(plan.clusters.map(({ name }) => name));
  const cellIn = cellsOf(template);
  return (cluster) => (names.has(cluster) ? cellIn(cluster).end : '-');
}

/** Whether two outcomes have the same JSON. */
function sameOutcome(one: TemplatePlanJson, other: TemplatePlanJson): boolean {
  return JSON.stringify(one.outcome) === JSON.stringify(other.outcome);
}

function templatesByKey(plan: Plan): Map<string, TemplatePlanJson> {
  return new Map(plan.toJSON().templates.map((template) => [template.template, template]));
}
