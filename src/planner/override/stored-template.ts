import { containerDefaults, podDefaults, specDefaults } from '../../kubernetes/api-defaults';
import { groupKindKey, type KubernetesObject } from '../../kubernetes/object';
import { listOf, recordOf } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';

type Fields = Readonly<Record<string, unknown>>;

const { resources, ...messages } = containerDefaults;
const completeContainer: Fields = { ...messages, imagePullPolicy: 'IfNotPresent', resources };

const probeDefaults: Fields = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
};

/**
 * A claimed template as patches meet it: with the fields that the API server fills in, and with labels and annotations,
 * of which Karmada writes some itself. The values are those of a plain cluster; what counts is that the fields exist.
 */
export function storedTemplate(object: KubernetesObject): KubernetesObject {
  const metadata = { labels: {}, annotations: {}, ...present(recordOf(object.metadata)) };
  const spec = recordOf(object.spec);
  if (!spec) return { ...object, metadata } as KubernetesObject;
  const defaults = specDefaults[groupKindKey(object)];
  const completed = { ...defaults, ...present(spec) };
  if (object.kind === 'Service')
    Object.assign(completed, { ports: listOf(spec['ports']).map(servicePort(spec['type'])) });
  return withPodDefaults({ ...object, metadata, spec: completed } as KubernetesObject);
}

function withPodDefaults(object: KubernetesObject): KubernetesObject {
  const template = podTemplateOf(object);
  if (!template) return object;
  return replacedAt(object, template.specPath.split('.'), {
    ...podDefaults,
    ...present(template.spec),
    ...containersOf(template.spec, 'containers'),
    ...containersOf(template.spec, 'initContainers'),
  }) as KubernetesObject;
}

function containersOf(spec: Fields, field: string): Fields {
  return Array.isArray(spec[field]) ? { [field]: listOf(spec[field]).map(container) } : {};
}

function container(value: unknown): unknown {
  const fields = recordOf(value);
  if (!fields) return value;
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => {
    const probe = recordOf(fields[name]);
    return probe ? [[name, { ...probeDefaults, ...present(probe) }]] : [];
  });
  const ports = Array.isArray(fields['ports']) && { ports: listOf(fields['ports']).map(containerPort) };
  return {
    ...completeContainer,
    ...present(fields),
    ...Object.fromEntries(probes),
    ...ports,
  };
}

function containerPort(value: unknown): unknown {
  const fields = recordOf(value);
  return fields ? { protocol: 'TCP', ...present(fields) } : value;
}

function servicePort(type: unknown): (value: unknown) => unknown {
  const node = (type === 'NodePort' || type === 'LoadBalancer') && { nodePort: 30000 };
  return (value) => {
    const fields = recordOf(value);
    return fields ? { protocol: 'TCP', targetPort: fields['port'], ...node, ...present(fields) } : value;
  };
}

/** Fields that are null are not stored, so defaults take their place. */
function present(fields: Fields = {}): Fields {
  if (Object.values(fields).every((value) => value !== null && value !== undefined)) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

function replacedAt(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const fields = recordOf(value) ?? {};
  return { ...fields, [key]: replacedAt(fields[key], rest, replacement) };
}
