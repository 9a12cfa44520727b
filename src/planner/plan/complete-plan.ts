import type { Cluster } from '../../karmada/cluster';
import type { KarmadaVersion } from '../../karmada/release';
import type { TieBreak } from '../outcome';
import type { Leftover, MemberObject, Plan, TemplatePlan } from '../plan';
import type { PlanJson } from '../plan-json';
import { planJson } from './plan-as-json';
import { planText } from './plan-as-text';

/** The plan that `planOf` returns. */
export class CompletePlan implements Plan {
  readonly #byKey: ReadonlyMap<string, TemplatePlan>;

  constructor(
    readonly karmada: KarmadaVersion,
    readonly clusters: readonly Cluster[],
    readonly templates: readonly TemplatePlan[],
    readonly leftovers: readonly Leftover[],
  ) {
    this.#byKey = new Map(templates.map((template) => [template.key, template]));
  }

  template(key: string): TemplatePlan | undefined {
    return this.#byKey.get(key);
  }

  objectsIn(cluster: string, tie?: TieBreak): readonly MemberObject[] {
    return this.templates.flatMap((template) => template.objectsIn(cluster, tie));
  }

  toString(): string {
    return planText(this);
  }

  toJSON(): PlanJson {
    return planJson(this);
  }
}
