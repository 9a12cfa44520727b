import { ModelError } from '../problem/model-error';
import type { FieldProblem } from '../problem/problem';

/**
 * Refuses a value for the first reason that Karmada has to refuse the manifest of it.
 *
 * @param causes - what the rules of src/admission/rules find
 * @param codes - the code of the error, one for all causes or by the code of the cause
 * @throws ModelError
 */
export function refuse(causes: Iterable<FieldProblem>, codes: string | Readonly<Record<string, string>>): void {
  for (const { code, path, message, fix } of causes) {
    throw new ModelError(`${path}: ${message}`, { code: typeof codes === 'string' ? codes : codes[code]!, fix });
  }
}
