import type { KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import type { Cause } from '../cause';
import type { CheckedObject } from './checked-object';
import { explain } from './explain';
import { isPlainlyValid } from './plainly-valid';
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
  return defaultedProblems(defaulted(object, options.karmada), { object, definition, karmada: options.karmada });
}

/** The same for an object that has its defaults already. */
export function defaultedProblems(complete: KubernetesObject, checked: CheckedObject): readonly Cause[] {
  const { definition } = checked;
  if (isPlainlyValid(definition, complete)) return [];
  const problems = schemaProblems(definition, complete);
  return problems.length === 0 ? [] : explain(problems, checked);
}
