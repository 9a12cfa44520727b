import type { ReplicaRequirements } from '../plan';
import { type Count, type CountedAmount, readAmount } from './amount';

/** The request of one replica for one resource. */
export interface ResourceRequest extends CountedAmount {
  readonly resource: string;
}

/** What one replica requests; other requirements play no part in an estimate. */
export type ReplicaRequest = readonly ResourceRequest[];

/** Reads the requests of a replica. Amounts that are not quantities are left out: Karmada would not have stored them. */
export function requestOf({ resourceRequest = {} }: ReplicaRequirements): ReplicaRequest {
  return Object.entries(resourceRequest).flatMap(([resource, value]) => {
    const amount = readAmount(value);
    return amount ? [{ resource, ...amount }] : [];
  });
}

/** Text that is equal for equal requests. */
export function requestKey(requirements: ReplicaRequirements | undefined): string {
  return requirements ? JSON.stringify(requirements.resourceRequest ?? {}) : '';
}

/** An amount in the unit in which Karmada counts its resource: thousandths of CPU, whole units of others. */
export function countIn(resource: string, amount: CountedAmount): Count {
  return resource === 'cpu' ? amount.millis : amount.units;
}
