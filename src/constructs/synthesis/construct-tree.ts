import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ModelError } from '../../model/model-error';

/**
 * The constructs of an application in one array, parents before children: what is below a construct is a slice of it.
 * The tree is walked once, since a construct may compute its children when asked (a FederatedApp does).
 */
export class ConstructTree {
  /** Every construct, parents first, siblings in the order of `node.children`. */
  readonly constructs: readonly IConstruct[];
  readonly #ends: readonly number[];
  readonly #charts: readonly (Chart | undefined)[];
  readonly #isObject: readonly boolean[];
  /** Made when first asked for: most applications declare no dependencies. */
  #positions: ReadonlyMap<IConstruct, number> | undefined;

  constructor(root: IConstruct) {
    const constructs: IConstruct[] = [];
    const ends: number[] = [];
    const charts: (Chart | undefined)[] = [];
    const isObject: boolean[] = [];
    const visit = (construct: IConstruct, parentChart: Chart | undefined): void => {
      const position = constructs.push(construct) - 1;
      const chart = Chart.isChart(construct) ? construct : parentChart;
      charts.push(chart);
      isObject.push(ApiObject.isApiObject(construct));
      for (const child of construct.node.children) visit(child, chart);
      ends[position] = constructs.length;
    };
    visit(root, undefined);
    this.constructs = constructs;
    this.#ends = ends;
    this.#charts = charts;
    this.#isObject = isObject;
  }

  /** Position of a construct, or undefined for one of another application. */
  positionOf(construct: IConstruct): number | undefined {
    this.#positions ??= new Map(this.constructs.map((one, position) => [one, position]));
    return this.#positions.get(construct);
  }

  /** Position behind the last construct below the one at `position`. */
  endOf(position: number): number {
    return this.#ends[position] as number;
  }

  /** Whether the construct is directly in the application. */
  isTopLevel(position: number): boolean {
    return position > 0 && this.constructs[position]?.node.scope === this.constructs[0];
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
    return this.#isObject[position] === true && this.#charts[position] === chart;
  }

  /** Positions of the API objects at and below a construct that belong to the same chart as it. */
  objectsUnder(position: number): number[] {
    const chart = this.chartOf(position);
    const objects: number[] = [];
    for (let below = position; below < this.endOf(position); below++) {
      if (this.isObjectOf(chart, below)) objects.push(below);
    }
    return objects;
  }

  /** Construct path, as messages show it. */
  pathOf(position: number): string {
    return this.constructs[position]?.node.path || '<root>';
  }

  /**
   * Position of the closest chart of a construct that depends on something or that something depends on.
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
        fix: 'move it into a chart, or declare the dependency on the charts or objects that it is for',
      },
    );
  }
}
