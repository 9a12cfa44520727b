import type { KubernetesObject } from './object';
import { fieldAt, recordOf, stringMapOf } from './plain-data';

/** Where kinds keep their pod template. */
const podTemplatePaths: readonly (readonly string[])[] = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];

/** A pod template: `metadata` and `spec` of the pods, and the path to it; the empty path for a Pod itself. */
export interface PodTemplate {
  readonly path: string;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The pod template of an object of any kind, built-in or custom; undefined where it has none. */
export function podTemplateOf(object: KubernetesObject): PodTemplate | undefined {
  if (object.apiVersion === 'v1' && object.kind === 'Pod') {
    const spec = recordOf(object.spec);
    return spec && { path: '', metadata: recordOf(object.metadata), spec };
  }
  for (const path of podTemplatePaths) {
    const template = fieldAt(object, ...path);
    const spec = recordOf(fieldAt(template, 'spec'));
    if (spec && Array.isArray(spec['containers'])) {
      return { path: path.join('.'), metadata: recordOf(fieldAt(template, 'metadata')), spec };
    }
  }
  return undefined;
}

/** Labels of the pods that an object makes; undefined where it makes none that manifests show. */
export function podLabelsOf(object: KubernetesObject): Readonly<Record<string, string>> | undefined {
  const template = podTemplateOf(object);
  return template && (stringMapOf(template.metadata?.['labels']) ?? {});
}
