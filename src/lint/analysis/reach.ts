import type { Outcome, TemplatePlan } from '../../planner';

/** Where a template comes to. */
export interface Reach {
  /** Every cluster that may receive it, in the order of the fleet. */
  readonly possible: readonly string[];
  mayBeIn(cluster: string): boolean;
  surelyIn(cluster: string): boolean;
}

/** Templates that go where their policy sends them share its outcome, those that others bring along have their own. */
const ofOutcome = new WeakMap<Outcome, Reach>();
const ofTemplate = new WeakMap<TemplatePlan, Reach>();

/** Where a template comes to; worked out once, since many rules ask of many clusters. */
export function reachOf(template: TemplatePlan): Reach {
  const { outcome, requiredBy } = template;
  const alone = requiredBy.length === 0;
  let reach = alone ? ofOutcome.get(outcome) : ofTemplate.get(template);
  if (!reach) {
    reach = worked(template);
    if (alone) ofOutcome.set(outcome, reach);
    else ofTemplate.set(template, reach);
  }
  return reach;
}

function worked(template: TemplatePlan): Reach {
  const { outcome, requiredBy } = template;
  const possible = lazy(() => template.possibleClusters);
  if (outcome.kind === 'certain' && requiredBy.length === 0) {
    const isThere = (cluster: string): boolean => outcome.replicas.has(cluster);
    return {
      get possible() {
        return possible();
      },
      mayBeIn: isThere,
      surelyIn: isThere,
    };
  }
  const may = lazy(() => new Set(possible()));
  const surely = lazy(() => new Set(template.guaranteedClusters));
  return {
    get possible() {
      return possible();
    },
    mayBeIn: (cluster) => may().has(cluster),
    surelyIn: (cluster) => surely().has(cluster),
  };
}

function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
