import type { Plan, TemplatePlan } from '../planner';
import { templateSnapshot } from '../planner/plan-snapshot';
import { type PlainPlacement, plainPlacement } from './expected-placement';

/**
 * What was planned for a template, in Karmada's terms.
 *
 * @param clusters - expected clusters: those that a filter of the scheduler keeps it from are told with the reasons
 */
export function plannedText(plan: Plan, template: TemplatePlan, clusters: readonly string[]): string {
  const excluded = template.exclusions
    .filter(({ cluster }) => clusters.includes(cluster))
    .map(({ cluster, reasons }) => `  not in ${cluster}: ${reasons.map(({ why }) => why).join('; ')}`);
  const block = templateSnapshot(template).replaceAll('\n', '\n  ');
  return [`planned under Karmada ${plan.karmada}:`, `  ${block}`, ...excluded].join('\n');
}

/**
 * An outcome as a plain value, so that a runner shows how it differs from what was expected.
 *
 * @param like - the form of the placement it is compared with @default - replicas, where there are any
 */
export function plainOutcome(template: TemplatePlan, like: PlainPlacement = {}): unknown {
  const { outcome } = template;
  switch (outcome.kind) {
    case 'certain':
      return { certain: plainPlacement(outcome.replicas, like, template) };
    case 'either':
      return {
        either: [plainPlacement(outcome.ascending, like, template), plainPlacement(outcome.descending, like, template)],
      };
    case 'atRunTime':
      return { atRunTime: Object.fromEntries(outcome.bounds) };
    case 'unschedulable':
      return { unschedulable: outcome.reason };
    case 'unmatched':
      return { unmatched: outcome.why };
    default:
      return outcome satisfies never;
  }
}
