import { ApiObject, Chart } from 'cdk8s';
import { Dependable, type IConstruct } from 'constructs';
import { ModelError } from '../../problem/model-error';
import { SynthesisCache } from './synthesis-cache';

/** Every construct at and below one, parents before children, siblings in the order of `node.children`. */
export const allConstructs = new SynthesisCache((root: IConstruct): readonly IConstruct[] => root.node.findAll());

/** The constructs of an application in one array, parents before children, so that every subtree is a slice. */
export class ConstructTree {
  /** Every construct, parents first, siblings in the order of `node.children`. */
  readonly constructs: readonly IConstruct[];
  readonly #ends: Uint32Array;
  readonly #isObject: Uint8Array;
  readonly #charts: (Chart | undefined)[] = [];
  /** Made on first use: most applications declare no dependencies. */
  #positions: ReadonlyMap<IConstruct, number> | undefined;
  #positionsByPath: ReadonlyMap<string, number> | undefined;

  constructor(root: IConstruct) {
    const constructs = allConstructs.ask(root);
    this.constructs = constructs;
    this.#ends = new Uint32Array(constructs.length);
    this.#isObject = new Uint8Array(constructs.length);
    /** The previous construct and its parents, outermost first. */
    const open: number[] = [];
    for (let position = 0; position < constructs.length; position++) {
      const construct = constructs[position]!;
      const { scope } = construct.node;
      while (open.length > 0 && constructs[open[open.length - 1]!] !== scope) this.#ends[open.pop()!] = position;
      const parent = open[open.length - 1];
      this.#charts.push(Chart.isChart(construct) ? construct : parent === undefined ? undefined : this.#charts[parent]);
      if (ApiObject.isApiObject(construct)) this.#isObject[position] = 1;
      open.push(position);
    }
    for (const position of open) this.#ends[position] = constructs.length;
  }

  /** Whether the application still has exactly these constructs. */
  isUpToDate(): boolean {
    const now = this.constructs[0]!.node.findAll();
    return (
      now.length === this.constructs.length &&
      now.every((construct, position) => construct === this.constructs[position])
    );
  }

  /** The first construct that was added since the tree was read. */
  firstAdded(): IConstruct | undefined {
    if (this.isUpToDate()) return undefined;
    const known = new Set(this.constructs);
    return this.constructs[0]!.node.findAll().find((construct) => !known.has(construct));
  }

  /**
   * Position of a construct. For one that was removed or belongs to another application, cdk8s uses the one with its path.
   *
   * @returns undefined if there is none
   */
  positionOf(construct: IConstruct): number | undefined {
    this.#positions ??= new Map(this.constructs.map((one, position) => [one, position]));
    return this.#positions.get(construct) ?? this.#positionAt(construct.node.path);
  }

  /** Positions of the constructs that a dependency on a construct refers to: itself, unless its `dependencyRoots` differ. */
  rootsOf(position: number): readonly number[] {
    const { dependencyRoots } = Dependable.of(this.constructs[position]!);
    return dependencyRoots.flatMap((root) => this.positionOf(root) ?? []);
  }

  #positionAt(path: string): number | undefined {
    this.#positionsByPath ??= new Map(this.constructs.map(({ node }, position) => [node.path, position]));
    return this.#positionsByPath.get(path);
  }

  /** Position after the last construct below the one at `position`. */
  endOf(position: number): number {
    return this.#ends[position] as number;
  }

  /** Whether the construct is a chart. */
  isChart(position: number): boolean {
    return this.#charts[position] === this.constructs[position];
  }

  /** The closest chart, or undefined outside of any. */
  chartOf(position: number): Chart | undefined {
    return this.#charts[position];
  }

  /** Whether the construct is an API object whose closest chart is `chart`: the chart's file holds it. */
  isObjectOf(chart: Chart | undefined, position: number): boolean {
    return this.#isObject[position] === 1 && this.#charts[position] === chart;
  }

  /** Positions of the API objects at and below a construct that belong to its chart. */
  objectsUnder(position: number): number[] {
    const chart = this.chartOf(position);
    const objects: number[] = [];
    for (let below = position; below < this.endOf(position); below++) {
      if (this.isObjectOf(chart, below)) objects.push(below);
    }
    return objects;
  }

  /** Construct path for messages. */
  pathOf(position: number): string {
    return this.constructs[position]?.node.path || '<root>';
  }

  /**
   * Position of the closest chart of a construct with a dependency.
   *
   * @throws ModelError `synth.no-chart`
   */
  chartPositionOf(position: number): number {
    const chart = this.chartOf(position);
    if (chart !== undefined) return this.positionOf(chart) as number;
    throw new ModelError(
      `${this.pathOf(position)} has a dependency but no chart: cannot find a parent chart (directly or indirectly)`,
      {
        code: 'synth.no-chart',
        fix: 'move it into a chart, or declare the dependency on charts or objects',
      },
    );
  }

  /** @param circle - positions of constructs, each of which depends on the next, and the last on the first */
  cycleError(circle: readonly number[]): ModelError {
    const paths = [...circle, ...circle.slice(0, 1)].map((position) => this.pathOf(position));
    return new ModelError(`Dependency cycle detected: ${paths.join(' => ')}`, {
      code: 'synth.cycle',
      fix: 'remove one of these dependencies: kubectl applies objects one after the other',
    });
  }
}
