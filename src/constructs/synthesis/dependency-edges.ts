import { Chart } from 'cdk8s';
import type { ConstructTree } from './construct-tree';

/**
 * The dependency graph. Vertices are the positions of the constructs in their tree, followed by groups. If all objects
 * under one construct depend on all objects under another, the number of pairs would be the product of both; instead the
 * latter form a group, and each of the former has one edge to it.
 */
export interface DependencyEdges {
  /** Number of vertices: constructs and groups. */
  readonly size: number;
  /** Vertices that must come before one, in the order in which cdk8s visits them; for a group, its objects. */
  readonly before: (vertex: number) => readonly number[];
  /** Whether there are no edges. */
  readonly isEmpty: boolean;
  /** Whether a chart depends on another or contains one, so that file names are numbered. */
  readonly chartsDepend: boolean;
}

const nothing: readonly number[] = [];

/** Position of a construct to the positions that it depends on, in order. */
type Dependencies = Map<number, Set<number>>;

/**
 * The edges of an application: declared dependencies, and those that follow from them.
 *
 * @throws ModelError `synth.no-chart`, `synth.cycle`
 * @see cdk8s 2.70 src/app.ts, resolveDependencies, which adds the same edges in the same order, pair by pair
 */
export function dependencyEdges(tree: ConstructTree): DependencyEdges {
  const { dependencies, leadElsewhere } = declaredDependencies(tree);
  const chartsNest = addNestedCharts(tree, dependencies);
  const chartsDepend = addChartsOfDependencies(tree, dependencies);
  const { groups, edges } = objectEdges(tree, dependencies);
  const constructs = tree.constructs.length;
  return {
    size: constructs + groups.length,
    before: (vertex) => (vertex < constructs ? edges.get(vertex) : groups[vertex - constructs]) ?? nothing,
    isEmpty: edges.size === 0,
    chartsDepend: chartsNest || chartsDepend || leadElsewhere,
  };
}

/** The declared dependencies, and whether any of them leads to a construct outside the tree. */
function declaredDependencies(tree: ConstructTree): { dependencies: Dependencies; leadElsewhere: boolean } {
  const dependencies: Dependencies = new Map();
  let leadElsewhere = false;
  tree.constructs.forEach((construct, source) => {
    for (const dependency of construct.node.dependencies) {
      const target = tree.positionOf(dependency);
      if (target !== undefined) {
        add(dependencies, source, target);
        continue;
      }
      const chart = Chart.of(dependency);
      if (chart === tree.chartOf(source)) continue;
      leadElsewhere = true;
      const chartPosition = tree.positionOf(chart);
      if (chartPosition !== undefined) add(dependencies, tree.chartPositionOf(source), chartPosition);
    }
  });
  return { dependencies, leadElsewhere };
}

/** A chart comes after the charts directly in it. */
function addNestedCharts(tree: ConstructTree, dependencies: Dependencies): boolean {
  let found = false;
  for (let parent = 0; parent < tree.constructs.length; parent++) {
    if (!tree.isChart(parent)) continue;
    for (let child = parent + 1; child < tree.endOf(parent); child = tree.endOf(child)) {
      if (!tree.isChart(child)) continue;
      for (const root of tree.rootsOf(child)) add(dependencies, parent, root);
      found = true;
    }
  }
  return found;
}

/**
 * A chart comes after the charts of the dependencies of its constructs. Where another construct stands for a chart, that
 * one's chart may come before as well: cdk8s repeats the step for every chart that it writes.
 */
function addChartsOfDependencies(tree: ConstructTree, dependencies: Dependencies): boolean {
  let found = false;
  for (let isComplete = false; !isComplete; ) {
    isComplete = true;
    for (const [source, target] of inTreeOrder(dependencies)) {
      const sourceChart = tree.chartPositionOf(source);
      const targetChart = tree.chartPositionOf(target);
      if (sourceChart === targetChart) continue;
      for (const root of tree.rootsOf(targetChart)) {
        if (add(dependencies, sourceChart, root)) isComplete &&= root === targetChart;
      }
      found = true;
    }
  }
  return found;
}

/** The objects under a construct come after the objects under its dependencies. */
function objectEdges(
  tree: ConstructTree,
  dependencies: Dependencies,
): { groups: number[][]; edges: Map<number, number[]> } {
  const edges = new Map([...dependencies].map(([source, targets]) => [source, [...targets]]));
  const groups: number[][] = [];
  const vertexOf = (objects: readonly number[]): number | undefined => {
    const roots = objects.flatMap((object) => tree.rootsOf(object));
    return roots.length > 1 ? tree.constructs.length + groups.push(roots) - 1 : roots[0];
  };
  const vertexUnder = new Map<number, number | undefined>();

  for (const [source, target] of inTreeOrder(dependencies)) {
    if (!vertexUnder.has(target)) vertexUnder.set(target, vertexOf(tree.objectsUnder(target)));
    const vertex = vertexUnder.get(target);
    const shared = objectUnderBoth(tree, source, target);
    for (const object of tree.objectsUnder(source)) {
      const first =
        object === shared ? vertexOf(tree.objectsUnder(target).filter((other) => other !== shared)) : vertex;
      if (first === undefined) continue;
      const known = edges.get(object);
      if (known === undefined) edges.set(object, [first]);
      else known.push(first);
    }
  }
  return { groups, edges };
}

/**
 * The object that both ends of a dependency contain, if one end is inside the other: it does not come before itself.
 * Two such objects would form a cycle.
 */
function objectUnderBoth(tree: ConstructTree, source: number, target: number): number | undefined {
  if (tree.chartOf(source) !== tree.chartOf(target)) return undefined;
  const [outer, inner] = source <= target ? [source, target] : [target, source];
  if (inner >= tree.endOf(outer)) return undefined;
  const [object, another] = tree.objectsUnder(inner);
  if (object !== undefined && another !== undefined) throw tree.cycleError([object, another]);
  return object;
}

/** All current dependencies, in the order of their constructs. */
function inTreeOrder(dependencies: Dependencies): [source: number, target: number][] {
  const sources = [...dependencies.keys()].sort((a, b) => a - b);
  return sources.flatMap((source) =>
    [...dependencies.get(source)!].map((target): [number, number] => [source, target]),
  );
}

/** @returns whether the dependency is new */
function add(dependencies: Dependencies, source: number, target: number): boolean {
  const targets = dependencies.get(source);
  if (targets === undefined) dependencies.set(source, new Set([target]));
  else if (targets.has(target)) return false;
  else targets.add(target);
  return true;
}
