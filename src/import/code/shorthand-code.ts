import { dns1035LabelProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf } from '../../kubernetes/plain-data';
import { firstDifference, normalForm } from '../normal-form';
import type { LiteralValue } from '../print-typescript';
import type { PropsCode } from './policy-code';

/** A workload as props of a FederatedApp. */
export interface ShorthandCode {
  readonly props: PropsCode;
  /** The objects that the props make, the Deployment first. */
  readonly objects: readonly KubernetesObject[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The props that make a Deployment, and with a second object its Service; undefined if they would make others. What they make is
 * built and compared.
 */
export function shorthandCode(objects: readonly KubernetesObject[]): ShorthandCode | undefined {
  const [deployment, second] = objects;
  if (deployment?.apiVersion !== 'apps/v1' || deployment.kind !== 'Deployment') return undefined;
  const name = deployment.metadata?.name ?? '';
  if (dns1035LabelProblems(name).length > 0) return undefined;
  const isService = second?.apiVersion === 'v1' && second.kind === 'Service' && second.metadata?.name === name;
  const service = isService ? second : undefined;
  const container = recordOf(listOf(fieldAt(deployment.spec, 'template', 'spec', 'containers'))[0]);
  const image = container?.['image'];
  if (container === undefined || typeof image !== 'string' || image === '') return undefined;
  const replicas = fieldAt(deployment.spec, 'replicas');
  const own = containerCode(container);
  const ports = service && portsCode(listOf(fieldAt(service.spec, 'ports')));
  if (own === undefined || (service && ports === undefined)) return undefined;
  const made = madeBy(deployment, service, { name, container, replicas });
  const taken = service ? [deployment, service] : [deployment];
  const isExact = taken.every(
    (object, index) => firstDifference(normalForm(object), normalForm(made[index]!)) === undefined,
  );
  if (!isExact) return undefined;
  return {
    props: {
      image,
      ...(replicas !== undefined && { replicas: replicas as LiteralValue }),
      ...ports,
      ...own,
    },
    objects: taken,
  };
}

/** The objects that the shorthand makes of these parts; it has no other fields. */
function madeBy(
  { metadata }: KubernetesObject,
  service: KubernetesObject | undefined,
  { name, container, replicas }: { readonly name: string; readonly container: Fields; readonly replicas: unknown },
): readonly KubernetesObject[] {
  const labels = { app: name };
  const own = { name, ...(metadata?.namespace !== undefined && { namespace: metadata.namespace }), labels };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: own,
    spec: {
      ...(replicas !== undefined && { replicas }),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ ...container, name }] } },
    },
  };
  if (service === undefined) return [deployment];
  const ports = listOf(fieldAt(service.spec, 'ports'));
  return [deployment, { apiVersion: 'v1', kind: 'Service', metadata: own, spec: { selector: labels, ports } }];
}

const plainFields = ['command', 'args'];
const probes = ['readinessProbe', 'livenessProbe', 'startupProbe'];
const probeTimes = ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'];

const fieldOrder = [...plainFields, 'env', 'envFrom', 'resources', ...probes];

/** The container's fields as props; undefined for a field that is none. */
function containerCode(container: Fields): PropsCode | undefined {
  const props: Record<string, LiteralValue> = {};
  const fields = Object.entries(container).sort(
    ([one], [other]) => fieldOrder.indexOf(one) - fieldOrder.indexOf(other),
  );
  for (const [field, value] of fields) {
    if (field === 'name' || field === 'image') continue;
    if (plainFields.includes(field) && listOf(value).every((word) => typeof word === 'string')) {
      props[field] = value as LiteralValue;
    } else if (field === 'env') {
      const env = environmentCode(listOf(value));
      if (env === undefined) return undefined;
      props['env'] = env;
    } else if (field === 'envFrom') {
      const sources = listOf(value).map(sourceCode);
      if (sources.includes(undefined)) return undefined;
      props['envFrom'] = sources as LiteralValue[];
    } else if (field === 'resources') {
      const { requests, limits, ...others } = recordOf(value) ?? {};
      const isPlain = [requests ?? {}, limits ?? {}].every((map) => recordOf(map) !== undefined);
      if (Object.keys(others).length > 0 || !isPlain || (requests === undefined && limits === undefined))
        return undefined;
      if (requests !== undefined) props['requests'] = requests as LiteralValue;
      if (limits !== undefined) props['limits'] = limits as LiteralValue;
    } else if (probes.includes(field) && isProbe(value)) {
      props[field] = value as LiteralValue;
    } else {
      return undefined;
    }
  }
  return props;
}

