import { ModelError } from './model-error';
import { quoted } from './words';

/** The least and the most that a whole number may be; the most is 2^31 - 1, as Karmada stores 32 bits, unless said. */
export interface WholeNumberLimits {
  readonly atLeast: number;
  readonly atMost?: number;
}

/**
 * Refuses anything but a whole number within limits.
 *
 * @param owner - what is counted, such as `maxReplicas of FederatedHPA "lab/web"`
 * @throws ModelError `number.range`
 */
export function checkWholeNumber(value: unknown, limits: WholeNumberLimits, owner: string): asserts value is number {
  const { atLeast, atMost = 2 ** 31 - 1 } = limits;
  if (typeof value === 'number' && Number.isInteger(value) && value >= atLeast && value <= atMost) return;
  throw new ModelError(`${owner} must be a whole number from ${atLeast} to ${atMost}, got ${quoted(value)}`, {
    code: 'number.range',
    fix: `write a number from ${atLeast} to ${atMost}, without quotes`,
  });
}
