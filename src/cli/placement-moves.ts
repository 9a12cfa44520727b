import { bindingsByTemplate, identityOf, targetsOf } from '../apply';
import type { KubernetesObject } from '../kubernetes/object';
import type { Plan } from '../planner';
import { cellsOf } from '../report';

/** What one cluster has of a template now, and what it will have. Part of the documented shapes. */
export interface PlacementMove {
  readonly template: string;
  readonly cluster: string;
  /** `-` for nothing. */
  readonly before: string;
  /** The scheduler's answer, as in the plan's table. */
  readonly after: string;
}

/** Where a plan moves what the present bindings say. */
export function placementMoves(plan: Plan, bindings: readonly KubernetesObject[]): PlacementMove[] {
  const byTemplate = bindingsByTemplate(bindings);
  return plan.templates.flatMap((template) => {
    // Karmada propagates it without a binding, so what the clusters have now is not known.
    if (template.takenBy === 'namespace-sync') return [];
    const binding = byTemplate.get(identityOf(template.manifest.object));
    const targets = binding && targetsOf(binding);
    const cellIn = cellsOf(template);
    return plan.clusters.flatMap(({ name }) => {
      const after = cellIn(name).scheduled;
      const replicas = targets?.get(name);
      const before = replicas === undefined ? '-' : template.countsReplicas ? String(replicas) : 'yes';
      return before === after ? [] : [{ template: template.key, cluster: name, before, after }];
    });
  });
}
