import { child } from '../../kubernetes/field-path';
import { dnsSubdomainProblems, portNumberProblems } from '../../kubernetes/names';
import { type FieldProblem, fieldProblem } from '../../problem/problem';

/**
 * Why a webhook cannot be called at a URL.
 *
 * @see Kubernetes apiserver pkg/util/webhook/validation.go, ValidateWebhookURL
 */
export function webhookUrlProblems(url: string): readonly string[] {
  const parts = splitUrl(url);
  if (!parts) return ['is not a URL'];
  const problems: string[] = [];
  if (parts.scheme !== 'https') problems.push(`must begin with https://, begins with ${parts.scheme || 'no scheme'}`);
  if (parts.host === '') problems.push('must have a host');
  if (parts.user) problems.push('must not have a user');
  if (parts.fragment !== '') problems.push('must not have a fragment (#)');
  if (parts.query !== '') problems.push('must not have a query (?)');
  return problems;
}

interface UrlParts {
  readonly scheme: string;
  readonly user: boolean;
  readonly host: string;
  readonly query: string;
  readonly fragment: string;
}

/** Parses a URL like Go. Unlike the URL class, it does not add missing parts, and it rejects invalid escapes. */
function splitUrl(url: string): UrlParts | undefined {
  const hash = url.indexOf('#');
  const [beforeFragment, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash + 1)];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go rejects URLs with control characters
  if (/[\u0000-\u001f\u007f]/.test(beforeFragment) || hasBadEscape(fragment) || beforeFragment.startsWith(':'))
    return undefined;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(beforeFragment)?.[1] ?? '';
  const afterScheme = scheme === '' ? beforeFragment : beforeFragment.slice(scheme.length + 1);
  const mark = afterScheme.indexOf('?');
  const [rest, query] = mark < 0 ? [afterScheme, ''] : [afterScheme.slice(0, mark), afterScheme.slice(mark + 1)];
  const authority = rest.startsWith('//') ? rest.slice(2).split('/', 1)[0]! : undefined;
  const path = authority === undefined ? rest : rest.slice(2 + authority.length);
  if (scheme !== '' && !rest.startsWith('/'))
    return { scheme: scheme.toLowerCase(), user: false, host: '', query, fragment };
  if (authority === undefined && (path.split('/', 1)[0] ?? '').includes(':')) return undefined;
  const at = authority?.lastIndexOf('@') ?? -1;
  const host = authority?.slice(at + 1) ?? '';
  if (!isHost(host) || hasBadEscape(path)) return undefined;
  if (at >= 0 && !/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(authority!.slice(0, at))) return undefined;
  return { scheme: scheme.toLowerCase(), user: at >= 0, host, query, fragment };
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return /^\[[^\]]*\](:\d*)?$/.test(host);
  const colon = host.indexOf(':');
  const portFits = colon < 0 || /^\d*$/.test(host.slice(host.lastIndexOf(':') + 1));
  const hostname = colon < 0 ? host : host.slice(0, host.lastIndexOf(':'));
  return portFits && !/[\s^`{}|\\%]/.test(hostname);
}

function hasBadEscape(text: string): boolean {
  return /%(?![0-9A-Fa-f]{2})/.test(text);
}

const serviceFix = 'set the name and namespace of the Service, and its path and port if required';

export interface WebhookService {
  readonly namespace?: string;
  readonly name?: string;
  readonly path?: string;
  /** @default 443 */
  readonly port?: number;
}

/**
 * Why a webhook cannot be called at a Service.
 *
 * @see Kubernetes apiserver pkg/util/webhook/validation.go, ValidateWebhookService
 */
export function webhookServiceProblems(service: WebhookService, path: string): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: string, message: string) =>
    problems.push(fieldProblem('webhook-service', child(path, field), message, serviceFix));
  if (!service.name) add('name', 'must be the name of the Service');
  if (!service.namespace) add('namespace', 'must be the namespace of the Service');
  for (const problem of portNumberProblems(service.port ?? 443)) add('port', problem);
  for (const problem of webhookPathProblems(service.path ?? '')) add('path', problem);
  return problems;
}

/** Why a webhook cannot have the path; none if it is empty. */
export function webhookPathProblems(path: string): readonly string[] {
  if (path === '' || path === '/') return [];
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  return [
    ...(path.startsWith('/') ? [] : ['must begin with "/"']),
    ...segments.flatMap((segment) =>
      (segment === '' ? ['must not be empty'] : dnsSubdomainProblems(segment)).map(
        (reason) => `segment "${segment}" ${reason}`,
      ),
    ),
  ];
}
