import { isIpAddress, isStrictlyWithin, parseCidr } from '../../kubernetes/ip';
import { dnsSubdomainProblems } from '../../kubernetes/names';
import type { KubernetesObject, LabelSelectorSpec } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import { ingressHostProblems, ingressPathProblems } from '../kubernetes/ingress';
import type { Faults } from './faults';
import { checkLabelSelector } from './label-selector';
import type { TypedReference } from './pod-types';

interface Backend {
  readonly service?: { readonly name?: string; readonly port?: { readonly name?: string; readonly number?: number } };
  readonly resource?: TypedReference;
}

interface IngressPath {
  readonly path?: string;
  readonly pathType?: string;
  readonly backend?: Backend;
}

interface IngressSpec {
  readonly ingressClassName?: string;
  readonly defaultBackend?: Backend;
  readonly rules?: readonly { readonly host?: string; readonly http?: { readonly paths?: readonly IngressPath[] } }[];
  readonly tls?: readonly { readonly hosts?: readonly string[] }[];
}

const classAnnotation = 'kubernetes.io/ingress.class';

/** @see Kubernetes pkg/apis/networking/validation/validation.go, ValidateIngressCreate */
export function checkIngress({ spec, metadata }: KubernetesObject, faults: Faults): void {
  const { ingressClassName, defaultBackend, rules = [], tls = [] } = (spec ?? {}) as IngressSpec;
  if (!defaultBackend && rules.length === 0) {
    faults.missing('spec', 'an Ingress needs rules or a defaultBackend', 'add rules');
  }
  if (defaultBackend) checkBackend(defaultBackend, 'spec.defaultBackend', faults);
  rules.forEach(({ host, http }, index) => {
    const at = `spec.rules[${index}]`;
    if (host) checkHost(host, `${at}.host`, faults);
    http?.paths?.forEach((path, position) => {
      checkPath(path, `${at}.http.paths[${position}]`, faults);
    });
  });
  tls.forEach(({ hosts = [] }, index) => {
    hosts.forEach((host, position) => {
      checkHostName(host, `spec.tls[${index}].hosts[${position}]`, faults);
    });
  });
  const annotated = metadata?.annotations?.[classAnnotation];
  if (ingressClassName !== undefined && annotated !== undefined && annotated !== ingressClassName) {
    faults.invalid(
      `metadata.annotations[${classAnnotation}]`,
      `${quoted(annotated)} differs from ingressClassName ${quoted(ingressClassName)}`,
      'remove the annotation',
      `annotations.${classAnnotation}`,
    );
  }
}

function checkHost(host: string, path: string, faults: Faults): void {
  if (isIpAddress(host)) {
    faults.invalid(path, `must be a name, got the address ${quoted(host)}`, 'write the name, or leave it out');
  } else checkHostName(host, path, faults);
}

function checkHostName(host: string, path: string, faults: Faults): void {
  for (const problem of ingressHostProblems(host))
    faults.invalid(path, `${quoted(host)} ${problem}`, 'write a host name, without a scheme and a port');
}

function checkPath({ path = '', pathType, backend }: IngressPath, at: string, faults: Faults): void {
  for (const problem of pathType ? ingressPathProblems(path, pathType) : []) {
    faults.invalid(`${at}.path`, `${quoted(path)} ${problem}`, 'write a normalized path, such as /shop');
  }
  checkBackend(backend ?? {}, `${at}.backend`, faults);
}

function checkBackend({ service, resource }: Backend, path: string, faults: Faults): void {
  if (service && resource) {
    faults.excluded(path, 'has service and resource', 'keep one of them');
  } else if (!service && !resource) faults.missing(path, 'needs service or resource', 'add service');
  else if (service) {
    const { name, number } = service.port ?? {};
    if (name && number) faults.excluded(`${path}.service.port`, 'has name and number', 'keep one of them', path);
    else if (!name && !number) {
      faults.missing(`${path}.service.port`, 'needs name or number', 'add number', path);
    }
  }
}

interface Peer {
  readonly podSelector?: LabelSelectorSpec;
  readonly namespaceSelector?: LabelSelectorSpec;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
}

