import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  dns1035LabelProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  labelValueProblems,
} from '../../kubernetes/names';
import type { Placement } from '../../model/placement';
import { either, mapOf, objectOf, oneOf, type ShapeOf, wholeNumber } from '../../problem/value-kinds';
import { quoted } from '../../problem/words';
import { constructError } from '../construct-error';
import { type ContainerShorthand, containerOf } from './container';

/** A port of the Service of the shorthand. */
export interface ServicePort {
  /** Port of the Service. */
  readonly port: number;
  /** Port of the container. @default - the same */
  readonly targetPort?: number;
  /** Protocol of the port. @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** A shorthand for a plain Deployment and its Service. */
export interface WorkloadShorthand extends ContainerShorthand {
  /** Container image; makes a Deployment named by the construct id. @default - no Deployment: create workloads under the app */
  readonly image?: string;
  /** Replicas over all clusters together. @default - omitted, so 1; with `Placement.exactly` its sum */
  readonly replicas?: number;
  /** Port the container listens on; makes a Service named by the construct id, with the same port. @default - no Service */
  readonly port?: number;
  /** Several ports of the Service, by name: `{ http: 80, metrics: { port: 9090, protocol: 'TCP' } }`. Instead of `port`. @default - none */
  readonly ports?: Readonly<Record<string, number | ServicePort>>;
}

const portNumber = wholeNumber({ atLeast: 1, atMost: 65535 });

/** The kind of `ports`. */
export const portsKind = mapOf(
  either(
    portNumber,
    objectOf(
      {
        port: portNumber,
        targetPort: portNumber,
        protocol: oneOf(['TCP', 'UDP', 'SCTP']),
      } satisfies ShapeOf<ServicePort>,
      ['port'],
    ),
  ),
  '{ http: 80, metrics: 9090 }',
);

/** The objects that the shorthand made. */
export interface ShorthandObjects {
  readonly deployment?: ApiObject;
  readonly service?: ApiObject;
}

/**
 * Makes the objects of the shorthand, without security defaults, and without labels other than `app`.
 *
 * @throws ModelError `app.image` for shorthand without an image, `app.replicas`, `app.port`, `app.env`, `app.resources`,
 *   `app.probe`, `object.name`
 */
export function createShorthand(app: Construct, shorthand: WorkloadShorthand, placement: Placement): ShorthandObjects {
  const { image, replicas: given, port } = shorthand;
  const name = app.node.id;
  if (image === undefined) {
    const lonely = lonelyProperties.find((property) => shorthand[property] !== undefined);
    if (lonely === undefined) return {};
    throw constructError(app, {
      code: 'app.image',
      message: `${lonely} is given, but no image`,
      why: 'without an image the app has no container for it',
      fix: `add the image, or leave out ${lonely} and create your own workload under the app`,
    });
  }
  const servicePorts = servicePortsOf(app, shorthand);
  checkName(app, name, servicePorts.length > 0);
  const replicas = replicasFor(app, given, placement);
  checkNumber(app, 'replicas', replicas, 0, 2 ** 31 - 1);
  checkNumber(app, 'port', port, 1, 65535);

  const labels = { app: name };
  const deployment = new ApiObject(app, 'Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [containerOf(app, image, shorthand, targetsOf(servicePorts))] },
      },
    },
  });
  if (servicePorts.length === 0) return { deployment };
  const service = new ApiObject(app, 'Service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: { selector: labels, ports: servicePorts },
  });
  return { deployment, service };
}

/** Properties that mean nothing without a container. */
const lonelyProperties = [
  'replicas',
  'port',
  'ports',
  'command',
  'args',
  'env',
  'envFrom',
  'requests',
  'limits',
  'readinessProbe',
  'livenessProbe',
  'startupProbe',
] as const satisfies readonly Exclude<keyof WorkloadShorthand, 'image'>[];

/** A port as the Service writes it. */
interface WrittenPort extends Required<ServicePort> {
  readonly name?: string;
}

/** @throws ModelError `app.port` */
function servicePortsOf(app: Construct, { port, ports }: WorkloadShorthand): readonly WrittenPort[] {
  if (ports === undefined) return port === undefined ? [] : [{ port, targetPort: port, protocol: 'TCP' }];
  if (port !== undefined) {
    throw constructError(app, {
      code: 'app.port',
      message: 'port and ports are both given',
      why: 'a Service with several ports needs a name for each',
      fix: 'move the port into ports, with a name',
    });
  }
  return Object.entries(ports).map(([name, given]) => {
    const problem = dnsLabelProblems(name)[0];
    if (problem !== undefined) {
      throw constructError(app, {
        code: 'app.port',
        message: `the name "${name}" of a port ${problem}`,
        why: 'Kubernetes refuses a Service with that name of a port',
        fix: 'choose a name such as http or metrics',
      });
    }
    const { port: number, targetPort = number, protocol = 'TCP' } = typeof given === 'number' ? { port: given } : given;
    return { name, port: number, targetPort, protocol };
  });
}

function targetsOf(ports: readonly WrittenPort[]): readonly number[] {
  return [...new Set(ports.map(({ targetPort }) => targetPort))];
}

/**
 * Refuses an id that does not give valid names of policies.
 *
 * @throws ModelError `object.name`
 */
export function checkAppId(app: Construct): void {
  const { id } = app.node;
  const problem = dnsSubdomainProblems(`${id}-propagation`)[0];
  if (problem === undefined) return;
  throw constructError(app, {
    code: 'object.name',
    message: `the id "${id}" ${problem}`,
    why: 'it names the policies, and Kubernetes refuses that name',
    fix: 'choose another construct id',
  });
}

/** The given replicas, or those that the placement fixes. */
function replicasFor(app: Construct, given: number | undefined, { replicas: fixed }: Placement): number | undefined {
  if (given === undefined || fixed === undefined || given === fixed) return given === undefined ? fixed : given;
  throw constructError(app, {
    code: 'app.replicas',
    message: `replicas is ${quoted(given)}, but the placement is exactly ${fixed}`,
    why: 'Karmada divides the replicas of the workload, so no cluster would run the number that the placement gives',
    fix: 'leave replicas out, or choose Placement.weighted',
  });
}

/** The id is the name of the Deployment, its container and the Service, and the value of a label. */
function checkName(app: Construct, name: string, withService: boolean): void {
  const problem =
    (withService ? dns1035LabelProblems(name)[0] : dnsLabelProblems(name)[0]) ?? labelValueProblems(name)[0];
  if (problem === undefined) return;
  throw constructError(app, {
    code: 'object.name',
    message: `the id "${name}" ${problem}`,
    why: `it names the Deployment${withService ? ', its container and the Service' : ' and its container'}, and Kubernetes refuses that name`,
    fix: 'choose another construct id',
  });
}

function checkNumber(app: Construct, property: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw constructError(app, {
    code: `app.${property}`,
    message: `${property} is ${quoted(value)}`,
    why: `Kubernetes takes a whole number from ${least} to ${most}`,
    fix: `use a whole number from ${least} to ${most}`,
  });
}
