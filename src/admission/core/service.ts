import { isInRange, parseCidr, parseIp } from '../../kubernetes/ip';
import { labelCauses } from '../../kubernetes/metadata';
import { dnsSubdomainProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import { checkedValue } from '../schema/value-checks';
import type { Faults } from './faults';

interface ServicePort {
  readonly name?: string;
  readonly port?: number;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
  readonly protocol?: string;
}

interface ServiceSpec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly ports?: readonly ServicePort[];
  readonly selector?: Readonly<Record<string, string>>;
  readonly externalName?: string;
  readonly externalIPs?: readonly string[];
  readonly externalTrafficPolicy?: string;
  readonly healthCheckNodePort?: number;
  readonly ipFamilies?: readonly string[];
  readonly ipFamilyPolicy?: string;
  readonly loadBalancerIP?: string;
  readonly loadBalancerClass?: string;
  readonly loadBalancerSourceRanges?: readonly string[];
  readonly allocateLoadBalancerNodePorts?: boolean;
  readonly sessionAffinity?: string;
  readonly sessionAffinityConfig?: { readonly clientIP?: object };
}

/** @see Kubernetes pkg/apis/core/validation/validation.go, ValidateService, and pkg/registry/core/service/storage */
export function checkService({ spec, metadata }: KubernetesObject, faults: Faults): void {
  const service = (spec ?? {}) as ServiceSpec;
  const { type = '', clusterIP = '', selector } = service;
  const kind = type === '' ? 'ClusterIP' : type;
  const isHeadless = clusterIP === 'None';
  const isExternalName = kind === 'ExternalName';
  if (selector) faults.addAll(labelCauses(selector, 'spec.selector'));
  checkPorts(service, kind, isHeadless, faults);

  if (isExternalName) checkExternalName(service, faults);
  else checkClusterIps(service, faults);
  const isExternal = kind === 'NodePort' || kind === 'LoadBalancer';
  if (isHeadless && isExternal) {
    faults.invalid('spec.clusterIP', `must not be None for type ${kind}`, 'remove clusterIP', 'spec.clusterIPs[0]');
  }
  checkExternalIps(service.externalIPs ?? [], faults);

  const hasExternalAddresses = (service.externalIPs ?? []).length > 0 && !isExternalName;
  if (service.externalTrafficPolicy && !isExternal && !hasExternalAddresses) {
    faults.invalid(
      'spec.externalTrafficPolicy',
      'is only for services that are reached from outside',
      'remove it, or write type: NodePort or LoadBalancer',
    );
  }
  if (service.healthCheckNodePort && !(kind === 'LoadBalancer' && service.externalTrafficPolicy === 'Local')) {
    faults.invalid('spec.healthCheckNodePort', 'needs type LoadBalancer with externalTrafficPolicy Local', 'remove it');
  }
  if (kind !== 'LoadBalancer') {
    if (service.loadBalancerClass !== undefined) faults.excluded('spec.loadBalancerClass', 'needs type: LoadBalancer');
    if (service.allocateLoadBalancerNodePorts !== undefined) {
      faults.excluded('spec.allocateLoadBalancerNodePorts', 'needs type: LoadBalancer');
    }
  }
  checkSourceRanges(service, kind, metadata?.annotations, faults);
  if (service.sessionAffinity === 'None' && service.sessionAffinityConfig) {
    faults.excluded('spec.sessionAffinityConfig', 'needs sessionAffinity: ClientIP');
  }
  checkFamilies(service, isExternalName, faults);
}

function checkPorts({ ports = [] }: ServiceSpec, kind: string, isHeadless: boolean, faults: Faults): void {
  if (ports.length === 0 && !isHeadless && kind !== 'ExternalName') {
    faults.missing('spec.ports', 'a Service needs ports', 'add ports, or write clusterIP: None');
  }
  const isPort = checkedValue('port');
  faults.unique(
    'spec.ports',
    ports.map(({ name }) => name),
    'name',
  );
  const taken = new Set<string>();
  const nodePorts = new Set<string>();
  ports.forEach(({ name = '', port, targetPort, nodePort, protocol }, index) => {
    const at = `spec.ports[${index}]`;
    if (name === '' && ports.length > 1)
      faults.missing(`${at}.name`, 'with several ports, each needs a name', 'add a name');
    // 0 means the default, the port itself.
    if (targetPort !== undefined && targetPort !== 0 && targetPort !== '' && !isPort.accepts(targetPort)) {
      faults.invalid(`${at}.targetPort`, `${isPort.must}, got ${quoted(targetPort)}`, isPort.fix);
    }
    const key = `${port} ${protocol || 'TCP'}`;
    if (taken.has(key))
      faults.add('repeated-item', at, `port ${port} of ${protocol || 'TCP'} is listed twice`, 'remove one of them');
    taken.add(key);
    if (!nodePort) return;
    if (kind === 'ClusterIP' || kind === 'ExternalName') {
      faults.excluded(`${at}.nodePort`, `cannot be set for type ${kind}`, 'remove it, or write type: NodePort');
    }
    const node = `${nodePort} ${protocol || 'TCP'}`;
    if (nodePorts.has(node))
      faults.add('repeated-item', `${at}.nodePort`, `${nodePort} is taken already`, 'use another port');
    nodePorts.add(node);
  });
}

