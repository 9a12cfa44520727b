import { anyText, fieldAt, listOf, type PlainRecord, recordOf } from '../../kubernetes/plain-data';
import {
  formatBinary,
  formatDecimal,
  formatMilli,
  milliValue,
  parseAmount,
  wholeValue,
} from '../../kubernetes/quantity';
import { isScheduledResource } from '../../kubernetes/resource-names';
import type { ReplicaRequirements } from '../plan';

/** Karmada fails to read the template, and then makes no binding. */
export class UnreadableTemplate extends Error {}

/** Amounts by resource name: thousandths for `cpu`, whole units for the others. */
type Amounts = Map<string, bigint>;

/**
 * What one replica requires of a cluster: the effective resource requests and the node constraints of a pod spec.
 * Missing requests default to the limits.
 *
 * @returns undefined if the pod spec states nothing; without replicas the template is then not a workload
 * @throws UnreadableTemplate when a quantity is malformed
 * @see Karmada v1.18.2 pkg/util/helper/binding.go, GenerateReplicaRequirements
 */
export function replicaRequirementsOf(podSpec: unknown): ReplicaRequirements | undefined {
  const nodeClaim = nodeClaimOf(podSpec);
  const resourceRequest = resourceRequestOf(podSpec);
  if (!nodeClaim && !resourceRequest) return undefined;
  return { ...(nodeClaim && { nodeClaim }), ...(resourceRequest && { resourceRequest }) };
}

function nodeClaimOf(podSpec: unknown): PlainRecord | undefined {
  const nodeSelector = recordOf(fieldAt(podSpec, 'nodeSelector'));
  const tolerations = listOf(fieldAt(podSpec, 'tolerations'));
  const hardNodeAffinity = recordOf(
    fieldAt(podSpec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'),
  );
  // The API server does not store an empty nodeSelector.
  const selects = nodeSelector !== undefined && Object.keys(nodeSelector).length > 0;
  if (!selects && !hardNodeAffinity && tolerations.length === 0) return undefined;
  return {
    ...(hardNodeAffinity && { hardNodeAffinity }),
    ...(selects && { nodeSelector }),
    ...(tolerations.length > 0 && { tolerations }),
  };
}

/** The higher of the sum over the containers and the highest init container, plus the overhead. */
function resourceRequestOf(podSpec: unknown): Readonly<Record<string, string>> | undefined {
  const amounts: Amounts = new Map();
  for (const container of listOf(fieldAt(podSpec, 'containers'))) add(amounts, requestsOf(container));
  for (const container of listOf(fieldAt(podSpec, 'initContainers'))) {
    for (const [name, amount] of amountsOf(requestsOf(container))) {
      if (amount > (amounts.get(name) ?? 0n)) amounts.set(name, amount);
    }
  }
  add(amounts, recordOf(fieldAt(podSpec, 'overhead')) ?? {});
  const stated = [...amounts].filter(([, amount]) => amount > 0n).sort(([a], [b]) => (a < b ? -1 : 1));
  return stated.length === 0
    ? undefined
    : Object.fromEntries(stated.map(([name, amount]) => [name, formatAmount(name, amount)]));
}

function requestsOf(container: unknown): PlainRecord {
  return {
    ...recordOf(fieldAt(container, 'resources', 'limits')),
    ...recordOf(fieldAt(container, 'resources', 'requests')),
  };
}

function add(amounts: Amounts, requests: PlainRecord): void {
  for (const [name, amount] of amountsOf(requests)) amounts.set(name, (amounts.get(name) ?? 0n) + amount);
}

function* amountsOf(requests: PlainRecord): Iterable<[string, bigint]> {
  for (const [name, value] of Object.entries(requests)) {
    const written = parseAmount(value);
    if (!written) throw new UnreadableTemplate(`"${anyText(value)}" is not an amount of ${name}`);
    if (name === 'cpu') yield [name, milliValue(written)];
    // Karmada ignores other names. See v1.18.2 pkg/util/lifted/resourcename.go.
    else if (isScheduledResource(name)) yield [name, wholeValue(written)];
  }
}

/** An amount in the notation of its resource, from thousandths of CPU or whole units of others. */
export function formatAmount(name: string, amount: bigint): string {
  if (name === 'cpu') return formatMilli(amount);
  const binary = name === 'memory' || name === 'ephemeral-storage' || name.startsWith('hugepages-');
  return binary ? formatBinary(amount) : formatDecimal(amount);
}
