import { type ApiObject, type App, Chart } from 'cdk8s';
import type { KubernetesObject } from '../../kubernetes/object';
import { ModelError } from '../../problem/model-error';
import { ConstructTree } from './construct-tree';
import { dependencyEdges } from './dependency-edges';
import { DependencyOrder } from './dependency-order';
import { resolvedObject } from './resolve-object';
import { duringSynthesis } from './synthesis-cache';
import { reportedIfUncaught } from './uncaught-report';

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
  // Some constructs add others in their validation; then earlier answers are outdated.
  for (let run = 1; run <= mostRuns; run++) {
    const finished = once((tree) => (tree.isUpToDate() ? { result: useUnchanged(tree, use) } : undefined));
    if (finished !== undefined) return finished.result;
  }
  throw new ModelError(`constructs are still added after ${mostRuns} validations of the application`, {
    code: 'synth.growing',
    fix: 'create constructs in constructors, or only once in a validation',
  });
}

/** Validations that add constructs until there is nothing to add need a few runs; this many never end. */
const mostRuns = 10;

/** What is added while objects are resolved would be left out of the result. */
function useUnchanged<Result>(tree: ConstructTree, use: (app: SynthesizedApp) => Result): Result {
  const result = use(sortApp(tree));
  const late = tree.firstAdded();
  if (late === undefined) return result;
  throw new ModelError(
    `${late.node.path} was created while the objects were being written, too late to be one of them`,
    {
      code: 'synth.late',
      fix: 'create it in a constructor, not in toJson() or in a Lazy',
    },
  );
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
  const text = `Validation failed with the following errors:\n  ${problems.join('\n  ')}`;
  throw reportedIfUncaught(new Error(text), `${text}\nnothing was written`);
}
