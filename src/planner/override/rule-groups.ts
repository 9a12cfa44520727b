import type { Cluster } from '../../karmada/cluster';
import type { ClusterAffinitySpec, OverrideRuleSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import { appendTo, entryOf } from '../../kubernetes/map-entries';
import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import type { OverridePolicy } from '../control-plane-state/policy';
import { rulesOf } from './apply-overrides';

/** Clusters in which the same override rules apply. */
export interface RuleGroup {
  readonly clusters: readonly string[];
  /** Whether no rule can change the replicas of a native workload, although one may fail. */
  readonly keepsReplicas: boolean;
}

/** Clusters by the override rules that apply there. */
export interface RuleGroups {
  /** Clusters in which a rule applies, or may apply after another one. */
  readonly groups: readonly RuleGroup[];
  /** Whether no rule can change the replicas of a native workload or fail on it. */
  readonly harmless: boolean;
  /** The group of a cluster, as text; undefined if no rule applies there. */
  groupOf(cluster: string): string | undefined;
}

/** What a policy does where. */
interface PolicyEffect {
  readonly id: number;
  /** The rules by cluster, as text; clusters without an entry see none. */
  readonly rules: ReadonlyMap<string, string>;
  /** Clusters with a rule that may change the replicas of a native workload. */
  readonly changing: ReadonlySet<string>;
  readonly harmless: boolean;
  /** Whether it may change what namespaced policies match. */
  readonly relabels: boolean;
}

/** Groups the clusters of a plan by override rules. Templates that the same policies select share one answer. */
export class OverrideGroups {
  readonly #clusters: readonly Cluster[];
  readonly #names: ReadonlySet<string>;
  readonly #effects = new Map<OverridePolicy, PolicyEffect>();
  readonly #groups = new Map<string, RuleGroups>();

  constructor(
    readonly state: ControlPlaneState,
    clusters: Iterable<Cluster>,
    readonly karmada: KarmadaVersion,
  ) {
    this.#clusters = [...clusters];
    this.#names = new Set(this.#clusters.map(({ name }) => name));
  }

  /** The groups for a template; undefined if no policy selects it. */
  of(template: KubernetesObject): RuleGroups | undefined {
    if (this.state.overridePolicies.length === 0) return undefined;
    const namespace = textOf(template.metadata?.namespace);
    const effects = ['', ...(namespace ? [namespace] : [])].flatMap((scope) =>
      (this.state.overrideSelectors(scope)?.matchesOf(template) ?? []).map(({ owner }) => this.#effectOf(owner)),
    );
    if (effects.length === 0) return undefined;
    const key = effects.map(({ id }) => id).join(' ');
    return entryOf(this.#groups, key, () => groupsOf(effects, this.#names));
  }

  #effectOf(policy: OverridePolicy): PolicyEffect {
    let effect = this.#effects.get(policy);
    if (!effect) {
      const rules = rulesOf(policy);
      const byCluster = new Map<string, string>();
      const changing = new Set<string>();
      for (const [index, rule] of rules.entries()) {
        const changes = !keepsReplicas(rule);
        for (const cluster of this.#targetsOf(rule.targetCluster)) {
          byCluster.set(cluster, `${byCluster.get(cluster) ?? ''},${index}`);
          if (changes) changing.add(cluster);
        }
      }
      effect = {
        id: this.#effects.size,
        rules: byCluster,
        changing,
        harmless: rules.every(isHarmless),
        relabels: policy.kind === 'ClusterOverridePolicy' && rules.some(relabels),
      };
      this.#effects.set(policy, effect);
    }
    return effect;
  }

  #targetsOf(target: ClusterAffinitySpec | undefined): Iterable<string> {
    const { clusterNames, ...rest } = recordOf(target) ?? {};
    const names = listOf<string>(clusterNames);
    // Names alone are looked up, so that a policy for one of many clusters costs as much as for one of few.
    if (names.length > 0 && Object.keys(rest).length === 0) return names.filter((name) => this.#names.has(name));
    const matches = target ? this.state.matchers.cluster(target, this.karmada) : () => true;
    return this.#clusters.filter(matches).map(({ name }) => name);
  }
}

function groupsOf(effects: readonly PolicyEffect[], names: ReadonlySet<string>): RuleGroups {
  const [only, ...others] = effects;
  const relabels = effects.some((effect) => effect.relabels);
  const groupOf = (cluster: string): string | undefined => {
    // Policies that match the changed labels are only found by applying the rules to each cluster.
    if (relabels) return cluster;
    if (others.length === 0) return only?.rules.get(cluster);
    const rules = effects.map((effect) => effect.rules.get(cluster) ?? '');
    return rules.every((each) => each === '') ? undefined : rules.join(' ');
  };
  const byGroup = new Map<string, string[]>();
  for (const cluster of relabels ? names : new Set(effects.flatMap(({ rules }) => [...rules.keys()]))) {
    appendTo(byGroup, groupOf(cluster) ?? '', cluster);
  }
  const groups = Array.from(byGroup.values(), (clusters) => ({
    clusters,
    keepsReplicas: !relabels && effects.every(({ changing }) => !changing.has(clusters[0] as string)),
  }));
  return { groups, groupOf, harmless: !relabels && effects.every((effect) => effect.harmless) };
}

const markOverriders: readonly string[] = ['labelsOverrider', 'annotationsOverrider'];
const markOperators: readonly unknown[] = ['add', 'replace', 'remove'];

function isHarmless({ overriders }: OverrideRuleSpec): boolean {
  return Object.entries(recordOf(overriders) ?? {}).every(
    ([name, items]) =>
      listOf(items).length === 0 ||
      (markOverriders.includes(name) &&
        listOf(items).every((item) => markOperators.includes(fieldAt(item, 'operator')))),
  );
}

function keepsReplicas({ overriders }: OverrideRuleSpec): boolean {
  return listOf(fieldAt(overriders, 'plaintext')).every((item) => leavesReplicas(textOf(fieldAt(item, 'path'))));
}

/** Whether a patch at this path cannot change `spec.replicas` or the kind. */
function leavesReplicas(path: string): boolean {
  const [start, first, second] = path.split('/');
  if (start !== '') return false;
  if (first === 'metadata' || first === 'data') return true;
  return first === 'spec' && second !== undefined && /^[A-Za-z]+$/.test(second) && second !== 'replicas';
}

function relabels({ overriders }: OverrideRuleSpec): boolean {
  if (listOf(fieldAt(overriders, 'labelsOverrider')).length > 0) return true;
  return listOf(fieldAt(overriders, 'plaintext')).some((item) => {
    const [, first, second] = textOf(fieldAt(item, 'path')).split('/');
    const isIdentity = first === undefined || ['', 'kind', 'apiVersion'].includes(first);
    return isIdentity || (first === 'metadata' && second !== 'annotations');
  });
}
