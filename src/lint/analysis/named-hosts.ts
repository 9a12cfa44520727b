/** A host that a text names, as DNS in a cluster resolves it. */
export interface NamedHost {
  readonly name: string;
  /** @default - the namespace of who asks */
  readonly namespace?: string;
}

/** A text that may name hosts, and what it is the value of. */
export interface HostText {
  readonly text: string;
  /** Name of the variable, flag or key that it is the value of, such as `PIPY_HOST`. @default - none */
  readonly key?: string;
}

const hostname = /[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*/g;

/** Variables and settings that hold where to send requests; those of names, such as SERVICE_NAME, say who one is. */
const hostKey =
  /(?:host|hosts|hostname|addr|addrs|address|addresses|url|urls|uri|endpoint|endpoints|server|servers|service|svc|upstream|upstreams|backend|backends|broker|brokers|peer|peers|seed|seeds|master|leader|primary|gateway|target|targets|origin|remote|destination|connect|dsn|proxy|proxy_pass)$/i;

/** Programs whose bare arguments are hosts. */
export const clientPrograms =
  'curl|wget|nc|ncat|netcat|ping|telnet|nslookup|dig|getent|grpcurl|ab|hey|wrk|vegeta|siege|k6|redis-cli|psql|mysql|mysqladmin|mariadb|pg_isready|mongo|mongosh|kcat|etcdctl|wait-for|wait-for-it|wait-for-it.sh|dockerize';

const clientInText = new RegExp(`(?:^|[\\s/;|&(])(?:${clientPrograms.replaceAll('.', '\\.')})(?=\\s|$)`);

/**
 * Hosts in a text, of those that are known. A name with its namespace (`pipy.default`, `pipy.default.svc:8080`) counts
 * anywhere. A bare name is an ordinary word as well, so it counts only where a host must stand: in a URL, before a port of
 * the host, as the whole value of a variable for hosts, or as argument of a program that sends requests.
 *
 * @param isKnown - whether there is such a host; asked for each word
 * @param portsOf - ports of a known host
 */
export function hostsIn(
  { text, key }: HostText,
  isKnown: (host: NamedHost) => boolean,
  portsOf: (host: NamedHost) => readonly number[],
): readonly NamedHost[] {
  const hosts: NamedHost[] = [];
  for (const match of text.matchAll(hostname)) {
    const host = hostOf(match[0], isKnown);
    if (!host) continue;
    const place = { text, key, start: match.index, end: match.index + match[0].length };
    if (isInsideOfWord(place)) continue;
    if (match[0].includes('.') ? !isPath(place) : isHostPlace(place, portsOf(host))) hosts.push(host);
  }
  return hosts;
}

/** The host of a dotted word: `name`, `name.namespace`, `name.namespace.svc…`, or a pod of a StatefulSet before these. */
function hostOf(word: string, isKnown: (host: NamedHost) => boolean): NamedHost | undefined {
  const labels = word.split('.');
  const [first = '', second, third] = labels;
  if (second === undefined) return isKnown({ name: first }) ? { name: first } : undefined;
  if (isServiceSuffix(third)) {
    const host = { name: first, namespace: second };
    if (isKnown(host)) return host;
  }
  if (!/-\d+$/.test(first)) return undefined;
  const ofPod: NamedHost = third === undefined ? { name: second } : { name: second, namespace: third };
  return isServiceSuffix(labels[3]) && isKnown(ofPod) ? ofPod : undefined;
}

function isServiceSuffix(label: string | undefined): boolean {
  return label === undefined || label === 'svc';
}

interface Place {
  readonly text: string;
  readonly key: string | undefined;
  readonly start: number;
  readonly end: number;
}

function isInsideOfWord({ text, start, end }: Place): boolean {
  return /[\w-]/.test(text.charAt(start - 1)) || /[\w-]/.test(text.charAt(end)) || text.charAt(start - 1) === '.';
}

/** `images/web.default` is a file, `//web.default` a host. */
function isPath({ text, start }: Place): boolean {
  return text.charAt(start - 1) === '/' && text.charAt(start - 2) !== '/';
}

function isHostPlace(place: Place, ports: readonly number[]): boolean {
  const { text, key, start, end } = place;
  const before = text.slice(Math.max(0, start - 80), start);
  if (before.endsWith('//') || (before.endsWith('@') && /\/\/\S*@$/.test(before))) return true;
  if (isPath(place)) return false;
  const port = /^:(\d{1,5})(?!\d)/.exec(text.slice(end, end + 7))?.[1];
  if (port !== undefined && ports.includes(Number(port))) return true;
  if (text.trim() === text.slice(start, end)) return key !== undefined && hostKey.test(key);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(lineStart, start);
  // `host: pipy`, `"host": "pipy"`, `host=pipy`; and, as nginx has it, a line that begins with `server pipy`.
  const setting = (/([\w.-]+)["']?\s*[:=]\s*["']?$/.exec(line) ?? /^\s*([\w.-]+)\s+$/.exec(line))?.[1];
  if (setting !== undefined && hostKey.test(setting)) return true;
  return clientInText.test(line) && /\s["']?$/.test(line);
}
