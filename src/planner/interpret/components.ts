import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { Component } from '../plan';
import { flinkComponents } from './flink';
import { requirementsOfTemplate } from './third-party';

/**
 * The kinds whose components Karmada reads with the feature gate MultiplePodTemplatesScheduling, by `kindKey`.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/thirdparty/resourcecustomizations, componentResource
 */
export const componentInterpreters: ReadonlyMap<string, (template: KubernetesObject) => readonly Component[]> = new Map(
  [
    ['batch.volcano.sh/v1alpha1 Job', volcanoComponents],
    ['flink.apache.org/v1beta1 FlinkDeployment', flinkComponents],
    ['kubeflow.org/v1 PyTorchJob', ofReplicaSpecs('pytorchReplicaSpecs', ['Master', 'Worker'])],
    ['kubeflow.org/v1 TFJob', ofReplicaSpecs('tfReplicaSpecs', ['PS', 'Worker', 'Chief', 'Master', 'Evaluator'])],
    ['kubeflow.org/v2beta1 MPIJob', mpiComponents],
    ['ray.io/v1 RayCluster', ({ spec }) => rayComponents(spec)],
    ['ray.io/v1 RayJob', ({ spec }) => rayComponents(fieldAt(spec, 'rayClusterSpec'))],
    ['sparkoperator.k8s.io/v1beta2 SparkApplication', sparkComponents],
  ],
);

function componentOf(name: string, replicas: number, template: unknown): Component {
  const requirements = recordOf(template) ? requirementsOfTemplate(template) : undefined;
  return { name, replicas, ...(requirements && { requirements }) };
}

/** A number, or a text that is one. */
function numberOr(value: unknown, otherwise: number): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : otherwise;
}

function volcanoComponents({ spec }: KubernetesObject): readonly Component[] {
  return listOf(fieldAt(spec, 'tasks')).map((task, i) =>
    componentOf(
      textOf(fieldAt(task, 'name')) || `task-${i}`,
      numberOr(fieldAt(task, 'minAvailable'), 1),
      fieldAt(task, 'template'),
    ),
  );
}

function ofReplicaSpecs(field: string, roles: readonly string[]): (template: KubernetesObject) => readonly Component[] {
  return ({ spec }) =>
    roles.flatMap((role) => {
      const one = recordOf(fieldAt(spec, field, role));
      return one ? [componentOf(role.toLowerCase(), numberOr(one['replicas'], 1), one['template'])] : [];
    });
}

function mpiComponents({ spec }: KubernetesObject): readonly Component[] {
  return Object.entries(recordOf(fieldAt(spec, 'mpiReplicaSpecs')) ?? {}).flatMap(([name, one]) => {
    const template = fieldAt(one, 'template');
    const otherwise = name.toLowerCase() === 'worker' ? 0 : 1;
    return recordOf(template) ? [componentOf(name, numberOr(fieldAt(one, 'replicas'), otherwise), template)] : [];
  });
}

function rayComponents(cluster: unknown): readonly Component[] {
  const head = fieldAt(cluster, 'headGroupSpec', 'template');
  const workers = listOf(fieldAt(cluster, 'workerGroupSpecs')).map((group, i) =>
    componentOf(
      textOf(fieldAt(group, 'groupName')) || `worker-${i + 1}`,
      numberOr(fieldAt(group, 'replicas'), 0),
      fieldAt(group, 'template'),
    ),
  );
  return [...(recordOf(head) ? [componentOf('ray-head', 1, head)] : []), ...workers];
}

/** The memory of driver and executors follows from rules of Spark, so their requirements are left out. */
function sparkComponents({ spec }: KubernetesObject): readonly Component[] {
  const instances = numberOr(fieldAt(spec, 'executor', 'instances'), 1);
  const dynamic = (field: string) => numberOr(fieldAt(spec, 'dynamicAllocation', field), 1);
  const executors =
    fieldAt(spec, 'dynamicAllocation', 'enabled') === true
      ? Math.max(instances, dynamic('initialExecutors'), dynamic('minExecutors'))
      : instances;
  return [
    { name: 'driver', replicas: 1 },
    { name: 'executor', replicas: executors },
  ];
}
