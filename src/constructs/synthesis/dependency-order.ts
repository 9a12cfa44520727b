import type { ConstructTree } from './construct-tree';
import type { DependencyEdges } from './dependency-edges';

/**
 * Sorts the constructs of an application, or of one chart in it, so that each comes after its dependencies.
 * The order is that of cdk8s. cdk8s follows every path; here every vertex is entered once, so the time is linear in the
 * number of constructs and edges.
 *
 * @see cdk8s 2.70 src/dependency.ts, DependencyGraph
 */
export class DependencyOrder {
  readonly #tree: ConstructTree;
  readonly #edges: DependencyEdges;
  /** Number of the last run in which another vertex depended on the vertex. One array serves all runs. */
  readonly #awaited: Uint32Array;
  /** Twice the number of the run that entered the vertex, plus one if the run has left it. */
  readonly #progress: Uint32Array;
  #run = 0;

  constructor(tree: ConstructTree, edges: DependencyEdges) {
    this.#tree = tree;
    this.#edges = edges;
    this.#awaited = new Uint32Array(edges.size);
    this.#progress = new Uint32Array(edges.size);
  }

  /**
   * The construct at `top` and all below it, sorted. Dependencies on other constructs are ignored.
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
    // Only cycles are left: every other construct was reached from a start.
    for (let vertex = top; vertex < end; vertex++) this.#visit(vertex, top, end, order);
    return order;
  }

  /** The constructs that no other depends on, in the order in which cdk8s starts from them. */
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

  /** Top-level constructs with array indices as ids. cdk8s keeps constructs in an object by path, and JavaScript lists such keys first. */
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

  /** Depth first, without recursion: a chain of dependencies may be longer than the call stack. */
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
