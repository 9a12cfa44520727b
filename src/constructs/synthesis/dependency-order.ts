import type { ConstructTree } from './construct-tree';
import type { DependencyEdges } from './dependency-edges';

/**
 * Sorts the constructs of an application, or of one chart in it, so that each comes after what it depends on.
 * Every vertex is entered once, however many ways lead to it, so the time grows with the number of constructs and edges;
 * the order is that of cdk8s, which takes every way.
 *
 * @see cdk8s 2.70 src/dependency.ts, DependencyGraph
 */
export class DependencyOrder {
  readonly #tree: ConstructTree;
  readonly #edges: DependencyEdges;
  /** Number of the run in which something had to come after the vertex: one array serves all runs. */
  readonly #awaited: Uint32Array;
  /** Twice the number of the run that entered the vertex, plus one when the run has left it. */
  readonly #progress: Uint32Array;
  #run = 0;

  constructor(tree: ConstructTree, edges: DependencyEdges) {
    this.#tree = tree;
    this.#edges = edges;
    this.#awaited = new Uint32Array(edges.size);
    this.#progress = new Uint32Array(edges.size);
  }

  /**
   * The construct at `top` and all below it, sorted. Dependencies on constructs elsewhere do not count.
   *
   * @returns positions in the tree
   * @throws ModelError `synth.cycle`
   */
  under(top: number): number[] {
    this.#run++;
    const end = this.#tree.endOf(top);
    const order: number[] = [];
    const starts = this.#starts(top, end);
    if (this.#edges.isEmpty) return starts;
    for (const start of starts) this.#visit(start, top, end, order);
    // What is left waits for itself: every construct outside a circle is reached from one that nothing waits for.
    for (let vertex = top; vertex < end; vertex++) this.#visit(vertex, top, end, order);
    return order;
  }

  /** The constructs that nothing waits for, in the order in which cdk8s starts from them. */
  #starts(top: number, end: number): number[] {
    if (!this.#edges.isEmpty) for (let vertex = top; vertex < end; vertex++) this.#await(vertex);
    const starts: number[] = [];
    for (let vertex = top; vertex < end; vertex++) if (this.#isStart(vertex)) starts.push(vertex);
    if (top > 0) return starts;
    const first = new Set(this.#indices().filter((vertex) => this.#isStart(vertex)));
    return first.size === 0 ? starts : [...first, ...starts.filter((vertex) => !first.has(vertex))];
  }

  #isStart(vertex: number): boolean {
    return this.#awaited[vertex] !== this.#run;
  }

  /** cdk8s keeps constructs in an object by path, and JavaScript has keys that are array indices first: top-level constructs named so. */
  #indices(): number[] {
    const indices: number[] = [];
    for (let vertex = 1; vertex < this.#tree.constructs.length; vertex = this.#tree.endOf(vertex)) {
      const { path } = this.#tree.constructs[vertex]!.node;
      if (/^(?:0|[1-9][0-9]{0,9})$/.test(path) && Number(path) < 2 ** 32 - 1) indices.push(vertex);
    }
    return indices;
  }

  #await(vertex: number): void {
    for (const before of this.#edges.before(vertex)) {
      if (this.#awaited[before] === this.#run) continue;
      this.#awaited[before] = this.#run;
      if (before >= this.#tree.constructs.length) this.#await(before);
    }
  }

  /** Depth first with a stack of our own: a chain of dependencies may be longer than the call stack. */
  #visit(start: number, top: number, end: number, order: number[]): void {
    const entered = 2 * this.#run;
    const constructs = this.#tree.constructs.length;
    if ((this.#progress[start] as number) >= entered) return;
    if (this.#edges.before(start).length === 0) {
      this.#progress[start] = entered + 1;
      order.push(start);
      return;
    }
    const stack = [{ vertex: start, next: 0 }];
    this.#progress[start] = entered;
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const before = this.#edges.before(frame.vertex)[frame.next++];
      if (before === undefined) {
        stack.pop();
        this.#progress[frame.vertex] = entered + 1;
        if (frame.vertex < constructs) order.push(frame.vertex);
      } else if (before >= constructs || (before >= top && before < end)) {
        if (this.#progress[before] === entered) {
          const open = stack.map(({ vertex }) => vertex);
          throw this.#tree.cycleError(open.slice(open.indexOf(before)).filter((vertex) => vertex < constructs));
        }
        if (this.#progress[before] === entered + 1) continue;
        this.#progress[before] = entered;
        stack.push({ vertex: before, next: 0 });
      }
    }
  }
}