interface PolicyRule {
  readonly ports?: readonly { readonly port?: number | string; readonly endPort?: number }[];
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
}

interface NetworkPolicySpec {
  readonly podSelector?: LabelSelectorSpec;
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
}

/** @see Kubernetes pkg/apis/networking/validation/validation.go, ValidateNetworkPolicySpec */
export function checkNetworkPolicy({ spec }: KubernetesObject, faults: Faults): void {
  const { podSelector, ingress = [], egress = [] } = (spec ?? {}) as NetworkPolicySpec;
  checkLabelSelector(podSelector, 'spec.podSelector', faults);
  for (const [direction, rules] of Object.entries({ ingress, egress })) {
    rules.forEach(({ ports = [], from = [], to = [] }, index) => {
      const at = `spec.${direction}[${index}]`;
      ports.forEach(({ port, endPort }, position) => {
        const path = `${at}.ports[${position}].endPort`;
        if (endPort === undefined) return;
        if (port === undefined) faults.missing(`${at}.ports[${position}].port`, 'endPort needs port', 'add port');
        else if (typeof port === 'string')
          faults.invalid(path, 'needs port as a number', 'write the number of the port');
        else if (endPort < port) faults.invalid(path, `must be at least port, ${port}`, 'raise it');
      });
      from.forEach((peer, position) => {
        checkPeer(peer, `${at}.from[${position}]`, faults);
      });
      to.forEach((peer, position) => {
        checkPeer(peer, `${at}.to[${position}]`, faults);
      });
    });
  }
}

function checkPeer({ podSelector, namespaceSelector, ipBlock }: Peer, path: string, faults: Faults): void {
  if (!podSelector && !namespaceSelector && !ipBlock) {
    faults.missing(path, 'needs podSelector, namespaceSelector or ipBlock', 'add one of them, or remove the peer');
  }
  if (ipBlock && (podSelector || namespaceSelector))
    faults.excluded(path, 'ipBlock cannot be combined with selectors', 'split it into two peers');
  checkLabelSelector(podSelector, `${path}.podSelector`, faults);
  checkLabelSelector(namespaceSelector, `${path}.namespaceSelector`, faults);
  const range = ipBlock?.cidr ? parseCidr(ipBlock.cidr) : undefined;
  if (!range) return;
  ipBlock?.except?.forEach((exception, index) => {
    const inner = parseCidr(exception);
    if (inner && !isStrictlyWithin(inner, range)) {
      faults.invalid(
        `${path}.ipBlock.except[${index}]`,
        `${quoted(exception)} must lie in ${ipBlock.cidr} and be smaller`,
        'correct it, or remove it',
      );
    }
  });
}

interface IngressClassSpec {
  readonly controller?: string;
  readonly parameters?: { readonly scope?: string; readonly namespace?: string };
}

export function checkIngressClass({ spec }: KubernetesObject, faults: Faults): void {
  const { controller = '', parameters } = (spec ?? {}) as IngressClassSpec;
  if (controller === '') faults.missing('spec.controller', 'a class needs the name of its controller');
  else checkDomainPath(controller, 'spec.controller', faults);
  if (!parameters) return;
  const at = 'spec.parameters.namespace';
  if (parameters.scope === 'Namespace' && !parameters.namespace) faults.missing(at, 'scope Namespace needs it');
  if (parameters.scope !== 'Namespace' && parameters.namespace !== undefined)
    faults.excluded(at, 'needs scope: Namespace');
}

/**
 * A name such as `example.com/controller`.
 *
 * @see Kubernetes apimachinery pkg/util/validation/validation.go, IsDomainPrefixedPath
 */
export function checkDomainPath(name: string, path: string, faults: Faults): void {
  const slash = name.indexOf('/');
  const [domain, rest] = slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash + 1)];
  if (
    rest !== '' &&
    dnsSubdomainProblems(domain).length === 0 &&
    /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(rest) &&
    name.length <= 250
  )
    return;
  faults.invalid(path, `must be a domain and a path, got ${quoted(name)}`, 'write it like example.com/controller');
}
