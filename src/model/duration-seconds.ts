import type { Duration } from 'cdk8s';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';

/**
 * A duration in the whole seconds that Karmada counts in.
 *
 * @param duration - a cdk8s Duration; its type is all that is used of cdk8s, so nothing is loaded for it
 * @param owner - what lasts that long, for messages
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
