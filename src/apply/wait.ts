import { EnvironmentError } from '../problem/environment-error';
import { type Binding, bindingsByTemplate } from './binding';
import { type Clock, systemClock } from './clock';
import { readSnapshot } from './control-plane';
import type { Kubectl } from './kubectl';
import { type ExpectedTemplate, isSettled, rolloutOf, type TemplateRollout } from './rollout';

/** How patient a wait is, in seconds. */
export interface Timing {
  /** Between two looks. */
  readonly poll: number;
  /** How long everything has to stand still before it counts as done. */
  readonly settle: number;
  /** How long a final failure has to be seen: the state before the change stays for a moment. */
  readonly grace: number;
  /** The same for what may pass by itself: failures that Karmada retries, missing signs, a server that does not answer. */
  readonly patience: number;
}

export const defaultTiming: Timing = { poll: 1, settle: 2, grace: 5, patience: 30 };

/** How long to wait, and for what. */
export interface WaitOptions {
  /** Longest wait, in seconds. */
  readonly timeout: number;
  /** Whether members have to be healthy. */
  readonly health: boolean;
  /** @default - for a running Karmada */
  readonly timing?: Timing;
  /** @default - the time of this machine */
  readonly clock?: Clock;
}

/** How a wait ended. */
export interface WaitResult {
  readonly outcome: 'done' | 'failed' | 'timeout';
  readonly seconds: number;
  /** The bindings of the last look, by template. */
  readonly bindings: ReadonlyMap<string, Binding>;
}

/**
 * Waits until everything is rolled out, something failed for good, or the time is over.
 *
 * @param show - called with every look at the control plane
 */
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
      // A wait outlasts a moment without network.
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

/** The namespaces of the templates. */
function namespacesOf(expected: readonly ExpectedTemplate[]): string[] {
  const namespaces = expected.map(({ plan }) => plan.manifest.object.metadata?.namespace);
  return [...new Set(namespaces.filter((namespace) => namespace !== undefined))];
}

/** Whether a failure has lasted long enough to believe in it. @param since - when each was first seen without a break */
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
