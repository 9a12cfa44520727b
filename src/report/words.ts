import { wrapped } from '../problem/words';

/** Longer lines of prose are hard to read, however wide the terminal. */
const proseWidth = 110;

/** A text behind a label, its further lines indented below it. */
export function labelled(label: string, text: string, width: number, indent = '  '): string[] {
  const lead = `${indent}${label.padEnd(8)} `;
  return wrapped(text, Math.max(Math.min(width, proseWidth) - lead.length, 30)).map((line, index) =>
    index === 0 ? `${lead}${line}` : `${' '.repeat(lead.length)}${line}`,
  );
}

/** A text whose first line has a lead of two columns, with further lines indented below it. */
export function hanging(text: string, width: number, lead = '  '): string[] {
  return wrapped(text, width - 4).map((line, index) => `${index === 0 ? lead : '    '}${line}`);
}

/** A time as `2026-11-29 18:33 UTC`; other text stays as it is. */
export function timeText(time: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::[\d.]+)?Z$/.exec(time);
  return parts ? `${parts[1]} ${parts[2]} UTC` : time;
}
