import type { KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import type { Cause } from '../cause';
import type { CheckedObject } from './checked-object';
import { explain } from './explain';
import { isPlainlyValid } from './plainly-valid';
import { defaulted } from './stored-form';
import { karmadaKind } from './tables';
import { schemaProblems } from './validator';

export interface SchemaCheckOptions {
  /** Karmada release of the definitions. */
  readonly karmada: KarmadaVersion;
}

/**
 * Validates an object against the CustomResourceDefinition of its kind, with strict field validation: unknown fields, types,
 * enums, missing fields, limits, repeated list items. Defaults are applied first, as in the API server.
 *
 * @returns no causes if the object is valid or the release does not define its kind
 */
export function checkSchema(object: KubernetesObject, options: SchemaCheckOptions): readonly Cause[] {
  const definition = karmadaKind(object.apiVersion, object.kind, options.karmada);
  if (!definition) return [];
  return defaultedProblems(defaulted(object, options.karmada), { object, definition, karmada: options.karmada });
}

/** Like {@link checkSchema}, for an object that already has its defaults. */
export function defaultedProblems(complete: KubernetesObject, checked: CheckedObject): readonly Cause[] {
  const { definition } = checked;
  if (isPlainlyValid(definition, complete)) return [];
  const problems = schemaProblems(definition, complete);
  return problems.length === 0 ? [] : explain(problems, checked);
}
