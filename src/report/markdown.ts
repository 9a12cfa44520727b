import { printable } from '../problem/words';

/** User data as inline code, also in a table. */
export function code(text: string): string {
  // A table removes one backslash before a bar, and a bar after two backslashes still ends the cell.
  if (text.includes('\\|')) return `<code>${escaped(text)}</code>`;
  const bare = printable(text).replaceAll('|', '\\|');
  const fence = '`'.repeat(Math.max(0, ...[...bare.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  return fence.length > 1 ? `${fence} ${bare} ${fence}` : `\`${bare}\``;
}

/** User data as text without markup, links or mentions. */
export function escaped(text: string): string {
  return (
    printable(text)
      .replaceAll(/[\\`*_[\]#~]/g, (character) => `\\${character}`)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('|', '&#124;')
      .replaceAll('://', '&#58;//')
      // GitHub detects mentions in the rendered text, so an entity is not enough.
      .replaceAll('@', '@&#8203;')
  );
}
