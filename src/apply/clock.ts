import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from './run-program';

/** Time as waits see it, in seconds. */
export interface Clock {
  readonly now: () => number;
  /** @throws Interrupted when the signal is raised */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
}

/** The time of this machine. */
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