function checkExternalName({ externalName = '', clusterIP, clusterIPs = [] }: ServiceSpec, faults: Faults): void {
  const name = externalName.endsWith('.') ? externalName.slice(0, -1) : externalName;
  if (externalName === '') faults.missing('spec.externalName', 'type ExternalName needs the name');
  else {
    for (const problem of dnsSubdomainProblems(name)) {
      faults.invalid(
        'spec.externalName',
        `${quoted(externalName)} ${problem}`,
        'write a host name, without a scheme and a port',
      );
    }
  }
  if (clusterIP || clusterIPs.length > 0) {
    faults.excluded('spec.clusterIP', 'type ExternalName has no address', 'remove clusterIP', 'spec.clusterIPs');
  }
}

function checkClusterIps({ clusterIP, clusterIPs, ipFamilies }: ServiceSpec, faults: Faults): void {
  const addresses = clusterIPs ?? (clusterIP ? [clusterIP] : []);
  const field = clusterIPs ? 'clusterIPs' : 'clusterIP';
  addresses.forEach((address, index) => {
    if (address === 'None' || address === '') return;
    if (!parseIp(address)) {
      faults.invalid(
        `spec.${field}${clusterIPs ? `[${index}]` : ''}`,
        `must be an IP address or None, got ${quoted(address)}`,
        'remove it, or write clusterIP: None',
        `spec.clusterIPs[${index}]`,
      );
    }
  });
  if (clusterIPs && clusterIPs.length > 0) {
    if (clusterIP !== undefined && clusterIP !== clusterIPs[0]) {
      faults.invalid('spec.clusterIPs', 'the first must be clusterIP', 'write clusterIP there, or remove clusterIPs');
    }
    if (clusterIP === undefined || clusterIP === '') {
      faults.invalid(
        'spec.clusterIPs',
        'clusterIP must be the first of them',
        'write clusterIP as well',
        'spec.clusterIP',
      );
    }
    if (clusterIPs.length > 2) faults.invalid('spec.clusterIPs', 'must have at most 2 addresses', 'remove the rest');
    if (clusterIPs.includes('None') && clusterIPs.length > 1) {
      faults.invalid('spec.clusterIPs', 'None cannot be combined with addresses', 'keep None alone');
    }
  }
  const [family] = ipFamilies ?? [];
  const parsed = addresses[0] ? parseIp(addresses[0]) : undefined;
  if (family && parsed && parsed.family !== family) {
    faults.invalid(
      'spec.ipFamilies[0]',
      `must be ${parsed.family}, the family of clusterIP`,
      `write ${parsed.family}`,
      'spec.clusterIPs[0]',
    );
  }
}

const unreachable: readonly (readonly [range: string, what: string])[] = [
  ['0.0.0.0/32', 'the unspecified address'],
  ['::/128', 'the unspecified address'],
  ['127.0.0.0/8', 'a loopback address'],
  ['::1/128', 'a loopback address'],
  ['169.254.0.0/16', 'a link-local address'],
  ['fe80::/10', 'a link-local address'],
  ['224.0.0.0/24', 'a link-local multicast address'],
  ['ff02::/10', 'a link-local multicast address'],
];

function checkExternalIps(addresses: readonly string[], faults: Faults): void {
  addresses.forEach((address, index) => {
    const parsed = parseIp(address);
    const what = parsed && unreachable.find(([range]) => isInRange(parsed, range))?.[1];
    if (what)
      faults.invalid(
        `spec.externalIPs[${index}]`,
        `must not be ${what}, got ${quoted(address)}`,
        'use an address that routes to the nodes',
      );
  });
}

const sourceRangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

function checkSourceRanges(
  { loadBalancerSourceRanges = [] }: ServiceSpec,
  kind: string,
  annotations: Readonly<Record<string, string>> | undefined,
  faults: Faults,
): void {
  const annotated = annotations?.[sourceRangesAnnotation];
  if (loadBalancerSourceRanges.length > 0 && kind !== 'LoadBalancer') {
    faults.excluded(
      'spec.loadBalancerSourceRanges',
      'needs type: LoadBalancer',
      undefined,
      'spec.LoadBalancerSourceRanges',
    );
  }
  loadBalancerSourceRanges.forEach((range, index) => {
    if (!parseCidr(range.trim())) {
      faults.invalid(
        `spec.loadBalancerSourceRanges[${index}]`,
        `must be a range of addresses, got ${quoted(range)}`,
        'write it like 10.9.8.0/24',
        `spec.LoadBalancerSourceRanges[${index}]`,
      );
    }
  });
  if (!annotated || loadBalancerSourceRanges.length > 0) return;
  const at = `metadata.annotations[${sourceRangesAnnotation}]`;
  if (kind !== 'LoadBalancer') faults.excluded(at, 'needs type: LoadBalancer', 'remove the annotation');
  else if (
    !annotated
      .trim()
      .split(',')
      .every((range) => parseCidr(range.trim()))
  ) {
    faults.invalid(
      at,
      `must be ranges of addresses, got ${quoted(annotated)}`,
      'write them like 10.9.8.0/24,10.9.9.0/24',
    );
  }
}

function checkFamilies(
  { ipFamilies = [], ipFamilyPolicy }: ServiceSpec,
  isExternalName: boolean,
  faults: Faults,
): void {
  if (isExternalName) {
    if (ipFamilies.length > 0) faults.excluded('spec.ipFamilies', 'type ExternalName has no address');
    if (ipFamilyPolicy !== undefined) faults.excluded('spec.ipFamilyPolicy', 'type ExternalName has no address');
    return;
  }
  faults.unique('spec.ipFamilies', ipFamilies);
  if (ipFamilies.length > 2) faults.invalid('spec.ipFamilies', 'must have at most 2 items', 'remove the rest');
  if (ipFamilies.length === 2 && ipFamilyPolicy === 'SingleStack') {
    faults.invalid('spec.ipFamilyPolicy', 'SingleStack takes one family', 'write PreferDualStack, or remove a family');
  }
}
