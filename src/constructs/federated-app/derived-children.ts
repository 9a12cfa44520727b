import type { IConstruct } from 'constructs';
import { isUnchanging } from '../synthesis/unchanging';
import { ownChildren } from './app-scope';

/**
 * The constructs that an app derives, by id. One once made is kept, with the patches that the author may have put on
 * it, even while nothing calls for it.
 */
export class DerivedChildren {
  readonly #made = new Map<string, IConstruct>();

  /**
   * Makes the constructs appear behind the other children, whenever somebody looks at the children of the app.
   *
   * How many there are is known only when all objects are there, and nothing tells a construct that. But every way to
   * synthesize (`App.synth`, `App.synthYaml`, `Testing.synth`, `Federation.synth`) begins with a walk of the tree by
   * `node.children`, to validate and to order dependencies: so they are in time for all of it. Creating them in a
   * validation instead would be too late for the dependencies, and for their own validations.
   *
   * @param derive - what is called for now; asked at each look, so it must be cheap, and make nothing twice
   */
  appearIn(app: IConstruct, derive: () => readonly IConstruct[]): void {
    let deriving = false;
    let seen: readonly IConstruct[] | undefined;
    Object.defineProperty(app.node, 'children', {
      get: (): IConstruct[] => {
        // A synthesis has walked the tree before it says that nothing changes.
        if (seen !== undefined && isUnchanging()) return [...seen];
        // Whoever derives looks at the children, too.
        if (deriving) return ownChildren(app);
        deriving = true;
        try {
          const derived = derive();
          seen = [...ownChildren(app).filter((child) => !this.#has(child)), ...derived];
          return [...seen];
        } finally {
          deriving = false;
        }
      },
    });
  }

  /** The construct of an id, made when first asked for; the id decides its class. */
  once<Made extends IConstruct>(id: string, make: (id: string) => Made): Made {
    const made = (this.#made.get(id) as Made | undefined) ?? make(id);
    this.#made.set(id, made);
    return made;
  }

  #has(construct: IConstruct): boolean {
    return this.#made.get(construct.node.id) === construct;
  }
}
