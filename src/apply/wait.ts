import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '../problem/environment-error';
import { readStanding } from './control-plane';
import { Interrupted } from './interrupted';
import type { Kubectl } from './kubectl';
import { bindingsByTemplate, type ExpectedTemplate, rolloutOf, type TemplateRollout } from './rollout';

/** How long to wait, and for what; all times in seconds. */
export interface WaitOptions {
  readonly timeout: number;
  /** Whether members have to be healthy. */
  readonly health: boolean;
  /** @default 1 */
  readonly poll?: number;
  /** How long everything has to stand still before it counts as done. @default 2 */
  readonly settle?: number;
  /** How long a final failure has to be seen: what was so before the change stays for a moment. @default 5 */
  readonly grace?: number;
  /** The same for failures that Karmada retries. @default 30 */
  readonly retryGrace?: number;
}

/** How long signs are waited for that may never come, in seconds. */
const strictSeconds = 30;

/** How a wait ended. */
export interface WaitResult {
  readonly rollouts: readonly TemplateRollout[];
  readonly outcome: 'done' | 'failed' | 'timeout';
  readonly seconds: number;
}

/**
 * Waits until everything is rolled out, something failed for good, or the time is over.
 *
 * @param show - told of every look at the control plane
 */
export async function waitForRollout(
  kubectl: Kubectl,
  expected: readonly ExpectedTemplate[],
  options: WaitOptions,
  show: (rollouts: readonly TemplateRollout[], seconds: number) => void,
): Promise<WaitResult> {
  const { poll = 1, settle = 2 } = options;
  const namespaces = namespacesOf(expected);
  const failures = new FailureWatch(options);
  const patience = new Patience();
  const start = Date.now();
  const elapsed = () => (Date.now() - start) / 1000;
  let still = { fingerprint: '', since: 0 };
  for (;;) {
    const standing = await patience.read(() => readStanding(kubectl, namespaces));
    if (!standing) {
      await pause(poll, kubectl.signal);
      continue;
    }
    const { bindings, notReady } = standing;
    const byTemplate = bindingsByTemplate(bindings);
    const seconds = elapsed();
    const looking = { health: options.health, notReady, lenient: seconds > strictSeconds };
    const rollouts = expected.map((each) => rolloutOf(each, byTemplate, looking));
    show(rollouts, seconds);
    const fingerprint = [...byTemplate]
      .map(([template, { resourceVersion }]) => `${template} ${resourceVersion}`)
      .join();
    if (fingerprint !== still.fingerprint) still = { fingerprint, since: seconds };
    const done = rollouts.every(({ state }) => state === 'done' || state === 'paused' || state === 'nowhere');
    if (done && seconds - still.since >= settle) return { rollouts, outcome: 'done', seconds };
    if (failures.isOver(rollouts, seconds)) return { rollouts, outcome: 'failed', seconds };
    if (seconds >= options.timeout) return { rollouts, outcome: done ? 'done' : 'timeout', seconds };
    await pause(Math.min(poll, Math.max(options.timeout - seconds, 0.05)), kubectl.signal);
  }
}

/** Looks in a row that may go unanswered: a wait should outlast a moment without network. */
const mostMisses = 5;

class Patience {
  #misses = 0;

  /** @returns undefined where there was no answer, this time @throws EnvironmentError when there was none for too long */
  async read<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await read();
      this.#misses = 0;
      return result;
    } catch (error) {
      if (!(error instanceof EnvironmentError) || ++this.#misses > mostMisses) throw error;
      return undefined;
    }
  }
}

/** The namespaces of the templates. */
export function namespacesOf(expected: readonly ExpectedTemplate[]): string[] {
  const namespaces = expected.map(({ plan }) => plan.manifest.object.metadata?.namespace);
  return [...new Set(namespaces.filter((namespace) => namespace !== undefined))];
}

/** Remembers since when each failure has been seen without a break. */
class FailureWatch {
  readonly #since = new Map<string, number>();
  readonly #grace: number;
  readonly #retryGrace: number;

  constructor({ grace = 5, retryGrace = 30 }: WaitOptions) {
    this.#grace = grace;
    this.#retryGrace = retryGrace;
  }

  /** Whether a failure has lasted long enough to believe in it. */
  isOver(rollouts: readonly TemplateRollout[], seconds: number): boolean {
    const failing = rollouts.filter(({ state }) => state === 'failing');
    const keys = new Set(failing.map(({ template }) => template));
    for (const key of this.#since.keys()) if (!keys.has(key)) this.#since.delete(key);
    return failing.some(({ template, final }) => {
      const since = this.#since.get(template) ?? seconds;
      this.#since.set(template, since);
      return seconds - since >= (final ? this.#grace : this.#retryGrace);
    });
  }
}

/** @throws Interrupted */
export async function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(seconds * 1000, undefined, signal && { signal });
  } catch {
    throw new Interrupted();
  }
}
