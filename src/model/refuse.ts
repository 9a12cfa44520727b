import { ModelError } from '../problem/model-error';
import type { FieldProblem } from '../problem/problem';

/**
 * Rejects a value for the first reason for which Karmada rejects its manifest.
 *
 * @param causes - findings of the rules in src/admission/rules
 * @param codes - the error code: one for all causes, or a map from cause code
 * @throws ModelError
 */
export function refuse(causes: Iterable<FieldProblem>, codes: string | Readonly<Record<string, string>>): void {
  for (const { code, path, message, fix } of causes) {
    throw new ModelError(`${path}: ${message}`, { code: typeof codes === 'string' ? codes : codes[code]!, fix });
  }
}
