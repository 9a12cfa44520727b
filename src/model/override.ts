import { type OverrideRuleSpec, type OverridersSpec, specProperties } from '../karmada/policy-spec';
import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { type ClusterChoice, Clusters, chosenClusters } from './clusters';
import { type CommandOverride, commandOverriders } from './override-command';
import { type ImageOverride, imageOverriders } from './override-image';
import { type MetadataOverride, metadataOverriders } from './override-metadata';
import { type FieldPatch, fieldOverrider, type PatchOperation, plaintextOverriders } from './override-patch';
import { checkedOverriders } from './overriders';

/**
 * Changes of objects on some clusters: one rule of an override policy.
 * Immutable; each change returns a copy with that change added.
 *
 * Independent of the order here, Karmada applies images first, then command, args, labels, annotations, field patches, JSON patches.
 *
 * @example
 * ```ts
 * Override.image({ tag: 'edge' }).for('member3')
 * Override.args({ container: 'pipy', add: ['--verbose'] }).labels({ add: { tier: 'gold' } }).for(Clusters.where({ region: 'eu' }))
 * ```
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/override_types.go, RuleWithCluster
 */
export class Override {
  /**
   * Change registry, repository or tag of images. Without a path it applies to every container (not init containers) of Pod, Deployment,
   * StatefulSet, ReplicaSet, DaemonSet and Job, and not to other kinds.
   *
   * @throws ModelError `override.image`, `override.empty`, `json.pointer`, `property.…`
   */
  static image(change: ImageOverride): Override {
    return Override.#start().image(change);
  }

  /**
   * Add words to the command of a container, or remove words.
   *
   * @throws ModelError `override.command`, `override.empty`, `property.…`
   */
  static command(change: CommandOverride): Override {
    return Override.#start().command(change);
  }

  /**
   * Add arguments to a container, or remove arguments.
   *
   * @throws ModelError `override.command`, `override.empty`, `property.…`
   */
  static args(change: CommandOverride): Override {
    return Override.#start().args(change);
  }

  /**
   * Change labels of the object itself, not of its pods.
   *
   * @throws ModelError `override.metadata`, `override.empty`, `property.…`
   */
  static labels(change: MetadataOverride): Override {
    return Override.#start().labels(change);
  }

  /**
   * Change annotations of the object itself, not of its pods.
   *
   * @throws ModelError `override.metadata`, `override.empty`, `property.…`
   */
  static annotations(change: MetadataOverride): Override {
    return Override.#start().annotations(change);
  }

  /**
   * Patch the object: Karmada's plaintext overrider. If the object does not have the path, Karmada cannot deliver the object to that cluster.
   *
   * @throws ModelError `override.patch`, `override.empty`, `json.…`, `property.…`
   * @example
   * ```ts
   * Override.jsonPatch({ operator: 'replace', path: '/spec/replicas', value: 1 })
   * ```
   */
  static jsonPatch(...operations: readonly PatchOperation[]): Override {
    return Override.#start().jsonPatch(...operations);
  }

  /**
   * Patch YAML or JSON text in a field, such as a file in a ConfigMap.
   *
   * @param fieldPath - JSON pointer to the field, such as `/data/app.yaml`
   * @throws ModelError `override.patch`, `override.empty`, `json.…`, `property.…`
   * @example
   * ```ts
   * Override.fieldPatch('/data/app.yaml', { yaml: [{ operator: 'replace', path: '/log/level', value: 'debug' }] })
   * ```
   */
  static fieldPatch(fieldPath: string, patch: FieldPatch): Override {
    return Override.#start().fieldPatch(fieldPath, patch);
  }

  /**
   * Reads an override from a rule of a manifest.
   *
   * @throws ModelError for what Karmada rejects, and for what can never work
   */
  static fromRule(rule: OverrideRuleSpec): Override {
    checkProperties(rule, specProperties.OverrideRuleSpec, 'override rule');
    const overriders = checkedOverriders(rule.overriders);
    if (Object.keys(overriders).length === 0) {
      throw new ModelError('override rule changes nothing', {
        code: 'override.empty',
        fix: 'give it at least one overrider, or remove the rule',
      });
    }
    return new Override(rule.targetCluster && Clusters.fromSpec(rule.targetCluster), overriders);
  }

  /** The clusters it applies to; undefined means every cluster. */
  readonly clusters: Clusters | undefined;
  private readonly overriders: OverridersSpec;
  #rule: OverrideRuleSpec | undefined;

  private constructor(clusters: Clusters | undefined, overriders: OverridersSpec) {
    this.clusters = clusters;
    this.overriders = overriders;
    Object.freeze(this);
  }

  /** All cluster names that the override mentions, for comparison with a fleet. */
  get mentionedClusters(): readonly string[] {
    return this.clusters === undefined ? [] : [...this.clusters.names, ...this.clusters.excluded];
  }

  /**
   * The same changes on these clusters. Replaces clusters given before.
   *
   * @throws ModelError `clusters.empty`, `clusters.duplicate`, `cluster.name`
   */
  for(...clusters: ClusterChoice): Override {
    const chosen = chosenClusters(clusters, 'Override.for');
    return new Override(chosen.isAll ? undefined : chosen, this.overriders);
  }

  /** Adds the change of `Override.image()`. */
  image(change: ImageOverride): Override {
    return this.#and({ imageOverrider: imageOverriders(change) });
  }

  /** Adds the change of `Override.command()`. */
  command(change: CommandOverride): Override {
    return this.#and({ commandOverrider: commandOverriders(change, 'command override') });
  }

  /** Adds the change of `Override.args()`. */
  args(change: CommandOverride): Override {
    return this.#and({ argsOverrider: commandOverriders(change, 'args override') });
  }

  /** Adds the change of `Override.labels()`. */
  labels(change: MetadataOverride): Override {
    return this.#and({ labelsOverrider: metadataOverriders(change, 'labels') });
  }

  /** Adds the change of `Override.annotations()`. */
  annotations(change: MetadataOverride): Override {
    return this.#and({ annotationsOverrider: metadataOverriders(change, 'annotations') });
  }

  /** Adds the change of `Override.jsonPatch()`. */
  jsonPatch(...operations: readonly PatchOperation[]): Override {
    return this.#and({ plaintext: plaintextOverriders(operations) });
  }

  /** Adds the change of `Override.fieldPatch()`. */
  fieldPatch(fieldPath: string, patch: FieldPatch): Override {
    return this.#and({ fieldOverrider: [fieldOverrider(fieldPath, patch)] });
  }

  /** The rule for a manifest: frozen. */
  toRule(): OverrideRuleSpec {
    const { clusters, overriders } = this;
    this.#rule ??= Object.freeze(
      clusters === undefined ? { overriders } : { targetCluster: clusters.toSpec(), overriders },
    );
    return this.#rule;
  }

  /** Initial value for the static factories: an override without changes. Not visible outside this class. */
  static #start(): Override {
    return new Override(undefined, {});
  }

  #and(more: OverridersSpec): Override {
    const merged: Record<string, readonly unknown[]> = { ...this.overriders };
    for (const [kind, list] of Object.entries(more)) merged[kind] = [...(merged[kind] ?? []), ...list];
    return new Override(this.clusters, checkedOverriders(merged));
  }
}
