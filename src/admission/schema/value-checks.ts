import { isCidr, parseIp } from '../../kubernetes/ip';
import {
  dns1035LabelProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  labelKeyProblems,
  type NameCheck,
  pathSegmentProblems,
  portNameProblems,
} from '../../kubernetes/names';
import { parseAmount } from '../../kubernetes/quantity';
import { base64 } from './formats';

/** A syntax of single values that JSON Schema does not have: the keyword `x-check` of a schema node names it. */
export interface ValueCheck {
  accepts(value: unknown): boolean;
  /** What the value must be, as the end of a sentence that starts with the field's name. */
  readonly must: string;
  readonly fix: string;
  /** Whether the API server cannot even decode other values. @default false */
  readonly decodes?: boolean;
}

/** @throws Error for an unknown name */
export function checkedValue(name: unknown): ValueCheck {
  const check = Object.hasOwn(valueChecks, name as string) ? valueChecks[name as ValueCheckName] : undefined;
  if (!check) throw new Error(`unknown value check ${String(name)}`);
  return check;
}

export type ValueCheckName = keyof typeof valueChecks;

/** Checks of text accept the empty text, because Kubernetes takes it as absent; required fields exclude it separately. */
const valueChecks = {
  quantity: {
    decodes: true,
    accepts: (value: unknown) => parseAmount(value) !== undefined,
    must: 'must be a quantity',
    fix: 'write a number with an optional unit, such as 500m, 2 or 4Gi',
  },
  base64: {
    decodes: true,
    accepts: (value: unknown) => typeof value !== 'string' || base64.test(value.replace(/[\r\n]/g, '')),
    must: 'must be base64',
    fix: 'encode it, for example with `base64 -w0`; a Secret takes plain text under stringData',
  },
  'micro-time': {
    decodes: true,
    accepts: (value: unknown) => typeof value !== 'string' || microTime.test(value),
    must: 'must be an RFC 3339 time with microseconds',
    fix: 'write it like 2026-01-31T12:00:00.000000Z',
  },
  port: {
    accepts: (value: unknown) =>
      typeof value === 'number' ? isPort(value) : typeof value !== 'string' || portNameProblems(value).length === 0,
    must: 'must be a number from 1 to 65535, or the name of a port with at most 15 lower case letters, digits and "-"',
    fix: 'write the number without quotes, or the name of the port',
  },
  'count-or-percent': {
    accepts: (value: unknown) =>
      typeof value === 'number' ? value >= 0 : typeof value !== 'string' || /^\d+%$/.test(value),
    must: 'must be a whole number of at least 0, or a percentage such as 25%',
    fix: 'write the number without quotes, or a whole percentage with %',
  },
  'dns-label': nameOf(dnsLabelProblems, 'web-1'),
  'dns-1035-label': nameOf(dns1035LabelProblems, 'web-1'),
  'dns-subdomain': nameOf(dnsSubdomainProblems, 'web-1.example'),
  'port-name': nameOf(portNameProblems, 'http'),
  'qualified-name': nameOf(labelKeyProblems, 'example.com/name'),
  'path-segment': nameOf(pathSegmentProblems, 'admin'),
  ip: textOf((text) => parseIp(text) !== undefined, 'must be an IP address', 'write it like 10.9.8.7 or 2001:db8::1'),
  cidr: textOf(
    isCidr,
    'must be a range of addresses without host bits and leading zeros',
    'write it like 10.9.8.0/24 or 2001:db8::/64',
  ),
  'absolute-path': textOf((text) => text.startsWith('/'), 'must begin with "/"', 'write the whole path'),
  'relative-path': textOf(isRelativePath, 'must be a relative path without ".."', 'write the path below the volume'),
  'no-dot-dot': textOf((text) => !text.split('/').includes('..'), 'must not contain ".."', 'write the path without ..'),
  'config-key': textOf(
    isConfigKey,
    'must have at most 253 letters, digits, "-", "_" and ".", and not begin with ".."',
    'rename the key',
  ),
  'env-name': textOf(
    (text) => /^[\x20-\x3c\x3e-\x7e]+$/.test(text),
    'must be printable ASCII characters without "="',
    'rename the variable',
  ),
  'http-header-name': textOf((text) => /^[-A-Za-z0-9]+$/.test(text), 'must be letters, digits and "-"', 'rename it'),
} satisfies Record<string, ValueCheck>;

const microTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d\.\d{6}([Zz]|[+-]\d\d:\d\d)$/;

/** Whether a text can be the key of a ConfigMap or Secret. */
export function isConfigKey(key: string): boolean {
  return key.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(key) && key !== '.' && !key.startsWith('..');
}

/** Whether a path stays below the folder that it is relative to. */
export function isRelativePath(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}

/** Whether a number can be a port. */
function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65535;
}

function textOf(accepts: (text: string) => boolean, must: string, fix: string): ValueCheck {
  return { accepts: (value) => typeof value !== 'string' || value === '' || accepts(value), must, fix };
}

function nameOf(check: NameCheck, example: string): ValueCheck {
  const [must = 'is not a valid name'] = check('!');
  return textOf((text) => check(text).length === 0, must, `write it like ${example}`);
}
