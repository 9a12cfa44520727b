import { type ObjectReference, referenceKey, referenceTo } from '../../kubernetes/object';
import type { Plan, TemplatePlan } from '../../planner';
import { neverPropagated } from '../../planner/matching/never-propagated';
import { joinWords } from '../../problem/words';

/** Common cause of findings about an object that is missing where another one needs it. */
export function missingCause(missing: TemplatePlan): string {
  // If no policy selects it, that is the mistake.
  return missing.outcome.kind === 'unmatched' ? `policy of ${missing.key}` : `clusters of reference ${missing.key}`;
}

/** Why no cluster gets an unmatched template, as a clause. */
export function whyUnmatched({ manifest }: TemplatePlan): string {
  return neverPropagated(manifest.object) ?? 'no policy selects it';
}

/**
 * The fix for a template that is missing in clusters: to select it in a policy, if any policy can.
 *
 * @param select - the imperative for a template that a policy can select
 */
export function fixForUnsent({ key, manifest }: TemplatePlan, clusters: readonly string[], select: string): string {
  if (neverPropagated(manifest.object) === undefined) return select;
  return `create ${key} in ${joinWords(clusters, 'and')} without Karmada`;
}

/** Clusters that receive a template without another one that it needs. */
export interface Gap {
  readonly clusters: readonly string[];
  /** Whether the missing one could have been there too, and only the scheduler's choice at run time excludes it. */
  readonly byChance: boolean;
}

/** The templates of a plan by reference, and their clusters. */
export class TemplatesByName {
  readonly #templates: ReadonlyMap<string, TemplatePlan>;
  readonly #clusters = new Map<TemplatePlan, readonly string[]>();

  constructor(plan: Plan) {
    this.#templates = new Map(
      plan.templates.map((template) => [referenceKey(referenceTo(template.manifest.object)), template]),
    );
  }

  /** The template of this name; two versions of a group are the same. */
  find(named: ObjectReference): TemplatePlan | undefined {
    return this.#templates.get(referenceKey(named));
  }

  /** Clusters in which a template may have pods, or may exist if it has no replicas. */
  clustersOf(template: TemplatePlan): readonly string[] {
    let clusters = this.#clusters.get(template);
    if (!clusters) {
      clusters = activeClusters(template);
      this.#clusters.set(template, clusters);
    }
    return clusters;
  }

  /** Clusters that receive `from` and not `to`; undefined if there are none. */
  gap(from: TemplatePlan, to: TemplatePlan): Gap | undefined {
    if (to.outcome.kind === 'unschedulable') return undefined;
    const reached = new Set(to.possibleClusters);
    const clusters = this.clustersOf(from).filter((cluster) => !reached.has(cluster));
    if (clusters.length === 0) return undefined;
    const sure = new Set(from.guaranteedClusters);
    const candidates = new Set(to.candidates);
    const byChance =
      from.outcome.kind === 'atRunTime' && clusters.every((cluster) => !sure.has(cluster) && candidates.has(cluster));
    return { clusters, byChance };
  }
}

function activeClusters(template: TemplatePlan): readonly string[] {
  const { outcome, possibleClusters, countsReplicas, replicas } = template;
  if (outcome.kind === 'unmatched' || outcome.kind === 'unschedulable') return [];
  if (!countsReplicas || replicas === undefined) return possibleClusters;
  return possibleClusters.filter((cluster) => (template.final.get(cluster)?.max ?? 0) > 0);
}
