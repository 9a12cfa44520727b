import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Override } from '../../model/override';
import { isUnchanging, SynthesisCache } from '../synthesis/synthesis-cache';
import { objectsUnder, unfoldedObjectsUnder } from './app-scope';
import { Edits, type OverrideRequest } from './edits';
import { type ExposureRequest, exposedTemplates } from './exposure';
import { KindScopes } from './kind-scope';
import type { ScalingRequest } from './scaling';
import { isPropagated, type Template, templatesIn } from './template';
import { isSound } from './template-identity';

const none: readonly never[] = [];

/** The objects of an app, as of one look. */
class Snapshot {
  /** Those that something can be named after; what is wrong with the others, validation says. */
  readonly sound: readonly Template[];
  #edits: Edits | undefined;

  constructor(
    readonly all: readonly Template[],
    private readonly overrides: readonly OverrideRequest[],
  ) {
    this.sound = all.every(isSound) ? all : all.filter(isSound);
  }

  /** Made when first asked for: it may take a look into the objects. */
  get edits(): Edits {
    this.#edits ??= new Edits(this.all, this.overrides);
    return this.#edits;
  }
}

/** What is in an app: its objects, and what the author asked for them. Both may grow until synthesis. */
export class AppContents {
  static readonly #contents = new SynthesisCache((contents: AppContents): Snapshot => contents.#look());

  overrides: readonly OverrideRequest[] = none;
  scalings: readonly ScalingRequest[] = none;
  exposures: readonly ExposureRequest[] = none;
  #held: Snapshot | undefined;

  /**
   * @param app - everything under it is sent
   * @param passedIn - constructs elsewhere that go with the app
   * @param clusterScoped - kinds that the author declares cluster-scoped, as `Kind.group`
   */
  constructor(
    readonly app: IConstruct,
    private readonly passedIn: readonly IConstruct[] = none,
    private readonly clusterScoped: readonly string[] = none,
  ) {}

  /** What the app sends, in tree order, objects passed in last. */
  get templates(): readonly Template[] {
    return this.#snapshot().all;
  }

  /** Those of the templates that something can be named after. */
  get sound(): readonly Template[] {
    return this.#snapshot().sound;
  }

  /** The objects that policies send: Karmada takes over the Services that are exposed. */
  get propagated(): readonly Template[] {
    const { sound } = this;
    if (this.exposures.length === 0) return sound;
    const exposed = exposedTemplates(sound, this.exposures);
    return sound.filter((template) => !exposed.includes(template));
  }

  /** The objects that may be edited, whoever sends them. */
  get editable(): readonly Template[] {
    return this.overrides.length === 0 ? none : this.sound;
  }

  /** The edits of an object, found without a look at all the others where that is not known already. */
  overridesOf(template: Template): readonly Override[] {
    const edits = this.#held || isUnchanging() ? this.edits : new Edits([template], this.overrides);
    return edits.of(template);
  }

  /** Which edits go to which objects. */
  get edits(): Edits {
    return this.#snapshot().edits;
  }

  /** Does something that neither adds nor changes a template, and looks for them only once meanwhile. */
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
    return new Snapshot(all, this.overrides);
  }

  /** Filtered before they are resolved: the policies of the app itself wait for the very answer. */
  #propagatedObjects(): ApiObject[] {
    const objects = unfoldedObjectsUnder(this.app).filter(isPropagated);
    if (this.passedIn.length === 0) return objects;
    // Lists elsewhere stay as they are: their file is not ours to change, and kubectl unfolds them just the same.
    const elsewhere = this.passedIn.flatMap((construct) => objectsUnder(construct)).filter(isPropagated);
    return [...new Set([...objects, ...elsewhere])];
  }
}
