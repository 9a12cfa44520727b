import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Override } from '../../model/override';
import { isUnchanging, SynthesisCache } from '../synthesis/synthesis-cache';
import { objectsUnder, unfoldedObjectsUnder } from './app-scope';
import { Edits, type OverrideRequest } from './edits';
import { type ExposureRequest, exposedTemplates } from './exposure';
import { KindScopes } from './kind-scope';
import type { ScalingRequest } from './scaling';
import { isPropagated, isSound, type Template, templatesIn } from './template';

const none: readonly never[] = [];

/** The objects of an app at one point in time. */
class Snapshot {
  /** Templates with a valid kind, name and namespace; validation reports the others. */
  readonly sound: readonly Template[];
  #propagated: readonly Template[] | undefined;
  #edits: Edits | undefined;

  constructor(
    readonly all: readonly Template[],
    private readonly contents: AppContents,
  ) {
    this.sound = all.every(isSound) ? all : all.filter(isSound);
  }

  get propagated(): readonly Template[] {
    this.#propagated ??= this.#withoutExposed();
    return this.#propagated;
  }

  /** Made when first needed: it may have to resolve the objects. */
  get edits(): Edits {
    this.#edits ??= new Edits(this.all, this.contents.overrides);
    return this.#edits;
  }

  #withoutExposed(): readonly Template[] {
    const { exposures } = this.contents;
    if (exposures.length === 0) return this.sound;
    const exposed = exposedTemplates(this.sound, exposures);
    return this.sound.filter((template) => !exposed.includes(template));
  }
}

/** The objects of an app, and the overrides, scalings and exposures that the author requested. All may grow until synthesis. */
export class AppContents {
  static readonly #contents = new SynthesisCache((contents: AppContents): Snapshot => contents.#look());

  overrides: readonly OverrideRequest[] = none;
  scalings: readonly ScalingRequest[] = none;
  exposures: readonly ExposureRequest[] = none;
  #held: Snapshot | undefined;

  /**
   * @param app - everything under it is propagated
   * @param passedIn - constructs outside the app that are propagated with it
   * @param clusterScoped - kinds that the author declares cluster-scoped, as `Kind.group`
   */
  constructor(
    readonly app: IConstruct,
    private readonly passedIn: readonly IConstruct[] = none,
    private readonly clusterScoped: readonly string[] = none,
  ) {}

  /** In tree order, those passed in last. */
  get templates(): readonly Template[] {
    return this.#snapshot().all;
  }

  /** Templates with a valid kind, name and namespace. */
  get sound(): readonly Template[] {
    return this.#snapshot().sound;
  }

  /** The templates that policies select: all sound ones, except Services that Karmada takes over to expose them. */
  get propagated(): readonly Template[] {
    return this.#snapshot().propagated;
  }

  /** The propagated templates of one namespace. */
  propagatedIn(namespace: string | undefined): readonly Template[] {
    return this.propagated.filter((template) => !template.clusterScoped && template.namespace === namespace);
  }

  /** The propagated templates that are cluster-scoped. */
  get propagatedClusterScoped(): readonly Template[] {
    return this.propagated.filter(({ clusterScoped }) => clusterScoped);
  }

  /** The templates that overrides may edit, exposed Services included. */
  get editable(): readonly Template[] {
    return this.overrides.length === 0 ? none : this.sound;
  }

  /** The edits of one template. Outside a synthesis the other templates are not searched for it. */
  overridesOf(template: Template): readonly Override[] {
    const edits = this.#held || isUnchanging() ? this.edits : new Edits([template], this.overrides);
    return edits.of(template);
  }

  /** Which edits go to which objects. */
  get edits(): Edits {
    return this.#snapshot().edits;
  }

  /** Runs work that neither adds nor changes templates, on a single snapshot. */
  during<Result>(work: () => Result): Result {
    this.#held = this.#snapshot();
    try {
      return work();
    } finally {
      this.#held = undefined;
    }
  }

  #snapshot(): Snapshot {
    return this.#held ?? AppContents.#contents.ask(this);
  }

  #look(): Snapshot {
    const scopes = new KindScopes(this.app.node.root, this.clusterScoped);
    const all = this.#propagatedObjects()
      .flatMap((object) => templatesIn(object, scopes))
      .filter(isPropagated);
    return new Snapshot(all, this);
  }

  /** Filtered before they are resolved: resolving the app's own policies needs this list. */
  #propagatedObjects(): ApiObject[] {
    const objects = unfoldedObjectsUnder(this.app).filter(isPropagated);
    if (this.passedIn.length === 0) return objects;
    // Lists in other constructs stay as they are: kubectl unfolds them in any case.
    const elsewhere = this.passedIn.flatMap((construct) => objectsUnder(construct)).filter(isPropagated);
    return [...new Set([...objects, ...elsewhere])];
  }
}
