import { atLeast, type KarmadaVersion } from './release';

/** Names of Karmada's feature gates. */
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

/** Karmada components with the flag `--feature-gates`. */
export type KarmadaComponent =
  | 'karmada-agent'
  | 'karmada-controller-manager'
  | 'karmada-scheduler'
  | 'karmada-scheduler-estimator'
  | 'karmada-webhook';

export interface FeatureGate {
  readonly name: FeatureGateName;
  /** First modelled release that has the gate. */
  readonly since: KarmadaVersion;
  /** First modelled release in which it is on by default. @default - off in all of them */
  readonly onSince?: KarmadaVersion;
  /** Components that use it and must have the same setting. */
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

/** Gates that are on by default in a release. */
export function defaultFeatureGates(karmada: KarmadaVersion): readonly FeatureGateName[] {
  return featureGates
    .filter(({ onSince }) => onSince !== undefined && atLeast(karmada, onSince))
    .map(({ name }) => name);
}

/** Gates of a release. Its components do not start with an unknown gate. */
export function knownFeatureGates(karmada: KarmadaVersion): readonly FeatureGateName[] {
  return featureGates.filter(({ since }) => atLeast(karmada, since)).map(({ name }) => name);
}

/** The command-line flag that turns the gate on. */
export function featureGateFlag(gate: FeatureGateName): string {
  return `--feature-gates=${gate}=true`;
}
