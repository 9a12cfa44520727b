import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf } from '../../kubernetes/plain-data';
import { isMore } from '../../kubernetes/quantity';
import type { ReplicaRequirements } from '../plan';
import type { StatedReplicas } from './kind-interpreter';
import { replicaRequirementsOf } from './pod-requirements';

/** The head pod and all workers count as replicas; each counts with the requirements of the largest of them. */
export function rayServiceReplicas(service: KubernetesObject): StatedReplicas {
  const cluster = fieldAt(service, 'spec', 'rayClusterConfig');
  const head = fieldAt(cluster, 'headGroupSpec', 'template');
  if (!recordOf(head)) return { replicas: 0 };
  const groups = listOf(fieldAt(cluster, 'workerGroupSpecs'));
  const own = replicaRequirementsOf(fieldAt(head, 'spec'));
  const others = groups.map((group) => replicaRequirementsOf(fieldAt(group, 'template', 'spec')));
  return {
    replicas: groups.reduce<number>((sum, group) => sum + workersOf(group), 1),
    requirements: own && withLargest(own, others),
  };
}

/**
 * Divides all replicas except the head pod among the worker groups, in proportion to their current numbers; the last
 * group takes the remainder.
 */
export function reviseRayService(service: KubernetesObject, replicas: number): KubernetesObject {
  const spec = recordOf(service.spec);
  const cluster = recordOf(spec?.['rayClusterConfig']);
  const groups = listOf(cluster?.['workerGroupSpecs']);
  if (groups.length === 0) return service;
  const workers = divideWorkers(groups.map(workersOf), Math.max(0, replicas - 1));
  const workerGroupSpecs = groups.map((group, i) => ({ ...recordOf(group), replicas: workers[i] }));
  return { ...service, spec: { ...spec, rayClusterConfig: { ...cluster, workerGroupSpecs } } };
}

function divideWorkers(current: readonly number[], total: number): number[] {
  if (total === 0) return current.map(() => 0);
  const sum = current.reduce((a, b) => a + b, 0);
  let given = 0;
  return current.map((workers, i) => {
    if (i === current.length - 1) return total - given;
    const equal = Math.floor(total / current.length) + (i < total % current.length ? 1 : 0);
    const share = sum === 0 ? equal : Math.floor((total * workers) / sum + 0.5);
    given += share;
    return share;
  });
}

function workersOf(group: unknown): number {
  const replicas = fieldAt(group, 'replicas');
  return typeof replicas === 'number' ? replicas : 0;
}

function withLargest(
  own: ReplicaRequirements,
  others: readonly (ReplicaRequirements | undefined)[],
): ReplicaRequirements {
  const request: Record<string, string> = { ...own.resourceRequest };
  for (const other of others) {
    for (const name of ['cpu', 'memory']) {
      const amount = other?.resourceRequest?.[name];
      if (amount !== undefined && isMore(amount, request[name] ?? '0')) request[name] = amount;
    }
  }
  return Object.keys(request).length === 0 ? own : { ...own, resourceRequest: request };
}
