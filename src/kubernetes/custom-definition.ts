import { apiGroup, type KindName, type KubernetesObject } from './object';
import { fieldAt, textOf } from './plain-data';

/** Whether an object is a CustomResourceDefinition. */
export function isDefinition({ apiVersion, kind }: KindName): boolean {
  return kind === 'CustomResourceDefinition' && apiGroup(apiVersion) === 'apiextensions.k8s.io';
}

/** The `groupKindKey` of the kind that a CustomResourceDefinition defines. */
export function definedKind({ spec }: KubernetesObject): string {
  return `${textOf(fieldAt(spec, 'group'))}/${textOf(fieldAt(spec, 'names', 'kind'))}`;
}

/** Names that the definition of a kind may have: the plural, which the kind alone does not tell, and the group. */
export function definitionNames({ apiVersion, kind }: KindName): readonly string[] {
  const singular = kind.toLowerCase();
  const plurals = new Set([`${singular}s`, `${singular}es`, singular, singular.replace(/y$/, 'ies')]);
  return [...plurals].map((plural) => `${plural}.${apiGroup(apiVersion)}`);
}
