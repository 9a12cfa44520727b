import type { KubernetesObject } from './object';
import { fieldAt, listOf, recordOf, stringMapOf } from './plain-data';

/** Lists of containers in a pod spec. */
const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Kinds in which Karmada's overriders find the pod spec, with its path; the API group does not matter. */
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
  /** Path in the pod spec, such as `containers[0]`. */
  readonly path: string;
}

/** A pod template and its path, which is empty for a Pod. */
export interface PodTemplate {
  readonly path: string;
  /** Path of the pod spec, such as `spec.template.spec`. */
  readonly specPath: string;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The pod template of an object, native or custom; undefined if it has none. */
export function podTemplateOf(object: KubernetesObject): PodTemplate | undefined {
  if (object.apiVersion === 'v1' && object.kind === 'Pod') {
    const spec = recordOf(object.spec);
    return spec && { path: '', specPath: 'spec', metadata: recordOf(object.metadata), spec };
  }
  const spec = recordOf(object.spec);
  if (!spec) return undefined;
  return (
    templateIn(spec, 'spec.template', 'spec.template.spec') ??
    templateIn(
      fieldAt(spec, 'jobTemplate', 'spec'),
      'spec.jobTemplate.spec.template',
      'spec.jobTemplate.spec.template.spec',
    )
  );
}

function templateIn(holder: unknown, path: string, specPath: string): PodTemplate | undefined {
  const template = recordOf(fieldAt(holder, 'template'));
  const spec = template && recordOf(fieldAt(template, 'spec'));
  if (!spec || !Array.isArray(spec['containers'])) return undefined;
  return { path, specPath, metadata: recordOf(fieldAt(template, 'metadata')), spec };
}

/** The containers of a pod spec, list by list. */
export function containersIn(
  spec: unknown,
  lists: readonly PodContainer['list'][] = containerLists,
): readonly PodContainer[] {
  const found: PodContainer[] = [];
  for (const list of lists) {
    for (const [index, container] of listOf(fieldAt(spec, list)).entries()) {
      found.push({ list, container, path: `${list}[${index}]` });
    }
  }
  return found;
}

/** Labels of an object's pods; undefined if its manifest has no pod template. */
export function podLabelsOf(object: KubernetesObject): Readonly<Record<string, string>> | undefined {
  const template = podTemplateOf(object);
  return template && (stringMapOf(template.metadata?.['labels']) ?? {});
}
