import type { CliIo } from './io';

/** A text on standard error that is redrawn in place. */
export class LiveView {
  #lines = 0;

  constructor(readonly io: CliIo) {}

  draw(text: string): void {
    this.clear();
    this.io.err(`${text}\n`);
    // A line that is wider than the terminal takes several rows.
    const rowsOf = (line: string) => Math.max(1, Math.ceil(plain(line).length / this.io.width));
    this.#lines = text.split('\n').reduce((sum, line) => sum + rowsOf(line), 0);
  }

  /** Removes the text. */
  clear(): void {
    if (this.#lines > 0) this.io.err(`\x1b[${this.#lines}A\x1b[0J`);
    this.#lines = 0;
  }
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours start with an escape
  return text.replaceAll(/\x1b\[[0-9;]*m/g, '');
}
