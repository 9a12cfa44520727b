import type { Construct } from 'constructs';
import type { ResourceAmounts } from '../../karmada/cluster';
import { isMore, parseQuantity } from '../../kubernetes/quantity';
import {
  either,
  flag,
  isWord,
  kindOf,
  listOf,
  mapOf,
  name,
  objectOf,
  oneOf,
  type ShapeOf,
  text,
  wholeNumber,
} from '../../problem/value-kinds';
import { joinWords, quoted } from '../../problem/words';
import { constructError } from '../construct-error';

/** A value of an environment variable: text, a key of a ConfigMap or Secret, or a field of the Pod such as `status.podIP`. */
export type EnvironmentValue =
  | string
  | { readonly configMap: string; readonly key: string; readonly optional?: boolean }
  | { readonly secret: string; readonly key: string; readonly optional?: boolean }
  | { readonly field: string };

/** A ConfigMap or Secret of which every key becomes an environment variable. */
export type EnvironmentSource =
  | { readonly configMap: string; readonly prefix?: string; readonly optional?: boolean }
  | { readonly secret: string; readonly prefix?: string; readonly optional?: boolean };

/** A check of a container: exactly one of `httpGet`, `tcpSocket`, `grpc` and `exec`. Ports default to `port` of the app. */
export interface ContainerProbe {
  /** A request that must be answered with a status from 200 to 399. @default - another check */
  readonly httpGet?: { readonly path: string; readonly port?: number; readonly scheme?: 'HTTP' | 'HTTPS' };
  /** A port that must accept connections. @default - another check */
  readonly tcpSocket?: { readonly port?: number };
  /** The gRPC health service, which must answer that it serves. @default - another check */
  readonly grpc?: { readonly port?: number; readonly service?: string };
  /** A program in the container, which must end with 0. @default - another check */
  readonly exec?: { readonly command: readonly string[] };
  /** Seconds after the start of the container until the first check. @default - 0, by Kubernetes */
  readonly initialDelaySeconds?: number;
  /** Seconds between two checks. @default - 10, by Kubernetes */
  readonly periodSeconds?: number;
  /** Seconds until a check without an answer has failed. @default - 1, by Kubernetes */
  readonly timeoutSeconds?: number;
  /** Successful checks in a row after which it counts as well again; 1 for liveness and startup. @default - 1, by Kubernetes */
  readonly successThreshold?: number;
  /** Failed checks in a row after which it counts as failed. @default - 3, by Kubernetes */
  readonly failureThreshold?: number;
}

/** The container of the shorthand, in addition to its image. */
export interface ContainerShorthand {
  /** Program that the container runs. @default - that of the image */
  readonly command?: readonly string[];
  /** Arguments of the program. @default - those of the image */
  readonly args?: readonly string[];
  /** Environment variables by name. ConfigMaps and Secrets that they refer to are propagated with the app. @default - none */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /** ConfigMaps and Secrets whose keys become environment variables. @default - none */
  readonly envFrom?: readonly EnvironmentSource[];
  /** What the container needs; Karmada counts it where replicas follow the free capacity. @default - nothing */
  readonly requests?: ResourceAmounts;
  /** The most that the container gets. @default - no limit */
  readonly limits?: ResourceAmounts;
  /** When the container may receive requests. @default - as soon as it runs */
  readonly readinessProbe?: ContainerProbe;
  /** When the container is restarted. @default - when its program ends */
  readonly livenessProbe?: ContainerProbe;
  /** When the other probes begin. @default - at once */
  readonly startupProbe?: ContainerProbe;
}

const port = wholeNumber({ atLeast: 1, atMost: 65535 });
const seconds = wholeNumber({ atLeast: 0, atMost: 2 ** 31 - 1 });
const atLeastOne = wholeNumber({ atLeast: 1, atMost: 2 ** 31 - 1 });

const amounts = mapOf(
  kindOf('an amount', 'write it like "250m", "64Mi" or 2', (value) => (parseQuantity(value)?.nanos ?? -1n) >= 0n),
  '{ cpu: "250m", memory: "64Mi" }',
);

/** Longer values are a mistake. */
const longest = 1024;

const urlPath = kindOf(
  'a path',
  'write it like "/ready"',
  (value) => isWord(value) && value.startsWith('/') && value.length <= longest,
);

/** Printable ASCII without "=", as the API server takes it in names of variables. */
const isVariable = (value: unknown): value is string =>
  typeof value === 'string' && /^[ -<>-~]+$/.test(value) && value.length <= longest;

const prefix = kindOf('the start of a name of variables', 'write it like "WEB_"', isVariable);

const probe = objectOf({
  httpGet: objectOf({ path: urlPath, port, scheme: oneOf(['HTTP', 'HTTPS']) }, ['path']),
  tcpSocket: objectOf({ port }),
  grpc: objectOf({ port, service: name }),
  exec: objectOf({ command: listOf(text) }, ['command']),
  initialDelaySeconds: seconds,
  periodSeconds: atLeastOne,
  timeoutSeconds: atLeastOne,
  successThreshold: atLeastOne,
  failureThreshold: atLeastOne,
} satisfies ShapeOf<ContainerProbe>);

