import { child, item } from '../../kubernetes/field-path';
import { isIpAddress } from '../../kubernetes/ip';
import { metadataCauses, metadataUpdateCauses, resourceVersionCauses } from '../../kubernetes/metadata';
import { dnsSubdomainProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import { ingressHostProblems, ingressPathProblems } from '../kubernetes/ingress';
import type { Review } from '../review';
import { type IngressBackend, ingressBackendCauses } from './ingress-backend';
import { type LoadBalancerStatus, loadBalancerCauses } from './load-balancer';

interface IngressPath {
  readonly path?: string;
  readonly pathType?: string;
  readonly backend?: IngressBackend;
}

interface IngressRule {
  readonly host?: string;
  readonly http?: { readonly paths?: readonly IngressPath[] };
}

interface IngressTls {
  readonly hosts?: readonly string[];
  readonly secretName?: string;
}

export type MultiClusterIngressObject = KubernetesObject & {
  readonly spec?: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: IngressBackend;
    readonly rules?: readonly IngressRule[];
    readonly tls?: readonly IngressTls[];
  };
  readonly status?: { readonly loadBalancer?: LoadBalancerStatus };
};

const pathTypes: readonly string[] = ['Exact', 'Prefix', 'ImplementationSpecific'];

/**
 * Why Karmada's webhook rejects a MultiClusterIngress: the rules of a Kubernetes Ingress.
 *
 * @see Karmada v1.18.2 pkg/webhook/multiclusteringress/validating.go; pkg/util/lifted/validatingmci.go
 */
export function* multiClusterIngressCauses(review: Review<MultiClusterIngressObject>): Iterable<FieldProblem> {
  const { object, oldObject, operation } = review;
  if (operation === 'UPDATE') {
    yield* metadataUpdateCauses(object.metadata ?? {}, oldObject?.metadata ?? {});
    if (!review.behindApiServer) yield* resourceVersionCauses(object.metadata ?? {});
    yield* loadBalancerCauses(object.status?.loadBalancer, 'status.loadBalancer');
  }
  yield* metadataCauses(object.metadata ?? {}, true, dnsSubdomainProblems);
  const { defaultBackend, rules = [], tls = [], ingressClassName } = object.spec ?? {};
  if (rules.length === 0 && !defaultBackend) {
    yield fieldProblem('ingress-target', 'spec', 'the ingress has no backend', 'add rules or a defaultBackend');
  }
  if (defaultBackend) yield* ingressBackendCauses(defaultBackend, 'spec.defaultBackend');
  for (const [index, rule] of rules.entries()) yield* ruleCauses(rule, item('spec.rules', index));
  for (const [index, entry] of tls.entries()) yield* tlsCauses(entry, item('spec.tls', index));
  for (const problem of ingressClassName === undefined ? [] : dnsSubdomainProblems(ingressClassName)) {
    yield fieldProblem(
      'ingress-class',
      'spec.ingressClassName',
      `"${ingressClassName}" ${problem}`,
      'use the name of an IngressClass',
    );
  }
}

function* ruleCauses({ host = '', http }: IngressRule, path: string): Iterable<FieldProblem> {
  if (host !== '') yield* hostCauses(host, child(path, 'host'));
  if (isIpAddress(host)) {
    yield fieldProblem('ingress-host', child(path, 'host'), `"${host}" is an IP address`, 'use a DNS name');
  }
  if (!http) return;
  const paths = http.paths ?? [];
  const at = child(path, 'http.paths');
  if (paths.length === 0) yield fieldProblem('ingress-paths', at, 'has no path', 'add a path, or remove http');
  for (const [index, one] of paths.entries()) yield* pathCauses(one, item(at, index));
}

function* hostCauses(host: string, path: string): Iterable<FieldProblem> {
  for (const problem of ingressHostProblems(host)) {
    yield fieldProblem(
      'ingress-host',
      path,
      `"${host}" ${problem}`,
      'use a host such as shop.example.com or *.example.com',
    );
  }
}

function* pathCauses({ path: url = '', pathType, backend }: IngressPath, path: string): Iterable<FieldProblem> {
  if (pathType === undefined) {
    yield fieldProblem('ingress-path-type', child(path, 'pathType'), 'is missing', `use ${pathTypes.join(', ')}`);
    return;
  }
  if (!pathTypes.includes(pathType)) {
    yield fieldProblem(
      'ingress-path-type',
      child(path, 'pathType'),
      `"${pathType}" is not a path type`,
      `use ${pathTypes.join(', ')}`,
    );
  } else {
    for (const problem of ingressPathProblems(url, pathType)) {
      yield fieldProblem(
        'ingress-path',
        child(path, 'path'),
        `"${url}" ${problem}`,
        'write a normalized path, such as /shop',
      );
    }
  }
  yield* ingressBackendCauses(backend ?? {}, child(path, 'backend'));
}

function* tlsCauses({ hosts = [], secretName = '' }: IngressTls, path: string): Iterable<FieldProblem> {
  for (const [index, host] of hosts.entries()) yield* hostCauses(host, item(child(path, 'hosts'), index));
  for (const problem of secretName === '' ? [] : dnsSubdomainProblems(secretName)) {
    yield fieldProblem(
      'secret-name',
      child(path, 'secretName'),
      `"${secretName}" ${problem}`,
      'use the name of a Secret',
    );
  }
}
