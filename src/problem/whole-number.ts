import { ModelError } from './model-error';
import { quoted } from './words';

/** Limits of a whole number. `atMost` defaults to 2^31 - 1, because Karmada stores 32 bits. */
export interface WholeNumberLimits {
  readonly atLeast: number;
  readonly atMost?: number;
}

/**
 * Rejects a value that is not a whole number within limits.
 *
 * @param owner - description of the value for messages, such as `maxReplicas of FederatedHPA "lab/web"`
 * @throws ModelError `number.range`
 */
export function checkWholeNumber(value: unknown, limits: WholeNumberLimits, owner: string): asserts value is number {
  const found = wholeNumberProblem(value, limits);
  if (found !== undefined) throw new ModelError(`${owner} ${found.problem}`, { code: 'number.range', fix: found.fix });
}

/** What a message says of a value that is not a whole number within limits, after its owner, and how to fix it. */
export function wholeNumberProblem(
  value: unknown,
  { atLeast, atMost = 2 ** 31 - 1 }: WholeNumberLimits,
): { problem: string; fix: string } | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && value >= atLeast && value <= atMost) return undefined;
  return {
    problem: `must be a whole number from ${atLeast} to ${atMost}, got ${quoted(value)}`,
    fix: `write a number from ${atLeast} to ${atMost}, without quotes`,
  };
}