/** The kinds of the properties of {@link ContainerShorthand}. */
export const containerKinds = {
  command: listOf(text),
  args: listOf(text),
  env: mapOf(
    either(
      text,
      objectOf({ configMap: name, key: name, optional: flag }, ['configMap', 'key']),
      objectOf({ secret: name, key: name, optional: flag }, ['secret', 'key']),
      objectOf({ field: name }, ['field']),
    ),
    '{ LEVEL: "debug", PASSWORD: { secret: "web", key: "password" } }',
  ),
  envFrom: listOf(
    either(
      objectOf({ configMap: name, prefix, optional: flag }, ['configMap']),
      objectOf({ secret: name, prefix, optional: flag }, ['secret']),
    ),
  ),
  requests: amounts,
  limits: amounts,
  readinessProbe: probe,
  livenessProbe: probe,
  startupProbe: probe,
} satisfies ShapeOf<ContainerShorthand>;

/**
 * The container, with nothing that was not asked for.
 *
 * @param ports - the ports of the app; a probe without a port takes the only one
 * @throws ModelError `app.env`, `app.resources`, `app.probe`
 */
export function containerOf(
  app: Construct,
  image: string,
  given: ContainerShorthand,
  ports: readonly number[],
): object {
  const { command, args, env, envFrom, requests, limits } = given;
  checkResources(app, given);
  const probes = (['readinessProbe', 'livenessProbe', 'startupProbe'] as const).map((property) => [
    property,
    given[property] && probeOf(app, property, given[property], ports),
  ]);
  return {
    name: app.node.id,
    image,
    command: command && [...command],
    args: args && [...args],
    env: env && Object.entries(env).map(([variable, value]) => variableOf(app, variable, value)),
    envFrom: envFrom?.map(sourceOf),
    resources: (requests ?? limits) && { requests: copyOf(requests), limits: copyOf(limits) },
    ...Object.fromEntries(probes),
  };
}

function variableOf(app: Construct, variable: string, value: EnvironmentValue): object {
  if (!isVariable(variable)) {
    throw constructError(app, {
      code: 'app.env',
      message: `${quoted(variable)} cannot be the name of an environment variable`,
      why: 'Kubernetes takes printable ASCII characters without "="',
      fix: 'rename it, for example in the style of LOG_LEVEL',
    });
  }
  if (typeof value === 'string') return { name: variable, value };
  if ('field' in value) return { name: variable, valueFrom: { fieldRef: { fieldPath: value.field } } };
  if ('configMap' in value) {
    const { configMap, key, optional } = value;
    return { name: variable, valueFrom: { configMapKeyRef: { name: configMap, key, optional } } };
  }
  const { secret, key, optional } = value;
  return { name: variable, valueFrom: { secretKeyRef: { name: secret, key, optional } } };
}

function sourceOf(source: EnvironmentSource): object {
  const { prefix, optional } = source;
  return 'configMap' in source
    ? { prefix, configMapRef: { name: source.configMap, optional } }
    : { prefix, secretRef: { name: source.secret, optional } };
}

function checkResources(app: Construct, { requests = {}, limits = {} }: ContainerShorthand): void {
  for (const [resource, amount] of Object.entries(requests)) {
    const limit = Object.hasOwn(limits, resource) ? limits[resource] : undefined;
    if (limit === undefined || !isMore(amount, limit)) continue;
    throw constructError(app, {
      code: 'app.resources',
      message: `requests ${amount} ${resource}, but its limit is ${limit}`,
      why: 'Kubernetes refuses a request above the limit',
      fix: 'raise the limit, or lower the request',
    });
  }
}

const handlers = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const;

function probeOf(app: Construct, property: string, given: ContainerProbe, ports: readonly number[]): object {
  const asked = handlers.filter((handler) => given[handler] !== undefined);
  const [handler] = asked;
  if (handler === undefined || asked.length > 1) {
    throw constructError(app, {
      code: 'app.probe',
      message: `${property} has ${asked.length === 0 ? 'no check' : joinWords(asked, 'and')}`,
      why: 'Kubernetes takes exactly one',
      fix: `give one of ${joinWords(handlers, 'or')}`,
    });
  }
  if (handler === 'exec') return { ...given, exec: { command: [...(given.exec?.command ?? [])] } };
  const { port: stated = ports.length === 1 ? ports[0] : undefined, ...check } = given[handler] ?? {};
  if (stated === undefined) {
    throw constructError(app, {
      code: 'app.probe',
      message: `${property} has no port`,
      why: `the app has ${ports.length === 0 ? 'no port' : 'several ports'}`,
      fix: `add port to ${handler}`,
    });
  }
  return { ...given, [handler]: { ...check, port: stated } };
}

function copyOf(given: ResourceAmounts | undefined): ResourceAmounts | undefined {
  return given && { ...given };
}
