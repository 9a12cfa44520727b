import type { TemplatePlan } from '../../planner';

/** The clusters of a template. */
export class Reach {
  #possible: readonly string[] | undefined;
  #may: ReadonlySet<string> | undefined;
  #surely: ReadonlySet<string> | undefined;

  constructor(private readonly template: TemplatePlan) {}

  /** All clusters that may receive it, in the order of the fleet. */
  get possible(): readonly string[] {
    this.#possible ??= this.template.possibleClusters;
    return this.#possible;
  }

  mayBeIn(cluster: string): boolean {
    const { outcome, requiredBy } = this.template;
    if (outcome.kind === 'certain' && requiredBy.length === 0) return outcome.replicas.has(cluster);
    this.#may ??= new Set(this.possible);
    return this.#may.has(cluster);
  }

  surelyIn(cluster: string): boolean {
    const { outcome, requiredBy } = this.template;
    if (outcome.kind === 'certain' && requiredBy.length === 0) return outcome.replicas.has(cluster);
    this.#surely ??= new Set(this.template.guaranteedClusters);
    return this.#surely.has(cluster);
  }
}

/** Cached for each template, because many rules need it for many clusters. */
export function reaches(): (template: TemplatePlan) => Reach {
  // Templates of one policy share their outcome, except dependencies of other templates.
  const known = new Map<object, Reach>();
  return (template) => {
    const key = template.requiredBy.length === 0 ? template.outcome : template;
    const reach = known.get(key) ?? new Reach(template);
    known.set(key, reach);
    return reach;
  };
}
