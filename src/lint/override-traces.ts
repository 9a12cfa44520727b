import type { ClusterAffinitySpec } from '../model/placement-spec';
import type { Plan, TemplatePlan } from '../planner';
import type { Federation } from '../planner/federation/federation';
import type { OverridePolicy } from '../planner/federation/policy';
import { applyOverrides, type OverrideResult, type OverrideStep } from '../planner/override/apply-overrides';
import { overriderSteps } from '../planner/override/overriders';
import { fieldAt, listOf, recordOf, textOf } from '../planner/plain-data';
import { clusterMatcher } from '../planner/schedule/cluster-affinity';
import { storedTemplate } from './stored-template';

/** What the override policies make of a template, for clusters in which the same rules apply. */
export interface OverrideTrace {
  readonly template: TemplatePlan;
  /** Clusters that may receive the template and see these rules, in the order of the fleet. */
  readonly clusters: readonly string[];
  /** Every overrider that was applied, in order, up to a failure. */
  readonly steps: readonly OverrideStep[];
  readonly result: OverrideResult;
}

/** A rule of an override policy: what it does, and where it may do so. */
export interface OverrideRule {
  readonly policy: OverridePolicy;
  /** Index in `overrideRules`; 0 for the deprecated fields. */
  readonly index: number;
  /** Field that holds `targetCluster` and `overriders`: `spec.overrideRules[0]`, or `spec`. */
  readonly path: string;
  /** Clusters it is for. @default - all */
  readonly target?: ClusterAffinitySpec;
  /** Clusters of the fleet that it is for. */
  readonly clusters: ReadonlySet<string>;
  /** Whether it does anything at all: an empty rule is a placeholder. */
  readonly isEmpty: boolean;
}

/** An override policy with what it selects. */
export interface OverrideUse {
  readonly policy: OverridePolicy;
  readonly rules: readonly OverrideRule[];
  /** Templates that it selects, propagated or not, in the order of the manifests. */
  readonly templates: readonly TemplatePlan[];
}

/** What all override policies do to all templates of a plan, worked out once. */
export class OverrideTraces {
  static of(plan: Plan, federation: Federation): OverrideTraces {
    let traces = known.get(plan);
    if (!traces) {
      traces = new OverrideTraces(plan, federation);
      known.set(plan, traces);
    }
    return traces;
  }

  readonly uses: readonly OverrideUse[];
  readonly traces: readonly OverrideTrace[];
  readonly #plan: Plan;
  readonly #clusters = new WeakMap<object, ReadonlySet<string>>();

  private constructor(plan: Plan, federation: Federation) {
    this.#plan = plan;
    const uses = new Map(
      federation.overridePolicies.map((policy) => [
        policy,
        { policy, rules: this.#rulesOf(policy), templates: [] as TemplatePlan[] },
      ]),
    );
    const traces: OverrideTrace[] = [];
    for (const template of uses.size > 0 ? plan.templates : []) {
      const { object } = template.manifest;
      const namespace = textOf(object.metadata?.namespace);
      const owners = (namespace === '' ? [''] : ['', namespace]).flatMap((scope) =>
        (federation.overrideSelectors(scope)?.matchesOf(object) ?? []).map(({ owner }) => owner),
      );
      if (owners.length === 0) continue;
      const rules = owners.flatMap((owner) => uses.get(owner)?.rules ?? []);
      for (const owner of owners) uses.get(owner)?.templates.push(template);
      traces.push(...this.#traced(template, rules, federation));
    }
    this.uses = [...uses.values()];
    this.traces = traces;
  }

  /** One trace for all clusters in which the same rules apply, so that a large fleet takes no longer than a small one. */
  #traced(template: TemplatePlan, rules: readonly OverrideRule[], federation: Federation): OverrideTrace[] {
    const groups = new Map<string, string[]>();
    for (const cluster of template.possibleClusters) {
      const signature = rules.map(({ clusters }) => (clusters.has(cluster) ? '1' : '0')).join('');
      if (!signature.includes('1')) continue;
      const group = groups.get(signature);
      if (group) group.push(cluster);
      else groups.set(signature, [cluster]);
    }
    const stored = storedTemplate(template.manifest.object);
    return [...groups.values()].map((clusters) => {
      const [first] = clusters;
      const cluster = this.#plan.clusters.find(({ name }) => name === first) ?? { name: first as string };
      const steps: OverrideStep[] = [];
      const { karmada } = this.#plan;
      const result = applyOverrides(stored, cluster, federation, {
        karmada,
        onStep: (step) => steps.push(step),
      });
      return { template, clusters, steps, result };
    });
  }

  #rulesOf(policy: OverridePolicy): readonly OverrideRule[] {
    const rules = listOf(policy.spec.overrideRules);
    const ruleAt = (content: unknown, index: number, path: string): OverrideRule => {
      const target = recordOf(fieldAt(content, 'targetCluster')) as ClusterAffinitySpec | undefined;
      const overriders = recordOf(fieldAt(content, 'overriders')) ?? {};
      const isEmpty = overriderSteps.every(({ name }) => listOf(overriders[name]).length === 0);
      const clusters = this.#clustersOf(target);
      return { policy, index, path, ...(target && { target }), clusters, isEmpty };
    };
    if (rules.length === 0) return [ruleAt(policy.spec, 0, 'spec')];
    return rules.map((rule, index) => ruleAt(rule, index, `spec.overrideRules[${index}]`));
  }

  #clustersOf(target: ClusterAffinitySpec | undefined): ReadonlySet<string> {
    const key = target ?? everywhere;
    let clusters = this.#clusters.get(key);
    if (!clusters) {
      const matches = clusterMatcher(target, this.#plan.karmada);
      clusters = new Set(this.#plan.clusters.filter(matches).map(({ name }) => name));
      this.#clusters.set(key, clusters);
    }
    return clusters;
  }
}

const everywhere = {};
const known = new WeakMap<Plan, OverrideTraces>();

/** The field of an overrider: `spec.overrideRules[0].overriders.imageOverrider[1]`. */
export function overriderPath({
  policy,
  rule,
  step,
  index,
}: Pick<OverrideStep, 'policy' | 'rule' | 'step' | 'index'>): string {
  const { overrideRules } = policy.spec;
  const holder = listOf(overrideRules).length === 0 ? 'spec' : `spec.overrideRules[${rule}]`;
  return `${holder}.overriders.${step}[${index}]`;
}

/** The items of one kind of overrider in a rule. */
export function overriderItems({
  policy,
  rule,
  step,
}: Pick<OverrideStep, 'policy' | 'rule' | 'step'>): readonly unknown[] {
  const { overrideRules, overriders } = policy.spec;
  const holder = listOf(overrideRules).length === 0 ? overriders : fieldAt(overrideRules?.[rule], 'overriders');
  return listOf(fieldAt(holder, step));
}

/** Whether a policy names every object that it selects, so that it is written for these alone. */
export function selectsByName({ spec }: OverridePolicy): boolean {
  const selectors = listOf(spec.resourceSelectors);
  return selectors.length > 0 && selectors.every((selector) => textOf(fieldAt(selector, 'name')) !== '');
}
