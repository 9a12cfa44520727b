import type { ClusterAffinitySpec } from '../karmada/policy-spec';
import { labelOf } from '../kubernetes/label-selector';
import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { checkedClusterAffinity, fieldExpressions, isEmpty, type TopologyConditions } from './cluster-affinity';
import { checkClusterNames } from './cluster-name';
import { type LabelConditions, labelSelectorFrom } from './label-selector';

/** Conditions on clusters. If several are given, all must hold. */
export interface ClusterConditions extends TopologyConditions {
  /** Labels of the Cluster object. @default - any labels */
  readonly labels?: LabelConditions;
}

/**
 * A selection of member clusters: by name, by labels and topology, or all, with optional exclusions. Karmada's ClusterAffinity.
 * Immutable; `where` and `except` return narrower copies.
 *
 * @example
 * ```ts
 * Clusters.in('member1', 'member2')
 * Clusters.where({ region: 'eu', labels: { tier: { in: ['gold', 'silver'] } } }).except('member3')
 * ```
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/propagation_types.go, ClusterAffinity
 */
export class Clusters {
  /**
   * The clusters with these names, in this order.
   *
   * @throws ModelError `clusters.empty`, `clusters.duplicate`, `cluster.name`
   */
  static in(...names: readonly string[]): Clusters {
    checkClusterNames(names, 'Clusters.in', 'name at least one, or use Clusters.all() for every cluster');
    return new Clusters(Object.freeze({ clusterNames: Object.freeze([...names]) }));
  }

  /**
   * Every cluster that meets the conditions, including clusters that join later.
   *
   * @throws ModelError `clusters.empty`, `selector.…`
   */
  static where(conditions: ClusterConditions): Clusters {
    return Clusters.all().where(conditions);
  }

  /** Every cluster, including clusters that join later. */
  static all(): Clusters {
    return new Clusters(Object.freeze({}));
  }

  /** Every cluster except those with these names. */
  static except(...names: readonly string[]): Clusters {
    return Clusters.all().except(...names);
  }

  /**
   * Reads a selection from a manifest.
   *
   * @param spec - a ClusterAffinity; the empty object means every cluster, as in Karmada
   * @throws ModelError if Karmada rejects it, or if it silently matches nothing
   */
  static fromSpec(spec: ClusterAffinitySpec): Clusters {
    return new Clusters(checkedClusterAffinity(spec));
  }

  private readonly spec: ClusterAffinitySpec;

  /** @param spec - checked, and frozen throughout */
  protected constructor(spec: ClusterAffinitySpec) {
    this.spec = spec;
    // Not frozen for a subclass, which still has to set its own fields.
    if (new.target === Clusters) Object.freeze(this);
  }

  /** The selected names, in order. Empty if clusters are not selected by name. */
  get names(): readonly string[] {
    return this.spec.clusterNames ?? [];
  }

  /** The excluded names. */
  get excluded(): readonly string[] {
    return this.spec.exclude ?? [];
  }

  /** Whether this is every cluster, without conditions. */
  get isAll(): boolean {
    return this.names.length === 0 && isEmpty(this.spec);
  }

  /** Whether clusters are selected by name only, not by labels or topology. */
  get isByName(): boolean {
    const { labelSelector, fieldSelector } = this.spec;
    const byLabel = labelSelector !== undefined && !isEmpty(labelSelector);
    return this.names.length > 0 && !byLabel && (fieldSelector === undefined || isEmpty(fieldSelector));
  }

  /**
   * Those of these clusters that also meet the conditions.
   *
   * @throws ModelError `clusters.empty` without a condition, `clusters.contradiction` when a label would need two values
   */
  where(conditions: ClusterConditions): Clusters {
    return new Clusters(this.narrowed(conditions));
  }

  /**
   * These clusters without those with these names. In Karmada, an exclusion wins over every other condition.
   *
   * @throws ModelError `clusters.empty`, `clusters.duplicate`, `clusters.contradiction` for a name that is selected
   */
  except(...names: readonly string[]): Clusters {
    return new Clusters(this.without(names));
  }

  /** The ClusterAffinity for a manifest: frozen, and an empty object for every cluster. */
  toSpec(): ClusterAffinitySpec {
    return this.spec;
  }

  /** The checked spec of `where`, from which a subclass makes its own instance. */
  protected narrowed(conditions: ClusterConditions): ClusterAffinitySpec {
    checkProperties(conditions, ['labels', 'region', 'provider', 'zone'], 'Clusters.where');
    const { labels, ...topology } = conditions;
    const fields = fieldExpressions(topology, 'Clusters.where');
    if (labels === undefined && fields.length === 0) {
      throw new ModelError('Clusters.where has no conditions', {
        code: 'clusters.empty',
        fix: 'give labels, region, provider or zone, or use Clusters.all() for every cluster',
      });
    }
    const before = this.spec;
    const added = labels === undefined ? undefined : labelSelectorFrom(labels, 'Clusters.where');
    for (const [key, value] of Object.entries(added?.matchLabels ?? {})) {
      const other = labelOf(before.labelSelector?.matchLabels, key);
      if (other === undefined || other === value) continue;
      throw new ModelError(`label "${key}" would have to be both ${quoted(other)} and ${quoted(value)}`, {
        code: 'clusters.contradiction',
        fix: `use { in: [${quoted(other)}, ${quoted(value)}] } for either of them`,
      });
    }
    const matchLabels = { ...before.labelSelector?.matchLabels, ...added?.matchLabels };
    const matchExpressions = [...(before.labelSelector?.matchExpressions ?? []), ...(added?.matchExpressions ?? [])];
    const labelSelector = {
      ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
      ...(matchExpressions.length > 0 && { matchExpressions }),
    };
    const allFields = [...(before.fieldSelector?.matchExpressions ?? []), ...fields];
    return checkedClusterAffinity({
      ...before,
      ...(Object.keys(labelSelector).length > 0 && { labelSelector }),
      ...(allFields.length > 0 && { fieldSelector: { matchExpressions: allFields } }),
    });
  }

  /** The checked spec of `except`, from which a subclass makes its own instance. */
  protected without(names: readonly string[]): ClusterAffinitySpec {
    checkClusterNames(names, 'Clusters.except', 'name at least one, or omit except');
    return checkedClusterAffinity({ ...this.spec, exclude: [...this.excluded, ...names] });
  }
}

/** Clusters as arguments: several names, or one {@link Clusters}. */
export type ClusterChoice<Name extends string = string> = readonly [Clusters] | readonly Name[];

/**
 * Converts such arguments to {@link Clusters}.
 *
 * @param owner - the called function, for messages
 * @throws ModelError `clusters.empty` without arguments, because for Karmada an empty list means every cluster
 */
export function chosenClusters(choice: ClusterChoice, owner: string): Clusters {
  const [first] = choice;
  if (first instanceof Clusters && choice.length === 1) return first;
  const other = choice.find((one) => typeof one !== 'string');
  if (other !== undefined) {
    const got = other instanceof Clusters ? 'Clusters and further arguments' : quoted(other);
    throw new ModelError(`${owner} takes cluster names or one Clusters, got ${got}`, {
      code: 'property.type',
      fix: `write ${owner}("member1", "member2"), or ${owner}(Clusters.where({ region: "eu" }))`,
    });
  }
  checkClusterNames(choice, owner, 'name at least one, or pass Clusters.all() for every cluster');
  return Clusters.in(...(choice as readonly string[]));
}
