import { type ApiObject, type App, Chart } from 'cdk8s';
import type { KubernetesObject } from '../../kubernetes/object';
import { ConstructTree } from './construct-tree';
import { dependencyEdges } from './dependency-edges';
import { DependencyOrder } from './dependency-order';
import { resolvedObject } from './resolve-object';
import { duringSynthesis } from './synthesis-cache';

/** An object that will be written, and the construct that it comes from. */
export interface SynthesizedObject {
  /** Undefined if a class of the author omits it, by overriding `toJson()`. */
  readonly object: KubernetesObject | undefined;
  /** The API object, or the chart if its class overrides `toJson()`. */
  readonly construct: ApiObject | Chart;
}

/** A chart and its objects, in the order in which they must be applied. */
export interface SynthesizedChart {
  readonly chart: Chart;
  readonly apiObjects: readonly ApiObject[];
  /** Resolved one at a time, so that a large application need not fit into memory; can be iterated once. */
  readonly objects: Iterable<SynthesizedObject>;
}

/** An application as plain objects. */
export interface SynthesizedApp {
  readonly charts: readonly SynthesizedChart[];
  /** Whether charts depend on each other, so that their files are numbered. */
  readonly chartsDepend: boolean;
}

/**
 * Validates an application and sorts its objects. Each construct is visited once, and each object is resolved once.
 *
 * @param use - called with the result; must not change constructs
 * @throws Error with the messages of all validations, or with the path of an object that cannot be resolved
 * @throws ModelError `synth.cycle`, `synth.no-chart`
 */
export function synthesizeApp<Result>(app: App, use: (app: SynthesizedApp) => Result): Result {
  const once = <One>(work: (tree: ConstructTree) => One): One =>
    duringSynthesis(() => {
      const tree = new ConstructTree(app);
      validate(tree);
      return work(tree);
    });
  const finished = once((tree) => (tree.isUpToDate() ? { result: use(sortApp(tree)) } : undefined));
  // Some constructs add others in their validation; then earlier answers are outdated.
  return finished === undefined ? once((tree) => use(sortApp(tree))) : finished.result;
}

function sortApp(tree: ConstructTree): SynthesizedApp {
  const edges = dependencyEdges(tree);
  const order = new DependencyOrder(tree, edges);
  const charts = order
    .under(0)
    .filter((position) => tree.isChart(position))
    .map((position): SynthesizedChart => {
      const chart = tree.constructs[position] as Chart;
      const objects = order.under(position).filter((below) => tree.isObjectOf(chart, below));
      const apiObjects = objects.map((below) => tree.constructs[below] as ApiObject);
      return { chart, apiObjects, objects: objectsOf(chart, apiObjects) };
    });
  return { charts, chartsDepend: edges.chartsDepend };
}

/** The method as loaded: if it is replaced later, the replacement must be called. */
const cdk8sToJson = Chart.prototype.toJson;

function* objectsOf(chart: Chart, apiObjects: readonly ApiObject[]): Generator<SynthesizedObject> {
  if (chart.toJson === cdk8sToJson) {
    for (const construct of apiObjects) {
      // Cached, since the policies of its app soon need it again.
      yield { object: resolvedObject.ask(construct), construct };
    }
  } else {
    const objects: readonly (KubernetesObject | undefined)[] = Object.values(chart.toJson());
    for (const object of objects) yield { object, construct: chart };
  }
}

/** The same application with every object resolved, so that objects can be iterated repeatedly. */
export function resolved(app: SynthesizedApp): SynthesizedApp {
  return { ...app, charts: app.charts.map((chart) => ({ ...chart, objects: [...chart.objects] })) };
}

/** The messages equal those of cdk8s, so that a search finds them. */
function validate(tree: ConstructTree): void {
  const problems: string[] = [];
  for (const { node } of tree.constructs) {
    for (const problem of node.validate()) problems.push(`[${node.path}] ${problem}`);
  }
  if (problems.length === 0) return;
  throw new Error(`Validation failed with the following errors:\n  ${problems.join('\n  ')}`);
}
