import { createInterface } from 'node:readline/promises';

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

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
