import { Contract, type FederatedApp, type Placement } from 'cdk8s-karmada';
import { fleet } from './fleet';

/** What a tier promises: where its services run, with how many replicas, and what a loss may cost. */
export interface Tier {
  readonly placement: Placement;
  readonly replicas: number;
  /** Pods that a drained node must leave in each cluster. */
  readonly minAvailable: number;
  contracts(service: FederatedApp): readonly Contract[];
}

/** The tiers of the company. */
export const tiers = {
  /** In all clusters: no cluster and no region takes it down. */
  critical: {
    placement: fleet.evenly(fleet.all()),
    replicas: 6,
    minAvailable: 1,
    contracts: (service) => [
      Contract.on(service).keeps(4).whenLosing('any cluster'),
      Contract.on(service).keeps(2).whenLosing('any region'),
    ],
  },
  /** In two clusters of one region: no single cluster takes it down. */
  standard: {
    placement: fleet.evenly('eu-1', 'eu-2'),
    replicas: 2,
    minAvailable: 0,
    contracts: (service) => [Contract.on(service).keeps(1).whenLosing('any cluster')],
  },
} as const satisfies Record<string, Tier>;
