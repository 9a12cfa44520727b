import type { CliIo } from './io';

/** A text on standard error that is redrawn in place. */
export class LiveView {
  #lines = 0;

  constructor(readonly io: CliIo) {}

  draw(text: string): void {
    const back = this.#lines > 0 ? `\x1b[${this.#lines}A\x1b[0J` : '';
    this.io.err(`${back}${text}\n`);
    // A line that is wider than the terminal takes several rows.
    const rowsOf = (line: string) => Math.max(1, Math.ceil(plain(line).length / this.io.width));
    this.#lines = text.split('\n').reduce((sum, line) => sum + rowsOf(line), 0);
  }

  /** Keeps the text; the next output goes below it. */
  leave(): void {
    this.#lines = 0;
  }
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours start with an escape
  return text.replaceAll(/\x1b\[[0-9;]*m/g, '');
}
