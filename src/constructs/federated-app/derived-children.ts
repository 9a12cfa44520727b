import type { IConstruct, Node } from 'constructs';
import { SynthesisCache } from '../synthesis/synthesis-cache';
import { ownChildren } from './app-scope';

const derivedSymbol = Symbol('derivedChildren');

/** The node of an app, which knows what the app derives. */
interface DerivingNode extends Node {
  readonly [derivedSymbol]: DerivedChildren;
}

/** What the nodes of apps inherit from in place of the class of their copy of `constructs`. */
const derivingPrototypes = new WeakMap<object, object>();

/**
 * The constructs that an app derives, by id. One once made is kept, with the patches that the author may have put on
 * it, even while nothing calls for it.
 *
 * They appear behind the other children, whenever somebody looks at the children of the app. How many there are is known only
 * when all objects are there, and nothing tells a construct that. But every way to synthesize (`App.synth`, `App.synthYaml`,
 * `Testing.synth`, `Federation.synth`) begins with a walk of the tree by `node.children`, to validate and to order
 * dependencies: so they are in time for all of it. Creating them in a validation instead would be too late for the
 * dependencies, and for their own validations.
 */
export class DerivedChildren {
  static readonly #derived = new SynthesisCache((children: DerivedChildren) => children.#derive());

  readonly #made = new Map<string, IConstruct>();
  #deriving = false;

  /** @param derive - what is called for now; asked at each look while the application may change, so it must make nothing twice */
  constructor(
    private readonly app: IConstruct,
    private readonly derive: () => readonly IConstruct[],
  ) {
    // One prototype for all, since an accessor of its own would turn each node into a hash table.
    Object.assign(app.node, { [derivedSymbol]: this });
    Object.setPrototypeOf(app.node, derivingPrototype(Object.getPrototypeOf(app.node)));
  }

  /** All children of the app, as of now. */
  current(): IConstruct[] {
    // Whoever derives looks at the children, too.
    if (this.#deriving) return ownChildren(this.app);
    const derived = DerivedChildren.#derived.ask(this);
    const others = ownChildren(this.app).filter((child) => this.#made.get(child.node.id) !== child);
    return [...others, ...derived];
  }

  /** The construct of an id, made when first asked for; the id decides its class. */
  once<Made extends IConstruct>(id: string, make: (id: string) => Made): Made {
    const known = this.#made.get(id) as Made | undefined;
    if (known !== undefined) return known;
    const made = make(id);
    this.#made.set(id, made);
    return made;
  }

  #derive(): readonly IConstruct[] {
    this.#deriving = true;
    try {
      return this.derive();
    } finally {
      this.#deriving = false;
    }
  }
}

function derivingPrototype(nodePrototype: object): object {
  const known = derivingPrototypes.get(nodePrototype);
  if (known !== undefined) return known;
  const prototype = Object.create(nodePrototype, {
    children: {
      get(this: DerivingNode): IConstruct[] {
        return this[derivedSymbol].current();
      },
    },
  }) as object;
  derivingPrototypes.set(nodePrototype, prototype);
  return prototype;
}
