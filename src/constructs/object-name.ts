import { apiGroup } from '../kubernetes/object';

/**
 * What is wrong with the name of an object, by the rule of its kind.
 *
 * @returns nothing when Kubernetes takes the name, else the rule it breaks, such as `is longer than 63 characters`
 * @see Kubernetes apimachinery pkg/api/validation/generic.go and pkg/util/validation
 */
export function objectNameProblem(apiVersion: string, kind: string, name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '') return 'is empty';
  const group = apiGroup(apiVersion);
  if (group === 'rbac.authorization.k8s.io' || kind === 'APIService') return pathSegmentProblem(name);
  if ((group === '' && kind === 'Service') || kind === 'MultiClusterService') return dns1035LabelProblem(name);
  if (group === '' && kind === 'Namespace') return dnsLabelProblem(name);
  if (group === 'batch' && kind === 'CronJob' && name.length > 52) {
    return 'is longer than 52 characters, and the Jobs of a CronJob are named after it';
  }
  if (group === 'batch' && kind === 'Job' && name.length > 63) {
    return 'is longer than 63 characters, and the pods of a Job are labelled with it';
  }
  return dnsSubdomainProblem(name);
}

/** What is wrong with a DNS label: the name of a namespace, of a container. */
export function dnsLabelProblem(name: string): string | undefined {
  if (name.length > 63) return 'is longer than 63 characters';
  return dnsLabel.test(name) ? undefined : `${onlyLabel}, a letter or digit first and last`;
}

function dns1035LabelProblem(name: string): string | undefined {
  if (name.length > 63) return 'is longer than 63 characters';
  return dns1035Label.test(name) ? undefined : `${onlyLabel}, a letter first and a letter or digit last`;
}

function dnsSubdomainProblem(name: string): string | undefined {
  if (name.length > 253) return 'is longer than 253 characters';
  return dnsSubdomain.test(name)
    ? undefined
    : 'may hold only lower-case letters, digits, "-" and ".", a letter or digit first and last in each part';
}

function pathSegmentProblem(name: string): string | undefined {
  if (name === '.' || name === '..') return 'must not be "." or ".."';
  return /[/%]/.test(name) ? 'must not hold "/" or "%"' : undefined;
}

const onlyLabel = 'may hold only lower-case letters, digits and "-"';
const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dns1035Label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
