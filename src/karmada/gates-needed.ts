import { apiGroup, type KubernetesObject } from '../kubernetes/object';
import { isRecord } from '../problem/record';
import {
  defaultFeatureGates,
  type FeatureGateName,
  featureGateFlag,
  featureGates,
  type KarmadaComponent,
} from './feature-gates';
import { defaultKarmadaVersion, type KarmadaVersion } from './release';

/** A field or object that has no effect while a feature gate is off. */
export interface GateNeed {
  readonly gate: FeatureGateName;
  /** The field that requires it; empty for the whole object. */
  readonly path: string;
  /** What Karmada does while the gate is off. */
  readonly why: string;
  /** Flag that turns the gate on: `--feature-gates=MultiClusterService=true`. */
  readonly flag: string;
  /** Components that require the flag. */
  readonly components: readonly KarmadaComponent[];
}

interface GatedField {
  readonly gate: FeatureGateName;
  readonly group: string;
  readonly kinds: readonly string[];
  /** Path of the field; empty for the whole object. */
  readonly steps: readonly string[];
  readonly why: string;
  /** Whether the value requires the gate. @default - any present value does */
  readonly when?: (value: unknown, spec: Readonly<Record<string, unknown>>) => boolean;
}

const policy = 'policy.karmada.io';
const propagationPolicies = ['PropagationPolicy', 'ClusterPropagationPolicy'];
const statePreservationOff = 'the state of the failed copy is not transferred to the new one';

const gatedFields: readonly GatedField[] = [
  {
    gate: 'MultiClusterService',
    group: 'networking.karmada.io',
    kinds: ['MultiClusterService'],
    steps: [],
    why: 'no controller processes MultiClusterServices, so the Service stays in its cluster',
  },
  {
    gate: 'Failover',
    group: policy,
    kinds: ['ClusterTaintPolicy'],
    steps: [],
    why: 'no controller processes ClusterTaintPolicies, so clusters get no taints',
  },
  {
    gate: 'FederatedQuotaEnforcement',
    group: policy,
    kinds: ['FederatedResourceQuota'],
    steps: ['spec', 'overall'],
    why: 'overall is not enforced, and without staticAssignments the quota has no other effect',
    when: (_, spec) => !Array.isArray(spec['staticAssignments']) || spec['staticAssignments'].length === 0,
  },
  {
    gate: 'PropagationPolicyPreemption',
    group: policy,
    kinds: propagationPolicies,
    steps: ['spec', 'preemption'],
    why: 'the policy does not take over objects that another policy has claimed',
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
    why: 'nothing is evicted from a failed cluster',
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
    why: 'Karmada never requests components, only replicas',
  },
];

const gatedKinds: ReadonlySet<string> = new Set(gatedFields.flatMap(({ kinds }) => kinds));

/**
 * The fields of an object that require a feature gate which is off by default in the release. With the gate off, Karmada
 * accepts the object and ignores the field.
 *
 * @param declared - gates that are on in the control plane, in addition to the defaults of the release
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
  if (!gatedKinds.has(object.kind)) return [];
  const present = gatedFields.filter((field) => isGated(object, field));
  if (present.length === 0) return [];
  const on = new Set<string>([...defaultFeatureGates(karmada), ...declared]);
  return present
    .filter(({ gate }) => !on.has(gate))
    .map(({ gate, steps, why }) => ({
      gate,
      path: steps.join('.'),
      why,
      flag: featureGateFlag(gate),
      components: featureGates.find(({ name }) => name === gate)!.components,
    }));
}

function isGated(object: KubernetesObject, { group, kinds, steps, when }: GatedField): boolean {
  if (!kinds.includes(object.kind) || apiGroup(object.apiVersion) !== group) return false;
  let value: unknown = object;
  for (const step of steps) value = isRecord(value) ? value[step] : undefined;
  if (value === undefined || value === null) return false;
  return when === undefined || when(value, isRecord(object.spec) ? object.spec : {});
}
