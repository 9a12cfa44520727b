import { type Count, type CountedAmount, difference, lower, quotient } from './amount';
import type { ClusterRoom } from './cluster-room';
import { type NodeClass, nodeRequest, podsPerNode } from './node-classes';
import { countIn, type ReplicaRequest } from './request';

/** One part of a workload with several pod templates. */
export interface ComponentRequest {
  readonly replicas: number;
  readonly request: ReplicaRequest;
}

/**
 * Complete sets of components that fit into what the summary has left.
 *
 * @param atMost - sets for which there are pod slots
 * @returns the sets, and whether the components request anything
 * @see Karmada v1.18.2 pkg/estimator/client/general.go, resourceBoundedSets
 */
export function setsBySummary(
  { left }: ClusterRoom,
  components: readonly ComponentRequest[],
  atMost: Count,
): { sets: Count; requesting: boolean } {
  const needs = new Map<string, bigint>();
  for (const { replicas, request } of components) {
    for (const { resource, ...amount } of request) {
      const need = BigInt.asIntN(64, BigInt(replicas) * BigInt(countByFormat(amount)));
      needs.set(resource, BigInt.asIntN(64, (needs.get(resource) ?? 0n) + need));
    }
  }
  let sets = atMost;
  let requesting = false;
  for (const [resource, need] of needs) {
    if (need !== 0n) requesting = true;
    if (need <= 0n) continue;
    const has = left.get(resource);
    const count = has ? countByFormat(has) : 0;
    sets = count <= 0 ? 0 : lower(sets, quotient(count, need));
    if (sets <= 0) break;
  }
  return { sets, requesting };
}

/**
 * Karmada reads decimal amounts in thousandths and binary ones in units, whatever the resource. So decimal requests
 * against binary capacity count 1000 times too much, and binary against decimal too little.
 */
function countByFormat({ binary, units, millis }: CountedAmount): Count {
  return binary ? units : millis;
}

/** A node that some components are placed on. */
interface Node {
  readonly free: Map<string, Count>;
  pods: number;
}

/** Nodes of one grade. Untouched nodes are alike, so they are not listed. */
interface NodePool {
  readonly least: ReadonlyMap<string, Count>;
  readonly touched: Node[];
  untouched: number;
}

/** Placements after which the packing is given up: a fleet does not reach it. */
const mostPlacements = 5_000_000;
/**
 * Sets of components that fit onto the nodes: one set after the other, each replica on the first node with room.
 *
 * @param atMost - sets to try
 * @returns undefined if there are too many pods to pack
 * @see Karmada v1.18.2 pkg/estimator/scheduling_simulator_components.go
 */
export function setsByNodes(
  classes: readonly NodeClass[],
  components: readonly ComponentRequest[],
  atMost: Count,
): number | undefined {
  const pools = classes.map(
    ({ nodes, least }): NodePool => ({
      least: new Map([...least].map(([resource, amount]) => [resource, countIn(resource, amount)])),
      touched: [],
      untouched: nodes,
    }),
  );
  const packed = components.map(({ replicas, request }) => ({
    replicas,
    request: nodeRequest(request),
    // Room only shrinks: a node without room for a component never has it again.
    from: pools.map(() => 0),
  }));
  let placements = 0;
  for (let sets = 0; sets < atMost; sets++) {
    for (const { replicas, request, from } of packed) {
      for (let replica = 0; replica < replicas; replica++) {
        if (++placements > mostPlacements) return undefined;
        if (!place(pools, request, from)) return sets;
      }
    }
  }
  return Number(atMost);
}

function place(pools: readonly NodePool[], request: ReplicaRequest, from: number[]): boolean {
  for (const [position, pool] of pools.entries()) {
    let at = from[position] as number;
    while (at < pool.touched.length && !takes(pool.touched[at] as Node, request)) at++;
    from[position] = at;
    if (at < pool.touched.length) return true;
    if (pool.untouched === 0) continue;
    const node: Node = { free: new Map(pool.least), pods: podsPerNode };
    if (!takes(node, request)) continue;
    pool.untouched--;
    pool.touched.push(node);
    return true;
  }
  return false;
}

/** Takes the room of one replica from a node that has it. */
function takes(node: Node, request: ReplicaRequest): boolean {
  if (node.pods === 0) return false;
  for (const requested of request) {
    const free = node.free.get(requested.resource);
    if (free === undefined || free < countIn(requested.resource, requested)) return false;
  }
  node.pods--;
  for (const requested of request) {
    const { resource } = requested;
    node.free.set(resource, difference(node.free.get(resource) as Count, countIn(resource, requested)));
  }
  return true;
}
