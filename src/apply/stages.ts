import { isKarmadaGroup } from '../karmada/group';
import { isOverridePolicy, isPropagationPolicy } from '../karmada/policy-kinds';
import { builtInGroups } from '../kubernetes/built-in-kinds';
import { apiGroup, type KubernetesObject } from '../kubernetes/object';

const first = ['namespaces', 'definitions'] as const;
const last = ['workloads', 'autoscaling'] as const;

/** The steps of an apply, in order: policies before the workloads that they govern, so that no wrong revision runs first. */
const stages = [...first, 'configuration', 'overrides', 'policies', ...last] as const;

export type Stage = (typeof stages)[number];

/** The steps of pruning: deleting an override or policy before its workloads would reschedule them first. */
const pruneStages: readonly Stage[] = [
  ...last.toReversed(),
  'configuration',
  'policies',
  'overrides',
  ...first.toReversed(),
];

const workloadKinds = /^(Pod|ReplicationController|Deployment|ReplicaSet|StatefulSet|DaemonSet|Job|CronJob)$/;
/** These look up the binding of a workload when they are created; WorkloadRebalancer does so only once. */
const actsOnWorkloads = /^(HorizontalPodAutoscaler|FederatedHPA|CronFederatedHPA|WorkloadRebalancer)$/;

/** The step in which an object is applied. Services, ConfigMaps and the like are configuration: they start no pods. */
export function stageOf({ apiVersion, kind }: KubernetesObject): Stage {
  const group = apiGroup(apiVersion);
  if (group === '' && kind === 'Namespace') return 'namespaces';
  if (group === 'apiextensions.k8s.io') return 'definitions';
  if (isOverridePolicy({ apiVersion, kind })) return 'overrides';
  if (isPropagationPolicy({ apiVersion, kind })) return 'policies';
  if (actsOnWorkloads.test(kind) && /^(autoscaling|(autoscaling|apps)\.karmada\.io)$/.test(group)) return 'autoscaling';
  if (workloadKinds.test(kind)) return 'workloads';
  // A custom resource may start pods and need configuration; the reverse is rare.
  const isBuiltIn = builtInGroups.includes(group) || group.endsWith('.k8s.io') || isKarmadaGroup(group);
  return isBuiltIn ? 'configuration' : 'workloads';
}

/** Whether an object decides what members receive of others. */
export function isPolicy(object: KubernetesObject): boolean {
  return /^(policies|overrides)$/.test(stageOf(object));
}

/** The objects by step, in the order of applying, without empty steps. */
export function staged(objects: readonly KubernetesObject[]): ReadonlyMap<Stage, readonly KubernetesObject[]> {
  return inSteps(objects, stages);
}

/** The objects by step, in the order of pruning. */
export function pruneSteps(objects: readonly KubernetesObject[]): readonly (readonly KubernetesObject[])[] {
  return [...inSteps(objects, pruneStages).values()];
}

function inSteps(objects: readonly KubernetesObject[], order: readonly Stage[]) {
  const steps = order.map((stage) => [stage, objects.filter((object) => stageOf(object) === stage)] as const);
  return new Map(steps.filter(([, members]) => members.length > 0));
}
