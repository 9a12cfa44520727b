import { createInterface } from 'node:readline/promises';
import { EnvironmentError } from '../problem/environment-error';

/** Interaction with the user, if there is a terminal. */
export interface Terminal {
  /** Whether lines on standard error can be redrawn. */
  readonly isLive: boolean;
  /** Asks a question. @default - not interactive */
  readonly ask?: (question: string) => Promise<string>;
  /** A signal that Ctrl-C raises. A second Ctrl-C ends the process at once. */
  readonly interruption: () => AbortSignal;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stderr, env } = process;
  return {
    isLive: stderr.isTTY && env['TERM'] !== 'dumb' && !env['CI'],
    ...(stdin.isTTY && { ask }),
    interruption: () => {
      const controller = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
      return controller.signal;
    },
  };
}

const ask = (question: string) => askOn(question, process.stdin, process.stderr);

/**
 * Asks a question on a terminal.
 *
 * @throws EnvironmentError when the answer is Ctrl-C or Ctrl-D
 */
export async function askOn(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  const lines = createInterface({ input, output, terminal: true });
  try {
    return await lines.question(question);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    output.write('\n');
    throw new EnvironmentError('interrupted', 'answer the question, or pass --yes');
  } finally {
    lines.close();
  }
}
