import { wrapped } from '../problem/words';

/** `a`, `a and b`, `a, b and c`; long lists are cut to a few names and a count. */
export function listed(names: readonly string[], most = 8): string {
  if (names.length > most) return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Longer lines of prose are hard to read, however wide the terminal. */
const proseWidth = 110;

/** A text behind a label, its further lines indented below it. */
export function labelled(label: string, text: string, width: number, indent = '  '): string[] {
  const lead = `${indent}${label.padEnd(8)} `;
  return wrapped(text, Math.max(Math.min(width, proseWidth) - lead.length, 30)).map((line, index) =>
    index === 0 ? `${lead}${line}` : `${' '.repeat(lead.length)}${line}`,
  );
}

/** A time as `2026-11-29 18:33 UTC`; other text stays as it is. */
export function timeText(time: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::[\d.]+)?Z$/.exec(time);
  return parts ? `${parts[1]} ${parts[2]} UTC` : time;
}
