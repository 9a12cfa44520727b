import { Chart } from 'cdk8s';
import type { ConstructTree } from './construct-tree';

/**
 * What must come before what. Vertices are the positions of the constructs in their tree, and behind those, groups:
 * when everything under one construct must come after everything under another, the pairs would grow with the product of the two,
 * so the objects that must come first are one group, and each of the others has one edge to it.
 */
export interface DependencyEdges {
  /** Number of vertices: constructs and groups. */
  readonly size: number;
  /** Vertices that must come before one, in the order in which cdk8s explores them; the objects of a group, for a group. */
  readonly before: (vertex: number) => readonly number[];
  /** Whether there is nothing to sort. */
  readonly isEmpty: boolean;
  /** Whether a chart depends on another or contains one: file names are numbered then. */
  readonly chartsDepend: boolean;
}

const nothing: readonly number[] = [];

/** Position of a construct to those that it depends on, in order. */
type Dependencies = Map<number, Set<number>>;

/**
 * The edges of an application: what authors declared, and what follows from it.
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

/** What authors declared, and whether something depends on what is in no chart of the application, or no longer. */
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

/** A chart comes after the charts of whatever its constructs depend on. */
function addChartsOfDependencies(tree: ConstructTree, dependencies: Dependencies): boolean {
  let found = false;
  for (const [source, target] of inTreeOrder(dependencies)) {
    const sourceChart = tree.chartPositionOf(source);
    const targetChart = tree.chartPositionOf(target);
    if (sourceChart === targetChart) continue;
    for (const root of tree.rootsOf(targetChart)) add(dependencies, sourceChart, root);
    found = true;
  }
  return found;
}

/** The objects under a construct come after the objects under what it depends on. */
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
 * The object that both ends of a dependency contain, where one end is inside the other: it does not come before itself.
 * Two such objects would each have to come before the other.
 */
function objectUnderBoth(tree: ConstructTree, source: number, target: number): number | undefined {
  if (tree.chartOf(source) !== tree.chartOf(target)) return undefined;
  const [outer, inner] = source <= target ? [source, target] : [target, source];
  if (inner >= tree.endOf(outer)) return undefined;
  const [object, another] = tree.objectsUnder(inner);
  if (object !== undefined && another !== undefined) throw tree.cycleError([object, another]);
  return object;
}

/** All dependencies as they are now, those of the first construct first. */
function inTreeOrder(dependencies: Dependencies): [source: number, target: number][] {
  const sources = [...dependencies.keys()].sort((a, b) => a - b);
  return sources.flatMap((source) =>
    [...dependencies.get(source)!].map((target): [number, number] => [source, target]),
  );
}

function add(dependencies: Dependencies, source: number, target: number): void {
  const targets = dependencies.get(source);
  if (targets === undefined) dependencies.set(source, new Set([target]));
  else targets.add(target);
}
