import { atLeast, type KarmadaVersion } from './release';

/** Feature gates of Karmada, by name. */
export type FeatureGateName =
  | 'ControllerPriorityQueue'
  | 'CustomizedClusterResourceModeling'
  | 'Failover'
  | 'FederatedQuotaEnforcement'
  | 'GracefulEviction'
  | 'MultiClusterService'
  | 'MultiplePodTemplatesScheduling'
  | 'PriorityBasedScheduling'
  | 'PropagateDeps'
  | 'PropagationPolicyPreemption'
  | 'ResourceQuotaEstimate'
  | 'SchedulingOvercommitProtection'
  | 'StatefulFailoverInjection'
  | 'WorkloadAffinity';

/** Programs of Karmada that take `--feature-gates`. */
export type KarmadaComponent =
  | 'karmada-agent'
  | 'karmada-controller-manager'
  | 'karmada-scheduler'
  | 'karmada-scheduler-estimator'
  | 'karmada-webhook';

/** A switch of Karmada for a feature. */
export interface FeatureGate {
  readonly name: FeatureGateName;
  /** Release that has it first, among those modelled. */
  readonly since: KarmadaVersion;
  /** First modelled release that has it on by default. @default - off in all of them */
  readonly onSince?: KarmadaVersion;
  /** Programs that look at it, and have to agree on it. */
  readonly components: readonly KarmadaComponent[];
}

const agent = 'karmada-agent';
const manager = 'karmada-controller-manager';
const scheduler = 'karmada-scheduler';
const estimator = 'karmada-scheduler-estimator';
const webhook = 'karmada-webhook';

/**
 * Every feature gate of the modelled releases.
 *
 * @see Karmada v1.18.2 pkg/features/features.go
 */
export const featureGates: readonly FeatureGate[] = [
  { name: 'ControllerPriorityQueue', since: '1.16', onSince: '1.17', components: [manager, agent] },
  {
    name: 'CustomizedClusterResourceModeling',
    since: '1.16',
    onSince: '1.16',
    components: [manager, agent, scheduler],
  },
  { name: 'Failover', since: '1.16', components: [manager] },
  { name: 'FederatedQuotaEnforcement', since: '1.16', components: [manager, webhook] },
  { name: 'GracefulEviction', since: '1.16', onSince: '1.16', components: [manager] },
  { name: 'MultiClusterService', since: '1.16', components: [manager, agent] },
  { name: 'MultiplePodTemplatesScheduling', since: '1.16', components: [manager, scheduler, webhook] },
  { name: 'PriorityBasedScheduling', since: '1.16', onSince: '1.19', components: [manager, scheduler] },
  { name: 'PropagateDeps', since: '1.16', onSince: '1.16', components: [manager] },
  { name: 'PropagationPolicyPreemption', since: '1.16', components: [manager] },
  { name: 'ResourceQuotaEstimate', since: '1.16', components: [manager, estimator] },
  { name: 'SchedulingOvercommitProtection', since: '1.18', components: [scheduler, estimator] },
  { name: 'StatefulFailoverInjection', since: '1.16', components: [manager] },
  { name: 'WorkloadAffinity', since: '1.17', components: [manager, scheduler] },
];

/** Names of the gates that a release has on when nobody sets them. */
export function defaultFeatureGates(karmada: KarmadaVersion): readonly FeatureGateName[] {
  return featureGates
    .filter(({ onSince }) => onSince !== undefined && atLeast(karmada, onSince))
    .map(({ name }) => name);
}

/** Names of the gates that a release knows; it does not start with one that it does not. */
export function knownFeatureGates(karmada: KarmadaVersion): readonly FeatureGateName[] {
  return featureGates.filter(({ since }) => atLeast(karmada, since)).map(({ name }) => name);
}

/** What a program of Karmada is started with to have the gate on. */
export function featureGateFlag(gate: FeatureGateName): string {
  return `--feature-gates=${gate}=true`;
}
