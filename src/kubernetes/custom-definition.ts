import { apiGroup, type KubernetesObject } from './object';
import { fieldAt, textOf } from './plain-data';

/** Whether an object is a CustomResourceDefinition, which defines a custom kind. */
export function isDefinition({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'CustomResourceDefinition' && apiGroup(apiVersion) === 'apiextensions.k8s.io';
}

/** `group/Kind` that a CustomResourceDefinition defines, as `groupKindKey` writes it. */
export function definedKind({ spec }: KubernetesObject): string {
  return `${textOf(fieldAt(spec, 'group'))}/${textOf(fieldAt(spec, 'names', 'kind'))}`;
}
