import { dnsSubdomainProblems, type NameCheck, wildcardSubdomainProblems } from '../../kubernetes/names';

/** Why the host of an ingress is invalid: it is a domain, or `*.` and a domain. */
export const ingressHostProblems: NameCheck = (host) =>
  host.includes('*') ? wildcardSubdomainProblems(host) : dnsSubdomainProblems(host);

/**
 * Why the path of an ingress is invalid for its type: `Exact`, `Prefix` or `ImplementationSpecific`.
 *
 * @see Kubernetes pkg/apis/networking/validation/validation.go, validateHTTPIngressPath
 */
export function ingressPathProblems(path: string, pathType: string): readonly string[] {
  if (pathType === 'ImplementationSpecific') return path === '' || path.startsWith('/') ? [] : ['must begin with "/"'];
  const problems = path.startsWith('/') ? [] : ['must begin with "/"'];
  for (const sequence of ['//', '/./', '/../', '%2f', '%2F']) {
    if (path.includes(sequence)) problems.push(`must not contain "${sequence}"`);
  }
  for (const suffix of ['/..', '/.']) if (path.endsWith(suffix)) problems.push(`must not end with "${suffix}"`);
  return problems;
}
