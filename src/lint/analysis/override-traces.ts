import type { Cluster } from '../../karmada/cluster';
import { compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import { appendTo, entryOf } from '../../kubernetes/map-entries';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { Plan, TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { type OverridePolicy, policyKey } from '../../planner/control-plane-state/policy';
import { applyOverrides, type OverrideResult, type OverrideStep } from '../../planner/override/apply-overrides';
import { overriderSteps } from '../../planner/override/overriders';
import { storedTemplate } from '../../planner/override/stored-template';
import type { Reach } from './reach';

/** The effect of the override policies on a template, for clusters in which the same rules apply. */
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
  /** Whether the rule has no overriders. */
  readonly isEmpty: boolean;
  /** Whether it reads nothing of an object but the images of its containers. */
  readonly readsImages: boolean;
}

/** An override policy with what it selects. */
export interface OverrideUse {
  readonly policy: OverridePolicy;
  readonly rules: readonly OverrideRule[];
  /** Templates that it selects, propagated or not, in the order of the manifests. */
  readonly templates: readonly TemplatePlan[];
}

/** The effects of all override policies on all templates of a plan. */
export class OverrideTraces {
  readonly uses: readonly OverrideUse[];
  readonly traces: readonly OverrideTrace[];
  readonly #plan: Plan;
  readonly #byName: ReadonlyMap<string, Cluster>;
  readonly #clusters = new Map<object, ReadonlySet<string>>();
  #items: readonly OverriderItem[] | undefined;

  constructor(
    plan: Plan,
    controlPlane: ControlPlaneState,
    private readonly reachOf: (template: TemplatePlan) => Reach,
  ) {
    this.#plan = plan;
    this.#byName = new Map(plan.clusters.map((cluster) => [cluster.name, cluster]));
    const uses = new Map(
      controlPlane.overridePolicies.map((policy) => [
        policy,
        { policy, rules: this.#rulesOf(policy), templates: [] as TemplatePlan[] },
      ]),
    );
    const traces: OverrideTrace[] = [];
    for (const template of uses.size > 0 ? plan.templates : []) {
      const { object } = template.manifest;
      const namespace = textOf(object.metadata?.namespace);
      const ofAll = controlPlane.overrideSelectors('')?.matchesOf(object) ?? [];
      const ofNamespace = namespace === '' ? [] : (controlPlane.overrideSelectors(namespace)?.matchesOf(object) ?? []);
      if (ofAll.length + ofNamespace.length === 0) continue;
      const owners = [...ofAll, ...ofNamespace].map(({ owner }) => owner);
      const rules = owners.flatMap((owner) => uses.get(owner)?.rules ?? []);
      for (const owner of owners) uses.get(owner)?.templates.push(template);
      traces.push(...this.#traced(template, rules, controlPlane));
    }
    this.uses = [...uses.values()];
    this.traces = traces;
  }

  /** Items of all override policies that were applied to something, in the order in which they were met. */
  get items(): readonly OverriderItem[] {
    this.#items ??= appliedItems(this.traces);
    return this.#items;
  }

  /** Clusters that may receive a template. */
  clustersOf(template: TemplatePlan): readonly string[] {
    return this.reachOf(template).possible;
  }

  /** One trace for all clusters in which the same rules apply, so that a large fleet takes no longer than a small one. */
  #traced(template: TemplatePlan, rules: readonly OverrideRule[], controlPlane: ControlPlaneState): OverrideTrace[] {
    const groups = new Map<string, string[]>();
    const signatures = signaturesOf(rules);
    for (const cluster of signatures.size > 0 ? this.clustersOf(template) : []) {
      const signature = signatures.get(cluster);
      if (signature === undefined) continue;
      appendTo(groups, signature, cluster);
    }
    if (groups.size === 0) return [];
    const { object } = template.manifest;
    // The API server fills in no images, so the template as it is written shows the same.
    const stored = rules.every(({ readsImages }) => readsImages) ? object : storedTemplate(object);
    return [...groups.values()].map((clusters) => {
      const [first] = clusters;
      const cluster = this.#byName.get(first as string) ?? { name: first as string };
      const steps: OverrideStep[] = [];
      const { karmada } = this.#plan;
      const result = applyOverrides(stored, cluster, controlPlane, {
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
      const readsImages = overriderSteps.every(
        ({ name }) =>
          listOf(overriders[name]).length === 0 ||
          (name === 'imageOverrider' &&
            listOf(overriders[name]).every((item) => !recordOf(fieldAt(item, 'predicate')))),
      );
      const clusters = this.#targetsOf(target);
      return { policy, index, path, ...(target && { target }), clusters, isEmpty, readsImages };
    };
    if (rules.length === 0) return [ruleAt(policy.spec, 0, 'spec')];
    return rules.map((rule, index) => ruleAt(rule, index, `spec.overrideRules[${index}]`));
  }

  #targetsOf(target: ClusterAffinitySpec | undefined): ReadonlySet<string> {
    const key = target ?? everywhere;
    return entryOf(this.#clusters, key, () => {
      const matches = compileClusterAffinity(target, this.#plan.karmada);
      return new Set(this.#plan.clusters.filter(matches).map(({ name }) => name));
    });
  }
}

/** For each cluster that a rule is for, which of the rules are. */
function signaturesOf(rules: readonly OverrideRule[]): ReadonlyMap<string, string> {
  const signatures = new Map<string, string>();
  for (const [index, { clusters }] of rules.entries()) {
    for (const cluster of clusters) signatures.set(cluster, `${signatures.get(cluster) ?? ''} ${index}`);
  }
  return signatures;
}

const everywhere = {};

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

/** One item of an override policy, with every object that it was applied to. */
export interface OverriderItem {
  /** The first step, which says whose it is. */
  readonly step: OverrideStep;
  /** Field that holds it. */
  readonly path: string;
  /** The item as it is written; for `plaintext` the first operation of the patch. */
  readonly item: unknown;
  readonly uses: readonly { readonly trace: OverrideTrace; readonly step: OverrideStep }[];
}

function appliedItems(traces: readonly OverrideTrace[]): readonly OverriderItem[] {
  const items = new Map<string, OverriderItem & { readonly uses: OverriderItem['uses'][number][] }>();
  for (const trace of traces) {
    for (const step of trace.steps) {
      const path = overriderPath(step);
      const key = `${policyKey(step.policy)} ${path}`;
      const known = items.get(key);
      if (known) known.uses.push({ trace, step });
      else items.set(key, { step, path, item: overriderItems(step)[step.index], uses: [{ trace, step }] });
    }
  }
  return [...items.values()];
}

/** Keys of the templates that an item was applied to, each once. */
export function templatesOf(uses: OverriderItem['uses']): readonly string[] {
  return [...new Set(uses.map(({ trace }) => trace.template.key))];
}

/** Common cause of findings about one overrider. */
export function overriderCause(step: OverrideStep, index: number): string {
  return `result of ${policyKey(step.policy)} ${overriderPath({ ...step, index })}`;
}

/** Common cause of findings about the objects that an override policy without selectors meets. */
export function scopeCause(policy: OverridePolicy): string {
  return `scope of ${policyKey(policy)}`;
}
