import { parseIp } from '../../kubernetes/ip';
import { dnsLabelProblems, dnsSubdomainProblems, labelKeyProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';

interface SliceFields {
  readonly addressType?: string;
  readonly endpoints?: readonly { readonly addresses?: readonly string[]; readonly deprecatedTopology?: object }[];
  readonly ports?: readonly { readonly name?: string; readonly appProtocol?: string }[];
}

/** @see Kubernetes pkg/apis/discovery/validation/validation.go, ValidateEndpointSlice */
export function checkEndpointSlice(object: KubernetesObject, faults: Faults): void {
  const { addressType = '', endpoints = [], ports = [] } = object as SliceFields;
  endpoints.forEach(({ addresses = [] }, index) => {
    addresses.forEach((address, position) => {
      const at = `endpoints[${index}].addresses[${position}]`;
      if (addressType === 'FQDN') {
        for (const problem of dnsSubdomainProblems(address))
          faults.invalid(at, `${quoted(address)} ${problem}`, 'write a host name');
        return;
      }
      if (addressType !== 'IPv4' && addressType !== 'IPv6') return;
      const parsed = parseIp(address);
      if (!parsed || parsed.family !== addressType) {
        faults.invalid(
          at,
          `must be an ${addressType} address, got ${quoted(address)}`,
          `write an ${addressType} address, or another addressType`,
        );
      }
    });
  });
  const names = new Set<string>();
  ports.forEach(({ name = '', appProtocol }, index) => {
    if (names.has(name)) {
      faults.add('repeated-item', `ports[${index}].name`, `${quoted(name)} is the name of another port`, 'rename it');
    }
    names.add(name);
    for (const problem of name === '' ? [] : dnsLabelProblems(name)) {
      faults.invalid(`ports[${index}].name`, `${quoted(name)} ${problem}`, 'rename it');
    }
    for (const problem of appProtocol ? labelKeyProblems(appProtocol) : []) {
      faults.invalid(
        `ports[${index}].appProtocol`,
        `${quoted(appProtocol)} ${problem}`,
        'write it like example.com/protocol',
      );
    }
  });
}

interface Subset {
  readonly addresses?: readonly object[];
  readonly notReadyAddresses?: readonly object[];
  readonly ports?: readonly { readonly name?: string }[];
}

/** @see Kubernetes pkg/apis/core/validation/validation.go, ValidateEndpoints */
export function checkEndpoints(object: KubernetesObject, faults: Faults): void {
  ((object['subsets'] ?? []) as readonly Subset[]).forEach(
    ({ addresses = [], notReadyAddresses = [], ports = [] }, index) => {
      const at = `subsets[${index}]`;
      if (addresses.length + notReadyAddresses.length === 0)
        faults.missing(at, 'needs addresses or notReadyAddresses', 'add addresses');
      ports.forEach(({ name }, position) => {
        if (ports.length > 1 && !name)
          faults.missing(`${at}.ports[${position}].name`, 'with several ports, each needs a name');
      });
    },
  );
}
