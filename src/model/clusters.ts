import type { ClusterAffinitySpec } from '../karmada/policy-spec';
import { labelOf } from '../kubernetes/label-selector';
import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { checkedClusterAffinity, fieldExpressions, isEmpty, type TopologyConditions } from './cluster-affinity';
import { checkClusterNames } from './cluster-name';
import { type LabelConditions, labelSelectorFrom } from './label-selector';

/** What clusters must be like; given several conditions, all must hold. */
export interface ClusterConditions extends TopologyConditions {
  /** Labels of the Cluster object. @default - any labels */
  readonly labels?: LabelConditions;
}

/**
 * A choice of member clusters: by name, by what they are like, all, all except some. Karmada's ClusterAffinity.
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
   * The clusters of these names, in this order.
   *
   * @throws ModelError `clusters.empty`, `clusters.duplicate`, `cluster.name`
   */
  static in(...names: readonly string[]): Clusters {
    checkClusterNames(names, 'Clusters.in', 'name at least one, or write Clusters.all() for every cluster');
    return new Clusters(Object.freeze({ clusterNames: Object.freeze([...names]) }));
  }

  /**
   * Every cluster that meets the conditions, those that join later included.
   *
   * @throws ModelError `clusters.empty`, `selector.…`
   */
  static where(conditions: ClusterConditions): Clusters {
    return Clusters.all().where(conditions);
  }

  /** Every cluster, those that join later included. */
  static all(): Clusters {
    return new Clusters(Object.freeze({}));
  }

  /** Every cluster except those of these names. */
  static except(...names: readonly string[]): Clusters {
    return Clusters.all().except(...names);
  }

  /**
   * The choice that a manifest holds.
   *
   * @param spec - a ClusterAffinity; the empty object means every cluster, as in Karmada
   * @throws ModelError for what Karmada would refuse, and for what would match nothing without an error
   */
  static fromSpec(spec: ClusterAffinitySpec): Clusters {
    return new Clusters(checkedClusterAffinity(spec));
  }

  private readonly spec: ClusterAffinitySpec;

  /** @param spec - checked, and frozen throughout */
  protected constructor(spec: ClusterAffinitySpec) {
    this.spec = spec;
    // A subclass has fields of its own to set first.
    if (new.target === Clusters) Object.freeze(this);
  }

  /** The names asked for, in order. Empty where any name will do. */
  get names(): readonly string[] {
    return this.spec.clusterNames ?? [];
  }

  /** The names left out. */
  get excluded(): readonly string[] {
    return this.spec.exclude ?? [];
  }

  /** Whether this is every cluster, without any condition. */
  get isAll(): boolean {
    return this.names.length === 0 && isEmpty(this.spec);
  }

  /** Whether names alone decide: neither labels nor topology. */
  get isByName(): boolean {
    const { labelSelector, fieldSelector } = this.spec;
    const byLabel = labelSelector !== undefined && !isEmpty(labelSelector);
    return this.names.length > 0 && !byLabel && (fieldSelector === undefined || isEmpty(fieldSelector));
  }

  /**
   * Of these clusters, those that meet the conditions too.
   *
   * @throws ModelError `clusters.empty` without a condition, `clusters.contradiction` when a label would need two values
   */
  where(conditions: ClusterConditions): Clusters {
    return new Clusters(this.narrowed(conditions));
  }

  /**
   * These clusters without those of these names. Karmada lets an exclusion win over everything else.
   *
   * @throws ModelError `clusters.empty`, `clusters.duplicate`, `clusters.contradiction` for a name that was asked for before
   */
  except(...names: readonly string[]): Clusters {
    return new Clusters(this.without(names));
  }

  /** The ClusterAffinity that says this in a manifest: frozen, and the empty object for every cluster. */
  toSpec(): ClusterAffinitySpec {
    return this.spec;
  }

  /** The checked spec of `where`, for subclasses to build their own kind from. */
  protected narrowed(conditions: ClusterConditions): ClusterAffinitySpec {
    checkProperties(conditions, ['labels', 'region', 'provider', 'zone'], 'Clusters.where');
    const { labels, ...topology } = conditions;
    const fields = fieldExpressions(topology, 'Clusters.where');
    if (labels === undefined && fields.length === 0) {
      throw new ModelError('Clusters.where has no condition', {
        code: 'clusters.empty',
        fix: 'give labels, region, provider or zone, or write Clusters.all() for every cluster',
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

  /** The checked spec of `except`, for subclasses to build their own kind from. */
  protected without(names: readonly string[]): ClusterAffinitySpec {
    checkClusterNames(names, 'Clusters.except', 'name at least one, or leave except out');
    return checkedClusterAffinity({ ...this.spec, exclude: [...this.excluded, ...names] });
  }
}

/** Clusters as arguments: their names one after the other, or one {@link Clusters}. */
export type ClusterChoice<Name extends string = string> = readonly [Clusters] | readonly Name[];

/**
 * The clusters that arguments stand for.
 *
 * @param owner - the call they are arguments of, for messages
 * @throws ModelError `clusters.empty` for no argument, since an empty list would mean every cluster to Karmada
 */
export function chosenClusters(choice: ClusterChoice, owner: string): Clusters {
  const [first] = choice;
  if (first instanceof Clusters && choice.length === 1) return first;
  const other = choice.find((one) => typeof one !== 'string');
  if (other !== undefined) {
    const got = other instanceof Clusters ? 'Clusters beside others' : quoted(other);
    throw new ModelError(`${owner} takes names of clusters, or one Clusters, got ${got}`, {
      code: 'property.type',
      fix: `write ${owner}("member1", "member2"), or ${owner}(Clusters.where({ region: "eu" }))`,
    });
  }
  checkClusterNames(choice, owner, 'name at least one, or pass Clusters.all() for every cluster');
  return Clusters.in(...(choice as readonly string[]));
}
