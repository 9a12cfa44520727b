import { EnvironmentError } from '../problem/environment-error';
import { type Clock, systemClock } from '../process/clock';
import { type Binding, bindingsByTemplate } from './binding';
import { readSnapshot } from './control-plane';
import type { Kubectl } from './kubectl';
import { type ExpectedTemplate, isSettled, rolloutOf, type TemplateRollout } from './rollout';

/** Delays of a wait, in seconds. */
export interface Timing {
  /** Between two reads of the control plane. */
  readonly poll: number;
  /** How long nothing may change before the rollout counts as done. */
  readonly settle: number;
  /** How long a final failure must last: the state from before the change stays for a moment. */
  readonly grace: number;
  /** The same for what may resolve itself: failures that Karmada retries, missing status, a server that does not answer. */
  readonly patience: number;
}

export const defaultTiming: Timing = { poll: 1, settle: 2, grace: 5, patience: 30 };

export interface WaitOptions {
  /** In seconds. */
  readonly timeout: number;
  /** Whether members must be healthy. */
  readonly health: boolean;
  /** @default - {@link defaultTiming} */
  readonly timing?: Timing;
  /** @default - {@link systemClock} */
  readonly clock?: Clock;
}

export interface WaitResult {
  readonly outcome: 'done' | 'failed' | 'timeout';
  readonly seconds: number;
  /** The bindings read last, keyed by template. */
  readonly bindings: ReadonlyMap<string, Binding>;
}

/** Waits until the rollout is done or has failed, or the timeout. @param show - called after every read of the control plane */
export async function waitForRollout(
  kubectl: Kubectl,
  expected: readonly ExpectedTemplate[],
  { timeout, health, timing = defaultTiming, clock = systemClock }: WaitOptions,
  show: (rollouts: readonly TemplateRollout[], seconds: number) => void,
): Promise<WaitResult> {
  const namespaces = namespacesOf(expected);
  const failures = new Map<string, number>();
  const start = clock.now();
  let answered = start;
  let still = { fingerprint: '', since: 0 };
  for (;;) {
    const snapshot = await readSnapshot(kubectl, namespaces).catch((error) => {
      // Tolerate a short network outage.
      if (!(error instanceof EnvironmentError) || clock.now() - answered > timing.patience) throw error;
    });
    const seconds = clock.now() - start;
    if (snapshot) {
      answered = clock.now();
      const bindings = bindingsByTemplate(snapshot.bindings);
      const options = { health, notReady: snapshot.notReady, lenient: seconds > timing.patience };
      const rollouts = expected.map((each) => rolloutOf(each, bindings, options));
      show(rollouts, seconds);
      const fingerprint = [...bindings].map(([key, { metadata }]) => `${key} ${metadata['resourceVersion']}`).join();
      if (fingerprint !== still.fingerprint) still = { fingerprint, since: seconds };
      const isDone = rollouts.every(isSettled);
      if (isDone && seconds - still.since >= timing.settle) return { outcome: 'done', seconds, bindings };
      if (hasFailed(rollouts, failures, seconds, timing)) return { outcome: 'failed', seconds, bindings };
      if (seconds >= timeout) return { outcome: isDone ? 'done' : 'timeout', seconds, bindings };
    }
    await clock.sleep(timing.poll, kubectl.signal);
  }
}

function namespacesOf(expected: readonly ExpectedTemplate[]): string[] {
  const namespaces = expected.map(({ plan }) => plan.manifest.object.metadata?.namespace);
  return [...new Set(namespaces.filter((namespace) => namespace !== undefined))];
}

/** Whether a failure has lasted long enough. @param since - when the present failure of each template began */
function hasFailed(
  rollouts: readonly TemplateRollout[],
  since: Map<string, number>,
  seconds: number,
  { grace, patience }: Timing,
): boolean {
  for (const { template, state } of rollouts) {
    if (state !== 'failing') since.delete(template);
    else if (!since.has(template)) since.set(template, seconds);
  }
  return rollouts.some(
    ({ template, final }) => seconds - (since.get(template) ?? seconds) >= (final ? grace : patience),
  );
}
