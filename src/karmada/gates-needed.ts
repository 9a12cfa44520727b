import type { KubernetesObject } from '../kubernetes/object';
import { isRecord } from '../problem/check-properties';
import {
  defaultFeatureGates,
  type FeatureGateName,
  featureGateFlag,
  featureGates,
  type KarmadaComponent,
} from './feature-gates';
import { defaultKarmadaVersion, type KarmadaVersion } from './release';

/** A field, or a whole object, that does nothing while a feature gate is off. */
export interface GateNeed {
  readonly gate: FeatureGateName;
  /** The field that needs it; empty when the whole object does. */
  readonly path: string;
  /** What Karmada does while the gate is off. */
  readonly why: string;
  /** What switches the gate on: `--feature-gates=MultiClusterService=true`. */
  readonly flag: string;
  /** Programs that need the flag. */
  readonly components: readonly KarmadaComponent[];
}

/** One thing that needs a gate. */
interface GatedField {
  readonly gate: FeatureGateName;
  readonly group: string;
  readonly kinds: readonly string[];
  /** Steps to the field; none for the whole object. */
  readonly steps: readonly string[];
  readonly why: string;
  /** Whether what stands there needs the gate. @default - anything but an absent field does */
  readonly when?: (value: unknown, spec: Readonly<Record<string, unknown>>) => boolean;
}

const policy = 'policy.karmada.io';
const propagationPolicies = ['PropagationPolicy', 'ClusterPropagationPolicy'];
const statePreservationOff = 'the state of the failed copy is not carried over to the new one';

const gatedFields: readonly GatedField[] = [
  {
    gate: 'MultiClusterService',
    group: 'networking.karmada.io',
    kinds: ['MultiClusterService'],
    steps: [],
    why: 'no controller looks at a MultiClusterService, so the Service stays in its cluster',
  },
  {
    gate: 'Failover',
    group: policy,
    kinds: ['ClusterTaintPolicy'],
    steps: [],
    why: 'no controller looks at a ClusterTaintPolicy, so clusters get no taints',
  },
  {
    gate: 'FederatedQuotaEnforcement',
    group: policy,
    kinds: ['FederatedResourceQuota'],
    steps: ['spec', 'overall'],
    why: 'overall is not enforced, and without staticAssignments the quota does nothing else',
    when: (_, spec) => !Array.isArray(spec['staticAssignments']) || spec['staticAssignments'].length === 0,
  },
  {
    gate: 'PropagationPolicyPreemption',
    group: policy,
    kinds: propagationPolicies,
    steps: ['spec', 'preemption'],
    why: 'the policy does not take over what another policy has claimed',
    when: (preemption) => preemption === 'Always',
  },
  {
    gate: 'WorkloadAffinity',
    group: policy,
    kinds: propagationPolicies,
    steps: ['spec', 'placement', 'workloadAffinity'],
    why: 'workloads are placed without regard to each other',
  },
  {
    gate: 'PriorityBasedScheduling',
    group: policy,
    kinds: propagationPolicies,
    steps: ['spec', 'schedulePriority'],
    why: 'all workloads are scheduled with the same priority',
  },
  {
    gate: 'Failover',
    group: policy,
    kinds: propagationPolicies,
    steps: ['spec', 'failover', 'cluster'],
    why: 'nothing is evicted from a cluster that fails',
  },
  {
    gate: 'StatefulFailoverInjection',
    group: policy,
    kinds: propagationPolicies,
    steps: ['spec', 'failover', 'application', 'statePreservation'],
    why: statePreservationOff,
  },
  {
    gate: 'StatefulFailoverInjection',
    group: policy,
    kinds: propagationPolicies,
    steps: ['spec', 'failover', 'cluster', 'statePreservation'],
    why: statePreservationOff,
  },
  {
    gate: 'MultiplePodTemplatesScheduling',
    group: 'config.karmada.io',
    kinds: ['ResourceInterpreterCustomization'],
    steps: ['spec', 'customizations', 'componentResource'],
    why: 'Karmada never asks for components, only for replicas',
  },
];

/**
 * What in an object needs a feature gate that the release has off by default. With the gate off Karmada takes the object
 * and lets the field do nothing.
 *
 * @param declared - gates known to be on in the control plane. @default - none beyond those of the release
 * @example
 * ```ts
 * gatesNeeded(service) // [{ gate: 'MultiClusterService', flag: '--feature-gates=MultiClusterService=true', … }]
 * ```
 */
export function gatesNeeded(
  object: KubernetesObject,
  karmada: KarmadaVersion = defaultKarmadaVersion,
  declared: readonly string[] = [],
): readonly GateNeed[] {
  const on = new Set<string>([...defaultFeatureGates(karmada), ...declared]);
  return gatedFields
    .filter(({ gate }) => !on.has(gate))
    .filter((field) => isGated(object, field))
    .map(({ gate, steps, why }) => ({
      gate,
      path: steps.join('.'),
      why,
      flag: featureGateFlag(gate),
      components: featureGates.find(({ name }) => name === gate)!.components,
    }));
}

function isGated(object: KubernetesObject, { group, kinds, steps, when }: GatedField): boolean {
  if (!object.apiVersion.startsWith(`${group}/`) || !kinds.includes(object.kind)) return false;
  let value: unknown = object;
  for (const step of steps) value = isRecord(value) ? value[step] : undefined;
  if (value === undefined || value === null) return false;
  return when === undefined || when(value, isRecord(object.spec) ? object.spec : {});
}
