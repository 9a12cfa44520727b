/** Lines around a change. */
const contextLines = 3;

/** Above this number of comparisons, a changed section is shown as a whole. */
const mostComparisons = 4_000_000;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * The difference of two texts in the format of `diff -u`; empty if they are equal.
 *
 * @param before - lines without line breaks; none for a new text
 */
export function unifiedDiff(
  before: readonly string[],
  after: readonly string[],
  names: { readonly before: string; readonly after: string },
): string {
  const lines = comparedLines(before, after);
  const changes = lines.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]));
  if (changes.length === 0) return '';
  const hunks: [number, number][] = [];
  for (const index of changes) {
    const last = hunks.at(-1);
    const end = Math.min(index + 1 + contextLines, lines.length);
    if (last && index - contextLines <= last[1]) last[1] = end;
    else hunks.push([Math.max(index - contextLines, 0), end]);
  }
  const text = hunks.map(([start, end]) => hunkText(lines, start, end)).join('');
  return `--- ${names.before}\n+++ ${names.after}\n${text}`;
}

function hunkText(lines: readonly Line[], start: number, end: number): string {
  const range = (without: Line['sign']): string => {
    const count = (from: number, to: number) => lines.slice(from, to).filter(({ sign }) => sign !== without).length;
    const length = count(start, end);
    const first = count(0, start) + (length > 0 ? 1 : 0);
    return length === 1 ? `${first}` : `${first},${length}`;
  };
  const body = lines.slice(start, end).map(({ sign, text }) => `${sign}${text}\n`);
  return `@@ -${range('+')} +${range('-')} @@\n${body.join('')}`;
}

function comparedLines(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [oldEnd, newEnd] = [before.length, after.length];
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  const same = (texts: readonly string[]) => texts.map((text): Line => ({ sign: ' ', text }));
  return [
    ...same(before.slice(0, start)),
    ...changedLines(before.slice(start, oldEnd), after.slice(start, newEnd)),
    ...same(before.slice(oldEnd)),
  ];
}

/** Keeps a longest common subsequence. */
function changedLines(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const isTooLong = before.length * after.length > mostComparisons;
  /** Length of the longest common subsequence of what follows each pair of positions. */
  const common = new Uint32Array(isTooLong ? 0 : (before.length + 1) * width);
  const at = (old: number, now: number) => common[old * width + now] ?? 0;
  for (let old = before.length - 1; old >= 0 && !isTooLong; old--) {
    for (let now = after.length - 1; now >= 0; now--) {
      const isSame = before[old] === after[now];
      common[old * width + now] = isSame ? at(old + 1, now + 1) + 1 : Math.max(at(old + 1, now), at(old, now + 1));
    }
  }
  const lines: Line[] = [];
  let [old, now] = [0, 0];
  while (old < before.length || now < after.length) {
    if (old < before.length && before[old] === after[now] && !isTooLong) {
      lines.push({ sign: ' ', text: before[old]! });
      old++;
      now++;
    } else if (old < before.length && (now === after.length || at(old + 1, now) >= at(old, now + 1))) {
      lines.push({ sign: '-', text: before[old++]! });
    } else lines.push({ sign: '+', text: after[now++]! });
  }
  return lines;
}
