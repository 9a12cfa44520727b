import type { KarmadaVersion } from '../../model/karmada-version';
import type { KubernetesObject } from '../../model/kubernetes-object';
import type { Cause } from '../cause';
import { explain } from './explain';
import { defaulted } from './stored-form';
import { karmadaKind } from './tables';
import { schemaProblems } from './validator';

/** What an object is checked against. */
export interface SchemaCheckOptions {
  /** Karmada release whose definitions count. */
  readonly karmada: KarmadaVersion;
}

/**
 * What the API server would refuse by the CustomResourceDefinition of the object's kind, with strict field validation:
 * unknown fields, types, enums, missing fields, limits, repeated list items. Defaults count as written, as they do there.
 *
 * @returns no cause for an object that passes, or whose kind the release does not define
 */
export function checkSchema(object: KubernetesObject, options: SchemaCheckOptions): readonly Cause[] {
  const definition = karmadaKind(object.apiVersion, object.kind, options.karmada);
  if (!definition) return [];
  const problems = schemaProblems(definition, defaulted(object, options.karmada));
  if (problems.length === 0) return [];
  return explain(problems, { object, definition, karmada: options.karmada });
}
