import { apiGroup, type KubernetesObject } from '../kubernetes/object';

/** The steps of an apply, in the order that avoids a first wrong revision: whoever decides comes before whom it decides on. */
export const stages = [
  'namespaces',
  'definitions',
  'configuration',
  'overrides',
  'policies',
  'workloads',
  'autoscaling',
] as const;

export type Stage = (typeof stages)[number];

const builtInGroups: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'policy', 'autoscaling', 'extensions']);
const workloadKinds: ReadonlySet<string> = new Set([
  'Pod',
  'ReplicationController',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);
/** They look for the binding of a workload when they are made, and one of them only once. */
const actsOnWorkloads: ReadonlySet<string> = new Set([
  'HorizontalPodAutoscaler',
  'FederatedHPA',
  'CronFederatedHPA',
  'WorkloadRebalancer',
]);

/** The step in which an object is applied. Services, ConfigMaps and the like are configuration: they start nothing. */
export function stageOf({ apiVersion, kind }: KubernetesObject): Stage {
  const group = apiGroup(apiVersion);
  if (group === '' && kind === 'Namespace') return 'namespaces';
  if (group === 'apiextensions.k8s.io') return 'definitions';
  if (group === 'policy.karmada.io' && /^(Cluster)?OverridePolicy$/.test(kind)) return 'overrides';
  if (group === 'policy.karmada.io' && /^(Cluster)?PropagationPolicy$/.test(kind)) return 'policies';
  if (actsOnWorkloads.has(kind) && /^(autoscaling|(autoscaling|apps)\.karmada\.io)$/.test(group)) return 'autoscaling';
  if (workloadKinds.has(kind)) return 'workloads';
  // A kind that somebody else defined may well run something, and it may need configuration; the reverse is rare.
  return isBuiltIn(group) ? 'configuration' : 'workloads';
}

function isBuiltIn(group: string): boolean {
  return builtInGroups.has(group) || group.endsWith('.k8s.io') || group.endsWith('.karmada.io');
}

/** The objects by step, in the order of the steps; empty steps left out. */
export function staged(objects: readonly KubernetesObject[]): ReadonlyMap<Stage, readonly KubernetesObject[]> {
  return new Map(
    stages
      .map((stage) => [stage, objects.filter((object) => stageOf(object) === stage)] as const)
      .filter(([, members]) => members.length > 0),
  );
}
