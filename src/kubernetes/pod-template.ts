import type { KubernetesObject } from './object';
import { fieldAt, listOf, recordOf, stringMapOf } from './plain-data';

/** Where kinds keep their pod template. */
const podTemplatePaths: readonly (readonly string[])[] = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];

/** Lists of containers in a pod spec. */
const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** The native kinds whose pod spec Karmada's overriders find by themselves, and its place; whatever the API group. */
export const knownPodSpecs: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', ['spec']],
  ...['ReplicaSet', 'Deployment', 'DaemonSet', 'StatefulSet', 'Job'].map((kind): [string, readonly string[]] => [
    kind,
    ['spec', 'template', 'spec'],
  ]),
]);

/** A container of a pod spec. */
export interface PodContainer {
  readonly list: (typeof containerLists)[number];
  readonly container: unknown;
  /** Within the pod spec, such as `containers[0]`. */
  readonly path: string;
}

/** A pod template: `metadata` and `spec` of the pods, and the path to it; the empty path for a Pod itself. */
export interface PodTemplate {
  readonly path: string;
  /** Path to the pod spec, such as `spec.template.spec`. */
  readonly specPath: string;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The pod template of an object of any kind, built-in or custom; undefined where it has none. */
export function podTemplateOf(object: KubernetesObject): PodTemplate | undefined {
  if (object.apiVersion === 'v1' && object.kind === 'Pod') {
    const spec = recordOf(object.spec);
    return spec && { path: '', specPath: 'spec', metadata: recordOf(object.metadata), spec };
  }
  for (const path of podTemplatePaths) {
    const template = fieldAt(object, ...path);
    const spec = recordOf(fieldAt(template, 'spec'));
    if (spec && Array.isArray(spec['containers'])) {
      const at = path.join('.');
      return { path: at, specPath: `${at}.spec`, metadata: recordOf(fieldAt(template, 'metadata')), spec };
    }
  }
  return undefined;
}

/** The containers of a pod spec, list by list. */
export function* containersIn(
  spec: unknown,
  lists: readonly PodContainer['list'][] = containerLists,
): Iterable<PodContainer> {
  for (const list of lists) {
    for (const [index, container] of listOf(fieldAt(spec, list)).entries()) {
      yield { list, container, path: `${list}[${index}]` };
    }
  }
}

/** Labels of the pods that an object makes; undefined where it makes none that manifests show. */
export function podLabelsOf(object: KubernetesObject): Readonly<Record<string, string>> | undefined {
  const template = podTemplateOf(object);
  return template && (stringMapOf(template.metadata?.['labels']) ?? {});
}