function environmentCode(variables: readonly unknown[]): LiteralValue | undefined {
  const env: [string, LiteralValue][] = [];
  for (const variable of variables) {
    const { name, value, valueFrom, ...others } = recordOf(variable) ?? {};
    const code = typeof value === 'string' && valueFrom === undefined ? value : referenceCode(valueFrom);
    const isNew = typeof name === 'string' && /^[A-Za-z_][\w.-]*$/.test(name) && !env.some(([known]) => known === name);
    if (!isNew || code === undefined || Object.keys(others).length > 0) return undefined;
    env.push([name, code]);
  }
  return env.length === 0 ? undefined : Object.fromEntries(env);
}

function referenceCode(from: unknown): LiteralValue | undefined {
  const [[source, reference] = ['', undefined], ...more] = Object.entries(recordOf(from) ?? {});
  const fields = recordOf(reference) ?? {};
  const has = (...known: readonly string[]) => Object.keys(fields).every((field) => known.includes(field));
  if (more.length > 0) return undefined;
  const { name, key, optional, fieldPath } = fields as {
    name?: string;
    key?: string;
    optional?: boolean;
    fieldPath?: string;
  };
  if (source === 'fieldRef' && has('fieldPath') && typeof fieldPath === 'string') return { field: fieldPath };
  const kind = { configMapKeyRef: 'configMap', secretKeyRef: 'secret' }[source];
  if (kind === undefined || !has('name', 'key', 'optional') || !name || !key) return undefined;
  return { [kind]: name, key, ...(optional !== undefined && { optional }) };
}

function sourceCode(source: unknown): LiteralValue | undefined {
  const { prefix, configMapRef, secretRef, ...others } = recordOf(source) ?? {};
  const reference = recordOf(configMapRef ?? secretRef);
  const { name, optional, ...more } = (reference ?? {}) as { name?: string; optional?: boolean };
  if (!name || (configMapRef && secretRef) || Object.keys({ ...others, ...more }).length > 0) return undefined;
  return {
    [configMapRef ? 'configMap' : 'secret']: name,
    ...(prefix !== undefined && { prefix: prefix as LiteralValue }),
    ...(optional !== undefined && { optional }),
  };
}

/** Whether a probe is written as the shorthand takes it: one check, with a number as port. */
function isProbe(value: unknown): boolean {
  const probe = recordOf(value) ?? {};
  const checks = Object.entries(probe).filter(([field]) => !probeTimes.includes(field));
  const times = Object.entries(probe).filter(([field]) => probeTimes.includes(field));
  const [[handler, check] = ['', undefined], ...more] = checks;
  if (more.length > 0 || times.some(([, time]) => !Number.isInteger(time))) return false;
  const fields = recordOf(check) ?? {};
  const has = (...known: readonly string[]) => Object.keys(fields).every((field) => known.includes(field));
  const { port, path, command } = fields;
  switch (handler) {
    case 'httpGet':
      return (
        has('path', 'port', 'scheme') && Number.isInteger(port) && typeof path === 'string' && path.startsWith('/')
      );
    case 'tcpSocket':
      return has('port') && Number.isInteger(port);
    case 'grpc':
      return has('port', 'service') && Number.isInteger(port);
    case 'exec':
      return has('command') && listOf(command).length > 0;
    default:
      return false;
  }
}

/** The ports of a Service as `port` or `ports`. */
function portsCode(ports: readonly unknown[]): PropsCode | undefined {
  const all = ports.map((port) => recordOf(port) ?? {});
  const isPlain = all.every(({ name: _, port, targetPort, protocol, ...others }) => {
    const isNumber = Number.isInteger(port) && Number.isInteger(targetPort);
    return isNumber && ['TCP', 'UDP', 'SCTP'].includes(protocol as string) && Object.keys(others).length === 0;
  });
  const [first] = all;
  if (!isPlain || first === undefined) return undefined;
  if (all.length === 1 && first['name'] === undefined) {
    const { port, targetPort, protocol } = first;
    return port === targetPort && protocol === 'TCP' ? { port: port as LiteralValue } : undefined;
  }
  const named = all.map(({ name, port, targetPort, protocol }): [string, LiteralValue] => [
    name as string,
    port === targetPort && protocol === 'TCP'
      ? (port as LiteralValue)
      : {
          port: port as LiteralValue,
          ...(targetPort !== port && { targetPort: targetPort as LiteralValue }),
          ...(protocol !== 'TCP' && { protocol: protocol as LiteralValue }),
        },
  ]);
  const names = new Set(named.map(([name]) => name));
  const isNamed = named.every(([name]) => typeof name === 'string' && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name));
  return isNamed && names.size === named.length ? { ports: Object.fromEntries(named) } : undefined;
}
