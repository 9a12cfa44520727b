import { apiGroup, type KindName } from './object';

/**
 * Syntax of names in Kubernetes. Each check returns the reasons why a name is invalid; none if it is valid.
 *
 * @see Kubernetes apimachinery pkg/util/validation/validation.go and pkg/api/validate/content
 */
export type NameCheck = (name: string) => readonly string[];

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const dns1123Label = new RegExp(`^${label}$`);
const dns1123Subdomain = new RegExp(`^${label}(\\.${label})*$`);
const wildcardSubdomain = new RegExp(`^\\*\\.${label}(\\.${label})*$`);
const dns1035Label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const qualifiedPart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** Shared, since nearly every name is valid. */
const none: readonly string[] = [];

const atMost = (name: string, length: number): readonly string[] =>
  name.length > length ? [`must be at most ${length} characters, has ${name.length}`] : [];

/** Name of a namespace or container, such as `my-app`. */
export const dnsLabelProblems: NameCheck = (name) => {
  const fits = dns1123Label.test(name);
  if (fits && name.length <= 63) return none;
  return [
    ...atMost(name, 63),
    ...(fits ? [] : ['must be lower case letters, digits and "-", with a letter or digit at both ends']),
  ];
};

/** Name of most objects, such as `my-app.example`. */
export const dnsSubdomainProblems: NameCheck = (name) => {
  const fits = dns1123Subdomain.test(name);
  if (fits && name.length <= 253) return none;
  return [
    ...atMost(name, 253),
    ...(fits
      ? []
      : ['must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part']),
  ];
};

/** A host such as `*.example.com`. */
export const wildcardSubdomainProblems: NameCheck = (name) => [
  ...atMost(name, 253),
  ...(wildcardSubdomain.test(name) ? [] : ['must be "*." and a domain in lower case']),
];

/** A label that begins with a letter: the name of a Service. */
export const dns1035LabelProblems: NameCheck = (name) => [
  ...atMost(name, 63),
  ...(dns1035Label.test(name)
    ? []
    : ['must be lower case letters, digits and "-", beginning with a letter and ending with a letter or digit']),
];

/** Name of a member cluster, which also becomes part of a namespace name. */
export const clusterNameProblems: NameCheck = (name) => {
  if (name === '') return ['must not be empty'];
  const tooLong = atMost(name, 48);
  return tooLong.length > 0 ? tooLong : dnsLabelProblems(name);
};

/** Key of a label: a name with an optional domain prefix, such as `example.com/app`. */
export function labelKeyProblems(key: unknown): readonly string[] {
  if (typeof key !== 'string') return ['must be a string'];
  if (key.length <= 63 && qualifiedPart.test(key)) return none;
  const parts = key.split('/');
  if (parts.length > 2) return ['must have at most one "/"'];
  const name = parts[parts.length - 1]!;
  const prefix = parts.length === 2 ? parts[0]! : undefined;
  const problems: string[] = [];
  if (prefix === '') problems.push('must have a domain before the "/"');
  else if (prefix !== undefined)
    problems.push(...dnsSubdomainProblems(prefix).map((problem) => `before the "/" ${problem}`));
  if (name === '') problems.push('must not be empty');
  else if (name.length > 63) problems.push(`must be at most 63 characters, has ${name.length}`);
  else if (!qualifiedPart.test(name)) {
    problems.push('must be letters, digits, "-", "_" and ".", with a letter or digit at both ends');
  }
  return problems;
}

/** Value of a label; may be empty. */
export function labelValueProblems(value: unknown): readonly string[] {
  if (typeof value !== 'string') return ['must be a string; quote it'];
  const fits = value === '' || qualifiedPart.test(value);
  if (fits && value.length <= 63) return none;
  return [
    ...atMost(value, 63),
    ...(fits ? [] : ['must be empty, or letters, digits, "-", "_" and ".", with a letter or digit at both ends']),
  ];
}

/** A name that becomes part of a URL path. */
export const pathSegmentProblems: NameCheck = (name) => {
  if (name === '.' || name === '..') return [`must not be "${name}"`];
  return ['/', '%']
    .filter((character) => name.includes(character))
    .map((character) => `must not contain "${character}"`);
};

/** Name syntax of a kind: a DNS subdomain for most; some kinds are stricter or less strict. */
export function nameCheckOf({ apiVersion, kind }: KindName): NameCheck {
  const group = apiGroup(apiVersion);
  if (group === 'rbac.authorization.k8s.io' || kind === 'APIService') return pathSegmentProblems;
  if (kind === 'MultiClusterService') return dns1035LabelProblems;
  // Since Kubernetes 1.36 (gate RelaxedServiceNameValidation) the name of a Service may begin with a digit.
  if (group === '' && (kind === 'Namespace' || kind === 'Service')) return dnsLabelProblems;
  // The name becomes the host name of the pods.
  if (group === 'apps' && kind === 'StatefulSet') return dnsLabelProblems;
  if (group !== 'batch') return dnsSubdomainProblems;
  // The Jobs of a CronJob are named after it, and the pods of a Job are labelled with its name.
  const longest = kind === 'CronJob' ? 52 : kind === 'Job' ? 63 : 253;
  return (name) => [...atMost(name, longest), ...dnsSubdomainProblems(name)];
}

/** Why Kubernetes rejects the name of an object; undefined if it is valid. */
export function objectNameProblem(kind: KindName, name: unknown): string | undefined {
  return typeof name !== 'string' || name === '' ? 'must not be empty' : nameCheckOf(kind)(name)[0];
}

/** Name of a Service port. */
export const portNameProblems: NameCheck = (name) => {
  const problems = [...atMost(name, 15)];
  if (!/^[-a-z0-9]+$/.test(name)) problems.push('must be lower case letters, digits and "-"');
  if (!/[a-z]/.test(name)) problems.push('must have a letter');
  if (name.includes('--')) problems.push('must not have two "-" in a row');
  if (name.startsWith('-') || name.endsWith('-')) problems.push('must not begin or end with "-"');
  return problems;
};

/** A domain of at least two parts; a dot at the end is allowed. */
export const domainNameProblems: NameCheck = (name) => {
  if (name === '') return ['must not be empty'];
  const domain = name.endsWith('.') ? name.slice(0, -1) : name;
  const problems = dnsSubdomainProblems(domain);
  if (problems.length > 0) return problems;
  const parts = domain.split('.');
  if (parts.length < 2) return ['must be a domain of at least two parts, such as example.com'];
  return parts.flatMap((part) => dnsLabelProblems(part)).slice(0, 1);
};

/** A port number. */
export function portNumberProblems(port: number): readonly string[] {
  return port >= 1 && port <= 65535 ? [] : ['must be from 1 to 65535'];
}

/** A JSON pointer, such as `/spec/template`; empty means the whole document. */
export const jsonPointerProblems: NameCheck = (pointer) =>
  pointer === '' || pointer.startsWith('/') ? [] : ['must begin with "/"'];
