import type { IConstruct, Node } from 'constructs';
import { SynthesisCache } from '../synthesis/synthesis-cache';
import { ownChildren } from './app-scope';

const derivedSymbol = Symbol('derivedChildren');

/** The node of an app, with the derived children. */
interface DerivingNode extends Node {
  readonly [derivedSymbol]: DerivedChildren;
}

/** Prototypes for nodes of apps, by the node prototype of each copy of `constructs`. */
const derivingPrototypes = new WeakMap<object, object>();

/**
 * The constructs that an app derives, by id. A construct is kept even while it is not needed, since the author may have
 * patched it.
 *
 * `node.children` of the app returns them after the other children. They depend on all objects of the app, and a construct
 * is not notified when the last one is added. But every way to synthesize (`App.synth`, `App.synthYaml`, `Testing.synth`,
 * `Federation.synth`) first walks the tree by `node.children`, to validate it and to order dependencies, so they are
 * derived in time. In a validation they would be too late for the dependencies and for their own validations.
 */
export class DerivedChildren {
  static readonly #derived = new SynthesisCache((children: DerivedChildren) => children.#derive());

  readonly #made = new Map<string, IConstruct>();
  #deriving = false;

  /** @param derive - the constructs needed at present; called repeatedly while the application may change, so it must reuse constructs */
  constructor(
    private readonly app: IConstruct,
    private readonly derive: () => readonly IConstruct[],
  ) {
    // A shared prototype, since an own accessor would turn each node into a hash table.
    Object.assign(app.node, { [derivedSymbol]: this });
    Object.setPrototypeOf(app.node, derivingPrototype(Object.getPrototypeOf(app.node)));
  }

  /** All children of the app, at present. */
  current(): IConstruct[] {
    // Deriving reads the children, too.
    if (this.#deriving) return ownChildren(this.app);
    const derived = DerivedChildren.#derived.ask(this);
    const others = ownChildren(this.app).filter((child) => this.#made.get(child.node.id) !== child);
    return [...others, ...derived];
  }

  /** The construct of an id, made on first use; the id determines its class. */
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
