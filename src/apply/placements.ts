import type { KubernetesObject } from '../kubernetes/object';
import type { Plan, Replicas, TemplatePlan } from '../planner';
import { bindingsByTemplate, targetsOf } from './binding';
import { identityOf } from './release';

/** A template whose live placement differs from the plan. Part of the documented shapes. */
export interface PlacementDifference {
  readonly template: string;
  readonly planned: string;
  readonly live: string;
}

/**
 * Where the live bindings differ from the plan. The plan must be made with these bindings: their UIDs decide ties that
 * manifests alone leave open.
 */
export function placementDifferences(plan: Plan, bindings: readonly KubernetesObject[]): PlacementDifference[] {
  const byTemplate = bindingsByTemplate(bindings);
  return plan.templates.flatMap((template) => {
    const binding = byTemplate.get(identityOf(template.manifest.object));
    if (!binding) return [];
    const targets = targetsOf(binding);
    const planned = plannedTexts(template, targets);
    const live = placementText(targets, template.countsReplicas);
    return !planned || planned.includes(live) ? [] : [{ template: template.key, planned: planned.join(', or '), live }];
  });
}

/** The result of a tie, after Karmada has decided it by the UID. Part of the documented shapes. */
export interface TieResult {
  readonly template: string;
  /** The results that the plan allowed. */
  readonly planned: readonly string[];
  readonly came: string;
}

/** The results of the ties of a plan that was made before the UIDs were known. */
export function tieResults(plan: Plan, bindings: readonly KubernetesObject[]): TieResult[] {
  const byTemplate = bindingsByTemplate(bindings);
  return plan.templates.flatMap(({ outcome, manifest, countsReplicas, key }) => {
    const binding = byTemplate.get(identityOf(manifest.object));
    if (outcome.kind !== 'either' || !binding) return [];
    const text = (replicas: Replicas) => placementText(replicas, countsReplicas);
    const planned = [text(outcome.ascending), text(outcome.descending)];
    return [{ template: key, planned, came: text(targetsOf(binding)) }];
  });
}

/** The placements that the plan allows; undefined when it allows the live one. */
function plannedTexts(template: TemplatePlan, live: Replicas): readonly string[] | undefined {
  const { outcome, countsReplicas } = template;
  const text = (replicas: Replicas) => placementText(replicas, countsReplicas);
  switch (outcome.kind) {
    case 'certain':
      return [text(outcome.replicas)];
    case 'either':
      return [text(outcome.ascending), text(outcome.descending)];
    case 'unschedulable':
      return [text(outcome.kept)];
    case 'unmatched':
      return undefined;
    case 'atRunTime': {
      const isWithin = ([cluster, replicas]: readonly [string, number]) => {
        const bounds = outcome.bounds.get(cluster);
        return bounds && (!countsReplicas || (replicas >= bounds.min && replicas <= bounds.max));
      };
      if ([...live].every(isWithin) && outcome.guaranteed.every((cluster) => live.has(cluster))) return undefined;
      return [[...outcome.bounds].map(([cluster, { min, max }]) => `${cluster} ${min} to ${max}`).join(', ')];
    }
    default:
      return outcome satisfies never;
  }
}

/** `member1 2, member2 1`, sorted by name; without numbers for kinds that have no replicas. */
export function placementText(replicas: Replicas, counts: boolean): string {
  const names = [...replicas.keys()].sort();
  if (names.length === 0) return 'nowhere';
  return names.map((name) => (counts ? `${name} ${replicas.get(name)}` : name)).join(', ');
}
