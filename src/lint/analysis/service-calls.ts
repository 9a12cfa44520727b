import { entryOf } from '../../kubernetes/map-entries';
import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { podSpecReferences } from '../../kubernetes/pod-references';
import { containersIn, type PodTemplate, podTemplateOf } from '../../kubernetes/pod-template';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { clientPrograms, type HostText, hostsIn, type NamedHost } from './named-hosts';

/** A Service that a workload names. */
export interface ServiceMention {
  /** `default/pipy`. */
  readonly service: string;
  /** Where in the workload, such as `spec.template.spec.containers[0].env[0].value`; where it mounts the ConfigMap, for those. */
  readonly path: string;
  /** Name of the ConfigMap that names it. @default - the workload does */
  readonly configMap?: string;
}

/** Finds the Services that workloads name in their environment, arguments, command and ConfigMaps. */
export class ServiceMentions {
  readonly #ports: ReadonlyMap<string, readonly number[]>;
  readonly #controlPlane: ControlPlaneState;
  readonly #inText = new Map<string, readonly string[]>();
  readonly #inConfigMap = new Map<string, readonly string[]>();

  /** @param others - ports of Services that are no manifests, by `namespace/name` */
  constructor(controlPlane: ControlPlaneState, others: ReadonlyMap<string, readonly number[]> = new Map()) {
    this.#controlPlane = controlPlane;
    const services = controlPlane
      .ofKind('v1', 'Service')
      .map(({ object: { metadata, spec } }) => [`${metadata?.namespace}/${metadata?.name}`, portsOf(spec)] as const);
    this.#ports = new Map([...others, ...services]);
  }

  /** Services that an object names, each once, with the first place that does. */
  of(object: KubernetesObject): readonly ServiceMention[] {
    const template = this.#ports.size > 0 ? podTemplateOf(object) : undefined;
    if (!template) return [];
    const namespace = textOf(object.metadata?.namespace);
    const mentions = new Map<string, ServiceMention>();
    const add = (mention: ServiceMention): void => {
      if (!mentions.has(mention.service)) mentions.set(mention.service, mention);
    };
    for (const { path, ...value } of textsOf(template)) {
      for (const service of this.#knownIn(value, namespace)) add({ service, path });
    }
    for (const configMap of configMapsOf(template)) {
      for (const service of this.#namedIn(configMap, namespace)) add({ service, path: template.specPath, configMap });
    }
    return [...mentions.values()];
  }

  /** Services that the data of a ConfigMap names. */
  inConfigMap(object: KubernetesObject): readonly string[] {
    const namespace = textOf(object.metadata?.namespace);
    const services = Object.entries(recordOf(object['data']) ?? {}).flatMap(([key, text]) =>
      typeof text === 'string' ? this.#servicesIn({ key, text }, namespace) : [],
    );
    return [...new Set(services)];
  }

  #namedIn(name: string, namespace: string): readonly string[] {
    const key = `${namespace}/${name}`;
    let services = this.#inConfigMap.get(key);
    if (!services) {
      const found = this.#controlPlane.find({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
      services = found ? this.inConfigMap(found.object) : [];
      this.#inConfigMap.set(key, services);
    }
    return services;
  }

  /** Most workloads share their words, such as `--port` and `8080`. */
  #knownIn(value: HostText, namespace: string): readonly string[] {
    const key = JSON.stringify([namespace, value.key, value.text]);
    return entryOf(this.#inText, key, () => this.#servicesIn(value, namespace));
  }

  #servicesIn(value: HostText, namespace: string): readonly string[] {
    const keyOf = (host: NamedHost): string => `${host.namespace ?? namespace}/${host.name}`;
    return hostsIn(
      value,
      (host) => this.#ports.has(keyOf(host)),
      (host) => this.#ports.get(keyOf(host)) ?? [],
    ).map(keyOf);
  }
}

function portsOf(spec: unknown): readonly number[] {
  return listOf(fieldAt(spec, 'ports')).map((port) => Number(fieldAt(port, 'port')));
}

/** Environment, arguments and command of all containers, each with what it is the value of. */
function* textsOf(template: PodTemplate): Iterable<HostText & { readonly path: string }> {
  for (const { container, path: at } of containersIn(template.spec, ['containers', 'initContainers'])) {
    const path = `${template.specPath}.${at}`;
    for (const [position, variable] of listOf(fieldAt(container, 'env')).entries()) {
      const text = textOf(fieldAt(variable, 'value'));
      if (text) yield { text, key: textOf(fieldAt(variable, 'name')), path: `${path}.env[${position}].value` };
    }
    const command = listOf(fieldAt(container, 'command')).map(textOf);
    const args = listOf(fieldAt(container, 'args')).map(textOf);
    yield* argumentsOf(command, command, `${path}.command`);
    yield* argumentsOf(args, [...command, ...args], `${path}.args`);
  }
}

const client = new RegExp(`(?:^|/)(?:${clientPrograms.replaceAll('.', '\\.')})$`);

/** Each argument as the value of its flag: `--host=pipy`, `--host pipy`, or any word behind `curl`. */
function* argumentsOf(
  words: readonly string[],
  whole: readonly string[],
  path: string,
): Iterable<HostText & { readonly path: string }> {
  const isClient = whole.some((word) => client.test(word));
  for (const [index, word] of words.entries()) {
    const [, flag, value] = /^--?([\w.-]+)=(.*)$/s.exec(word) ?? [];
    const previous = /^--?([\w.-]+)$/.exec(words[index - 1] ?? '')?.[1];
    const key = flag ?? previous ?? (isClient ? 'host' : undefined);
    yield {
      text: value ?? word,
      ...(key !== undefined && { key: isClient && !flag ? 'host' : key }),
      path: `${path}[${index}]`,
    };
  }
}

function configMapsOf(template: PodTemplate): readonly string[] {
  const references = podSpecReferences(template.spec);
  return [...new Set(references.flatMap(({ kind, name }) => (kind === 'ConfigMap' ? [name] : [])))];
}
