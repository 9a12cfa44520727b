import type { Duration } from 'cdk8s';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';

/**
 * A duration in whole seconds, Karmada's unit.
 *
 * @param duration - a cdk8s Duration; only the type is imported, so cdk8s is not loaded
 * @param owner - what the duration belongs to, for messages
 * @throws ModelError `duration.type` for anything but a Duration, `duration.seconds` for a fraction of a second
 */
export function wholeSeconds(duration: Duration, owner: string): number {
  const given: unknown = duration;
  if (typeof given !== 'object' || given === null || typeof duration.toMilliseconds !== 'function') {
    throw new ModelError(`${owner} must be a Duration of cdk8s, got ${quoted(given)}`, {
      code: 'duration.type',
      fix: `write Duration.seconds(${typeof given === 'number' ? given : 300})`,
    });
  }
  const milliseconds = duration.toMilliseconds();
  if (!Number.isSafeInteger(milliseconds) || milliseconds % 1000 !== 0) {
    throw new ModelError(`${owner} must be whole seconds, got ${milliseconds} milliseconds`, {
      code: 'duration.seconds',
      fix: `write Duration.seconds(${Math.max(1, Math.round(milliseconds / 1000))})`,
    });
  }
  return milliseconds / 1000;
}
