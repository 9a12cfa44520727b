import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from './run-program';

/** Time for waits, in seconds; tests replace it. */
export interface Clock {
  readonly now: () => number;
  /** @throws Interrupted when the signal is aborted */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now() / 1000,
  sleep: async (seconds, signal) => {
    try {
      await sleep(seconds * 1000, undefined, signal && { signal });
    } catch {
      throw new Interrupted();
    }
  },
};
