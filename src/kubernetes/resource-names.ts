import { labelKeyProblems } from './names';

/**
 * Names of computing resources: `cpu`, `requests.memory`, `example.com/gpu`.
 *
 * @see Kubernetes pkg/apis/core/validation/validation.go and pkg/apis/core/helper/helpers.go
 */

const quotaResources: ReadonlySet<string> = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
]);

const countedResources: ReadonlySet<string> = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

const containerResources: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** Why a quota cannot limit the resource. */
export function quotaResourceProblems(name: string): readonly string[] {
  const problems = labelKeyProblems(name);
  if (problems.length > 0 || name.includes('/') || isQuotaResource(name)) return problems;
  return ['is not a resource that a quota supports'];
}

/** Why a container cannot request the resource. */
export function containerResourceProblems(name: string): readonly string[] {
  const problems = labelKeyProblems(name);
  if (problems.length > 0) return problems;
  if (!name.includes('/')) {
    const known = containerResources.has(name) || name.startsWith('hugepages-');
    return known ? [] : ['is not a resource of a container'];
  }
  return isNativeResource(name) || isExtendedResource(name) ? [] : ['is not an extended resource'];
}

/** Whether amounts of the resource are whole numbers: counted objects and devices. */
export function isWholeResource(name: string): boolean {
  return countedResources.has(name) || isExtendedResource(name);
}

/**
 * Whether a scheduler counts the resource for a pod: CPU, memory, storage, pods, huge pages, volumes and devices.
 *
 * @see Kubernetes pkg/scheduler/framework/types.go, Resource.Add
 */
export function isScheduledResource(name: string): boolean {
  if (containerResources.has(name) || name === 'pods') return true;
  if (name.startsWith('hugepages-') || name.startsWith('attachable-volumes-')) return true;
  return name.includes('kubernetes.io/') || isExtendedResource(name);
}

function isQuotaResource(name: string): boolean {
  return quotaResources.has(name) || name.startsWith('hugepages-') || name.startsWith('requests.hugepages-');
}

function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

function isExtendedResource(name: string): boolean {
  if (isNativeResource(name) || name.startsWith('requests.')) return false;
  return labelKeyProblems(`requests.${name}`).length === 0;
}
