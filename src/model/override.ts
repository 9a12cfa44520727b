import { type OverrideRuleSpec, type OverridersSpec, specProperties } from '../karmada/policy-spec';
import { containerImagesOf, isNamed } from '../kubernetes/container-images';
import type { KubernetesObject } from '../kubernetes/object';
import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { joinWords, quoted } from '../problem/words';
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
   * StatefulSet, ReplicaSet, DaemonSet and Job, and not to other kinds. `of()` selects containers by name or by repository.
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
    const targetCluster = rule.targetCluster ?? undefined;
    return new Override(targetCluster === undefined ? undefined : Clusters.fromSpec(targetCluster), overriders);
  }

  /** The clusters it applies to; undefined means every cluster. */
  readonly clusters: Clusters | undefined;
  private readonly overriders: OverridersSpec;
  /** For each image overrider, the containers that `of()` selects. @default - its predicate, or all */
  private readonly selected: SelectedContainers;
  #rule: OverrideRuleSpec | undefined;

  private constructor(
    clusters: Clusters | undefined,
    overriders: OverridersSpec,
    selected: SelectedContainers = nothingSelected,
  ) {
    this.clusters = clusters;
    this.overriders = overriders;
    this.selected = selected;
    Object.freeze(this);
  }

  /** The kinds of overriders in it, in the order in which Karmada applies them, such as `imageOverrider`. */
  get edits(): readonly string[] {
    return Object.keys(this.overriders);
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
    return new Override(chosen.isAll ? undefined : chosen, this.overriders, this.selected);
  }

  /**
   * Limits the image changes made before, as far as they do not select a container yet, to some containers, init containers included.
   * Each name is that of a container, or the repository of its image, with or without registry.
   *
   * A manifest selects by path, so the names are resolved against the objects: by a FederatedApp, or by an OverridePolicy that
   * selects the objects themselves. At synthesis a name that matches no container is an error.
   *
   * @throws ModelError `override.of` without names, or without an image change to limit
   * @example
   * ```ts
   * Override.image({ tag: 'edge' }).of('web').for('member3')
   * Override.image({ registry: 'mirror.example.com' }).of('library/nginx', 'ghcr.io/team/web')
   * ```
   */
  of(...names: readonly string[]): Override {
    const unusable = names.find((name) => typeof name !== 'string' || name === '');
    if (names.length === 0 || unusable !== undefined) {
      const got = names.length === 0 ? 'nothing' : quoted(unusable);
      throw new ModelError(`of() takes names of containers or repositories of images, got ${got}`, {
        code: 'override.of',
        fix: 'write it like Override.image({ tag: "edge" }).of("web")',
      });
    }
    const images = this.overriders.imageOverrider ?? [];
    const open = [...images.keys()].filter((index) => !images[index]?.predicate && !this.selected.has(index));
    if (open.length === 0) {
      throw new ModelError(`of(${names.map(quoted).join(', ')}) has no image change to limit`, {
        code: 'override.of',
        fix: 'write it after image(), without container, initContainer and path: Override.image({ tag: "edge" }).of("web")',
      });
    }
    const chosen = Object.freeze([...names]);
    return new Override(
      this.clusters,
      this.overriders,
      new Map([...this.selected, ...open.map((index) => [index, chosen] as const)]),
    );
  }

  /** The names given to `of()`, each once. */
  get selectedContainers(): readonly string[] {
    return [...new Set([...this.selected.values()].flat())];
  }

  /**
   * The override of one object, with the paths of the containers that `of()` selects.
   *
   * @param object - the manifest
   * @returns undefined if the override selects containers and the object has none of them
   */
  resolvedFor(object: KubernetesObject): Override | undefined {
    if (this.selected.size === 0) return this;
    const containers = containerImagesOf(object);
    let found = false;
    const imageOverrider = (this.overriders.imageOverrider ?? []).flatMap((change, index) => {
      const names = this.selected.get(index);
      if (names === undefined) return [change];
      const meant = containers.filter((container) => names.some((name) => isNamed(container, name)));
      found ||= meant.length > 0;
      return meant.map(({ pointer }) => ({ predicate: { path: pointer }, ...change }));
    });
    return found ? new Override(this.clusters, checkedOverriders({ ...this.overriders, imageOverrider })) : undefined;
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

  /**
   * The rule for a manifest: frozen.
   *
   * @throws ModelError `override.of` if `of()` selects containers, whose paths only an object has: see `resolvedFor()`
   */
  toRule(): OverrideRuleSpec {
    const { clusters, overriders } = this;
    if (this.selected.size > 0) {
      throw new ModelError(
        `the override selects the image of ${joinWords(this.selectedContainers.map(quoted), 'and')}, whose path depends on the object`,
        {
          code: 'override.of',
          fix: 'use it in a FederatedApp or in an OverridePolicy that selects the object, or select the container by index: image({ tag: "edge", container: 0 })',
        },
      );
    }
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
    return new Override(this.clusters, checkedOverriders(merged), this.selected);
  }
}

/** Index of an image overrider to the names of its containers. */
type SelectedContainers = ReadonlyMap<number, readonly string[]>;

const nothingSelected: SelectedContainers = new Map();
