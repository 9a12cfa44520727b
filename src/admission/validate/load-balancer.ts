import { child, item } from '../../kubernetes/field-path';
import { isIpAddress } from '../../kubernetes/ip';
import { dnsSubdomainProblems } from '../../kubernetes/names';
import { type FieldProblem, fieldProblem } from '../../problem/problem';

/** `status.loadBalancer` of a Service or Ingress. */
export interface LoadBalancerStatus {
  readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[];
}

/**
 * Why Kubernetes rejects the addresses of a load balancer.
 *
 * @see Karmada v1.18.2 pkg/util/lifted/validatingmcs.go, ValidateLoadBalancerStatus
 */
export function* loadBalancerCauses(status: LoadBalancerStatus | undefined, path: string): Iterable<FieldProblem> {
  for (const [index, { ip = '', hostname = '' }] of (status?.ingress ?? []).entries()) {
    const at = item(child(path, 'ingress'), index);
    const fix = 'leave the status to the controller';
    if (ip !== '' && !isIpAddress(ip))
      yield fieldProblem('load-balancer', child(at, 'ip'), `"${ip}" is not an IP address`, fix);
    if (hostname === '') continue;
    for (const problem of dnsSubdomainProblems(hostname)) {
      yield fieldProblem('load-balancer', child(at, 'hostname'), `"${hostname}" ${problem}`, fix);
    }
    if (isIpAddress(hostname)) {
      yield fieldProblem('load-balancer', child(at, 'hostname'), `"${hostname}" is an IP address`, fix);
    }
  }
}
