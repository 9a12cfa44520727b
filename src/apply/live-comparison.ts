import type { KubernetesObject } from '../kubernetes/object';
import type { Plan, Replicas, TemplatePlan } from '../planner';
import { identityOfTemplate } from './binding';
import { bindingsByTemplate } from './rollout';

/** A template that is not where the plan says. Part of the documented shapes. */
export interface PlacementDifference {
  readonly template: string;
  readonly planned: string;
  readonly live: string;
}

/**
 * Where the live bindings say something else than the plan. The plan has to know these bindings: with them the UIDs are
 * known, so that one result is left where the manifests alone allow two.
 */
export function placementDifferences(plan: Plan, bindings: readonly KubernetesObject[]): PlacementDifference[] {
  const byTemplate = bindingsByTemplate(bindings);
  return plan.templates.flatMap((template) => {
    const binding = byTemplate.get(identityOfTemplate(template.manifest.object));
    if (!binding) return [];
    const planned = plannedPlacements(template);
    if (planned === undefined) return outOfBounds(template, binding.targets);
    const live = placementText(binding.targets, template.countsReplicas);
    const texts = planned.map((replicas) => placementText(replicas, template.countsReplicas));
    return texts.includes(live) ? [] : [{ template: template.key, planned: texts.join(', or '), live }];
  });
}

/** The results that the plan allows; undefined where the running system decides within bounds, or nothing is planned. */
function plannedPlacements({ outcome }: TemplatePlan): readonly Replicas[] | undefined {
  switch (outcome.kind) {
    case 'certain':
      return [outcome.replicas];
    case 'either':
      return [outcome.ascending, outcome.descending];
    case 'unschedulable':
      return [outcome.kept];
    case 'atRunTime':
    case 'unmatched':
      return undefined;
    default:
      return outcome satisfies never;
  }
}

function outOfBounds(template: TemplatePlan, live: ReadonlyMap<string, number>): PlacementDifference[] {
  const { outcome } = template;
  if (outcome.kind !== 'atRunTime') return [];
  const strays = [...live].filter(([cluster, replicas]) => {
    const bounds = outcome.bounds.get(cluster);
    return !bounds || (template.countsReplicas && (replicas < bounds.min || replicas > bounds.max));
  });
  const absent = outcome.guaranteed.filter((cluster) => !live.has(cluster));
  if (strays.length === 0 && absent.length === 0) return [];
  const planned = [...outcome.bounds].map(([cluster, { min, max }]) => `${cluster} ${min} to ${max}`).join(', ');
  return [{ template: template.key, planned, live: placementText(live, template.countsReplicas) }];
}

/** `member1 2, member2 1`, by name; without numbers for what counts no replicas. */
export function placementText(replicas: ReadonlyMap<string, number>, counts: boolean): string {
  const names = [...replicas.keys()].sort();
  if (names.length === 0) return 'nowhere';
  return names.map((name) => (counts ? `${name} ${replicas.get(name)}` : name)).join(', ');
}
