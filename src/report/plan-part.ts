import type { Cluster, Plan, TemplatePlan } from '../planner';
import { fails } from '../planner/final/final-replicas';
import { clustersLost } from '../planner/loss/loss';
import { isEqual } from '../planner/outcome';
import { namePattern, templateNames } from '../planner/template-names';
import { ModelError } from '../problem/model-error';
import { nearMiss, quoted } from '../problem/words';
import { isNowhere } from './cell';

/** What to show of a plan. Every property narrows further. */
export interface PlanSelection {
  /** Templates by key, `Kind/name` or name; `*` stands for any text. @default - all */
  readonly template?: readonly string[];
  /** Clusters by name, where `*` stands for any text, or by topology: `region=eu`. @default - all */
  readonly cluster?: readonly string[];
  /**
   * `problems`: templates that no cluster gets, or that Karmada fails to make for one. `changes`: templates whose placement
   * may differ from the current binding, and those without one. @default - all
   */
  readonly only?: 'problems' | 'changes';
}

/** The part of a plan to show. Templates that reach none of the named clusters are left out. */
export interface PlanPart {
  readonly templates: readonly TemplatePlan[];
  readonly clusters: readonly Cluster[];
  /** Whether it may be less than the plan. */
  readonly narrowed: boolean;
}

/**
 * The part of a plan that a selection names.
 *
 * @throws ModelError `plan.selection` for a name without a match
 */
export function partOf(plan: Plan, { template = [], cluster = [], only }: PlanSelection = {}): PlanPart {
  const narrowed = template.length > 0 || cluster.length > 0 || only !== undefined;
  if (!narrowed) return { templates: plan.templates, clusters: plan.clusters, narrowed };
  const clusters = cluster.length === 0 ? plan.clusters : clustersNamed(cluster, plan.clusters);
  const named = template.length === 0 ? plan.templates : templatesNamed(template, plan.templates);
  const wanted = new Set(clusters.map(({ name }) => name));
  const templates = named.filter(
    (each) =>
      (cluster.length === 0 || each.possibleClusters.some((name) => wanted.has(name))) &&
      (only === undefined || (only === 'problems' ? isNowhere(each) || fails(each) : isChange(each))),
  );
  return { templates, clusters, narrowed };
}

/** Keys of the templates of a part; undefined if it is the whole plan. */
export function narrowedTo({ narrowed, templates }: PlanPart): ReadonlySet<string> | undefined {
  return narrowed ? new Set(templates.map(({ key }) => key)) : undefined;
}

/** Only the scheduler's own result is in a binding; what referrers bring is not. */
function isChange({ current, scheduled, outcome }: TemplatePlan): boolean {
  const result = scheduled ?? outcome;
  const stays = result.kind === 'certain' ? result.replicas : 'kept' in result ? result.kept : undefined;
  return !current || !stays || !isEqual(current, stays);
}

function templatesNamed(patterns: readonly string[], templates: readonly TemplatePlan[]): readonly TemplatePlan[] {
  const matchers = patterns.map((pattern) => {
    const matches = namePattern(pattern);
    const matching = new Set(templates.filter((template) => templateNames(template).some(matches)));
    if (matching.size === 0) {
      throw unknown('template', pattern, templates.flatMap(templateNames));
    }
    return matching;
  });
  return templates.filter((template) => matchers.some((matching) => matching.has(template)));
}

/** @throws ModelError `plan.selection`, `loss.unknown` */
function clustersNamed(patterns: readonly string[], clusters: readonly Cluster[]): readonly Cluster[] {
  const names = clusters.map(({ name }) => name);
  const wanted = new Set(
    patterns.flatMap((pattern) => {
      if (!pattern.includes('*')) return clustersLost(pattern, clusters);
      const matching = names.filter(namePattern(pattern));
      if (matching.length === 0) throw unknown('cluster', pattern, names);
      return matching;
    }),
  );
  return clusters.filter(({ name }) => wanted.has(name));
}

function unknown(what: 'template' | 'cluster', name: string, known: readonly string[]): ModelError {
  const near = nearMiss(name, [...new Set(known)]);
  return new ModelError(`the plan has no ${what} ${quoted(name)}`, {
    code: 'plan.selection',
    fix: near === undefined ? `name a ${what} of the plan, or use * for any text` : `did you mean ${quoted(near)}?`,
  });
}
