import type { Outcome, Plan, Replicas, TemplatePlan } from '../../src/planner';
import type { LiveState, RecordedBinding } from './live-world';
import type { RecordedTarget } from './schedule-support';
import { canonicalJson } from './support';

/** What differs between the bindings that a plan foretells and those recorded. */
export function bindingDifference(plan: Plan, state: LiveState): string | undefined {
  const recorded = [...state.resourceBindings, ...(state.clusterResourceBindings ?? [])];
  const seen = new Set<TemplatePlan>();
  for (const binding of recorded) {
    const template = plan.templates.find((one) => isBindingOf(binding, one));
    if (!template) return `${binding.name} is recorded, but no template of the plan has it`;
    seen.add(template);
    const difference = compareBinding(binding, template, plan);
    if (difference) return `${binding.name}: ${difference}`;
  }
  const unseen = plan.templates.find((template) => !seen.has(template) && hasBinding(template, state));
  return unseen && `${unseen.key} is foretold to have a binding: ${unseen.outcome.kind}`;
}

function isBindingOf({ resource }: RecordedBinding, { manifest }: TemplatePlan): boolean {
  const { kind, metadata } = manifest.object;
  return kind === resource.kind && metadata?.name === resource.name;
}

/** Reasons why a policy makes no binding yet. */
const waiting: ReadonlySet<string> = new Set(['DependentOverridesMissing', 'LazyActivation']);

function hasBinding({ manifest, scheduled, requiredBy, takenBy }: TemplatePlan, state: LiveState): boolean {
  if (takenBy === 'namespace-sync') return false;
  if (!manifest.object.metadata?.namespace && !state.clusterResourceBindings) return false;
  if (scheduled?.kind === 'unschedulable' && waiting.has(scheduled.reason)) return false;
  return scheduled !== undefined || requiredBy.length > 0;
}

function compareBinding(binding: RecordedBinding, template: TemplatePlan, plan: Plan): string | undefined {
  const own = template.scheduled ?? (template.requiredBy.length === 0 ? template.outcome : undefined);
  if (!fits(binding.clusters, own)) return `expected ${shown(binding.clusters)}, got ${describe(own)}`;
  const expected = binding.requiredBy ?? [];
  const names = expected.map(({ name }) => name).sort();
  const foretold = template.requiredBy.map((requirement) => bindingNameOf(requirement.template, plan)).sort();
  if (canonicalJson(names) !== canonicalJson(foretold)) return `required by ${names}, foretold ${foretold}`;
  for (const { name, clusters } of expected) {
    const requirement = template.requiredBy.find((each) => bindingNameOf(each.template, plan) === name);
    if (!fits(clusters, requirement?.outcome)) {
      return `required by ${name} in ${shown(clusters)}, foretold ${describe(requirement?.outcome)}`;
    }
  }
  return undefined;
}

function bindingNameOf(key: string, plan: Plan): string {
  const object = plan.template(key)?.manifest.object;
  return `${object?.metadata?.name}-${object?.kind}`.toLowerCase();
}

/** Whether recorded targets are the result foretold, one of two, or within the bounds. */
function fits(recorded: readonly RecordedTarget[], outcome: Outcome | undefined): boolean {
  const results = resultsOf(outcome);
  if (results) return results.some((result) => shown(recorded) === shown(targetsIn(result)));
  if (outcome?.kind !== 'atRunTime') return false;
  const { bounds } = outcome;
  return recorded.every(({ name, replicas = 0 }) => {
    const range = bounds.get(name);
    return range !== undefined && range.min <= replicas && replicas <= range.max;
  });
}

function resultsOf(outcome: Outcome | undefined): readonly Replicas[] | undefined {
  switch (outcome?.kind) {
    case 'certain':
      return [outcome.replicas];
    case 'either':
      return [outcome.ascending, outcome.descending];
    case 'unschedulable':
    case 'unmatched':
      return [outcome.kept];
    case undefined:
      return [new Map()];
    default:
      return undefined;
  }
}

function targetsIn(replicas: Replicas): readonly RecordedTarget[] {
  return Array.from(replicas, ([name, count]) => ({ name, replicas: count }));
}

function shown(targets: readonly RecordedTarget[]): string {
  return JSON.stringify(targets.map(({ name, replicas = 0 }) => [name, replicas]));
}

function describe(outcome: Outcome | undefined): string {
  const results = resultsOf(outcome)?.map((result) => shown(targetsIn(result)));
  return `${outcome?.kind ?? 'nothing'} ${results?.join(' or ') ?? ''}`;
}
