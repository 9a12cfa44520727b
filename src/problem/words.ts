/**
 * The candidate that is most similar to a misspelled word.
 *
 * @returns undefined if no candidate or more than one is similar enough: one edit per three letters, ignoring case; a prefix
 *   of exactly one candidate is always similar enough
 */
export function nearMiss(word: string, candidates: readonly string[]): string | undefined {
  const begun = candidates.filter((candidate) => word.length > 1 && candidate.startsWith(word));
  if (begun.length === 1) return begun[0];
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    // At least one edit for each letter that one word has more; without this a very long text takes seconds.
    if (Math.abs(word.length - candidate.length) > bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    // With two equally similar candidates, as in a fleet of numbered names, it is unclear which was meant.
    if (distance === bestDistance) best = undefined;
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** The first item that is in a list for the second time. */
export function firstTwice<Item>(list: readonly Item[]): Item | undefined {
  const seen = new Set<Item>();
  return list.find((item) => seen.size === seen.add(item).size);
}

/** Joins words as `a, b or c`; a list of more than `most` is cut to a few words and a count. */
export function joinWords(words: readonly string[], conjunction?: 'and' | 'or', most = 8): string {
  if (words.length > most) return `${words.slice(0, most - 1).join(', ')} and ${words.length - most + 1} more`;
  if (conjunction === undefined || words.length < 2) return words.join(', ');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words[words.length - 1]}`;
}

/** `1 replica`, `2 replicas`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** `2`, `2 to 9`. */
export function rangeText({ min, max }: { readonly min: number; readonly max: number }): string {
  return min === max ? String(min) : `${min} to ${max}`;
}

/** A value for an error message: JSON, cut if long; values that JSON does not have are described. */
export function quoted(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number' || value === undefined) return String(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return `the ${typeof value} ${String(value)}`;
  let text: string;
  try {
    text = builtIn(value) ?? JSON.stringify(value) ?? typeof value;
  } catch {
    text = 'a value that refers to itself';
  }
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** A Map, a Date or another object whose content JSON does not show. */
function builtIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const name = Object.prototype.toString.call(value).slice(8, -1);
  return name === 'Object' ? undefined : `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Control characters, and those that hide or reorder text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * User data as a line of text output may hold it: a terminal obeys none of it, no line begins with it, and no CI system
 * takes it for a command. What is escaped looks as in JSON.
 */
export function printable(text: string): string {
  return (
    text
      .replaceAll(unprintable, (character) => shortEscapes[character] ?? escapeOf(character))
      // GitHub Actions obeys `::error` at the start of a line, and `##[error]` anywhere.
      .replaceAll(/(?<!\S)::|##(?=\[)/g, (command) => `${escapeOf(command)}${command.slice(1)}`)
  );
}

/** The same for a text that has lines of its own, such as what another program printed. */
export function printableLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.split('\t').map(printable).join('\t'))
    .join('\n');
}

/** Data with every text in it printable. */
export function printableData<Data>(data: Data): Data {
  if (typeof data === 'string') return printable(data) as Data;
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(printableData) as Data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, printableData(value)])) as Data;
}

/** User data, made printable, as text of HTML or SVG. */
export function markupText(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Breaks a text, made printable, into lines of at most `width` characters at its spaces; a longer word keeps its own line. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Edit distance in which swapping two adjacent letters counts as one edit. */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        rows[row - 1]![column]! + 1,
        current[column - 1]! + 1,
        rows[row - 1]![column - 1]! + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, rows[row - 2]![column - 2]! + 1);
      current.push(cost);
    }
    rows.push(current);
  }
  return rows[from.length]![to.length]!;
}
