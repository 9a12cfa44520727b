import { textOf } from '../../kubernetes/plain-data';
import { milliValue, parseQuantity } from '../../kubernetes/quantity';
import type { Plan, TemplatePlan } from '../../planner';

/** Amounts of resources in thousandths of their units, by name: `cpu`, `memory`, `pods`. */
export type Amounts = ReadonlyMap<string, bigint>;

/** What the replicas that are sure to run ask of a namespace, cluster by cluster. */
export class PlannedRequests {
  /** Namespace to cluster to amounts; the whole of a namespace stands under the empty cluster name. */
  readonly #amounts = new Map<string, Map<string, Map<string, bigint>>>();

  constructor(plan: Plan) {
    const clusters = plan.clusters.map(({ name }) => name);
    for (const template of plan.templates) this.#count(template, clusters);
  }

  /** What a namespace asks of a cluster; of all clusters together where none is named. */
  of(namespace: string, cluster = ''): Amounts {
    return this.#amounts.get(namespace)?.get(cluster) ?? new Map();
  }

  #count(template: TemplatePlan, clusters: readonly string[]): void {
    const { countsReplicas, replicaRequirements, manifest } = template;
    if (!countsReplicas) return;
    const namespace = textOf(manifest.object.metadata?.namespace);
    const each = [...Object.entries(replicaRequirements?.resourceRequest ?? {}), ['pods', '1'] as const];
    for (const cluster of clusters) {
      const { min } = template.replicasIn(cluster);
      if (min === 0) continue;
      for (const [resource, amount] of each) {
        const thousandthsOfOne = amountOf(amount);
        if (thousandthsOfOne === undefined) continue;
        this.#add(namespace, cluster, resource, thousandthsOfOne * BigInt(min));
        this.#add(namespace, '', resource, thousandthsOfOne * BigInt(min));
      }
    }
  }

  #add(namespace: string, cluster: string, resource: string, amount: bigint): void {
    const byCluster = entryOf(this.#amounts, namespace, () => new Map<string, Map<string, bigint>>());
    const amounts = entryOf(byCluster, cluster, () => new Map<string, bigint>());
    amounts.set(resource, (amounts.get(resource) ?? 0n) + amount);
  }
}

/** Thousandths of an amount as manifests write it; undefined for what is none. */
export function amountOf(value: unknown): bigint | undefined {
  const quantity = parseQuantity(value);
  return quantity && milliValue(quantity);
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
