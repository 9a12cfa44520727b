import type { Plan, TemplatePlan } from '../planner';
import { templateSnapshot } from '../planner/plan-snapshot';
import { type PlainPlacement, plainPlacement } from './expected-placement';

/**
 * The plan of a template as text, in Karmada's terms.
 *
 * @param clusters - expected clusters; those that a scheduler filter excludes are listed with the reasons
 */
export function plannedText(plan: Plan, template: TemplatePlan, clusters: readonly string[]): string {
  const excluded = template.exclusions
    .filter(({ cluster }) => clusters.includes(cluster))
    .map(({ cluster, reasons }) => `  not in ${cluster}: ${reasons.map(({ why }) => why).join('; ')}`);
  const block = templateSnapshot(template).replaceAll('\n', '\n  ');
  return [`planned under Karmada ${plan.karmada}:`, `  ${block}`, ...excluded].join('\n');
}

/**
 * An outcome as a plain value, for comparison in a test runner.
 *
 * @param like - the placement whose form is used @default - with replicas, if there are any
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
