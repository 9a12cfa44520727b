import { apiGroup, type KubernetesObject } from './object';
import { fieldAt, textOf } from './plain-data';

/** Whether an object is a CustomResourceDefinition. */
export function isDefinition({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'CustomResourceDefinition' && apiGroup(apiVersion) === 'apiextensions.k8s.io';
}

/** The `groupKindKey` of the kind that a CustomResourceDefinition defines. */
export function definedKind({ spec }: KubernetesObject): string {
  return `${textOf(fieldAt(spec, 'group'))}/${textOf(fieldAt(spec, 'names', 'kind'))}`;
}
