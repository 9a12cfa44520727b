import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt, textOf } from '../../kubernetes/plain-data';

/** Whether an object defines a custom kind. */
export function isDefinition({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion === 'apiextensions.k8s.io/v1' && kind === 'CustomResourceDefinition';
}

/** `group/Kind` that a CustomResourceDefinition defines. */
export function definedKind(definition: KubernetesObject): string {
  return `${textOf(fieldAt(definition.spec, 'group'))}/${textOf(fieldAt(definition.spec, 'names', 'kind'))}`;
}

/** `group/Kind` of an object. */
export function groupKind({ apiVersion, kind }: KubernetesObject): string {
  return `${apiGroup(apiVersion)}/${kind}`;
}

/** What makes findings about a custom kind that members do not serve one mistake. */
export function definitionCause(kind: string): string {
  return `definition of ${kind}`;
}
