import { type Style, styleFor } from './style';
import { plainLength } from './table';

/** Layout of a page. */
export interface PageOptions {
  /** Columns at which words are wrapped; code keeps its lines. */
  readonly width: number;
  readonly color: boolean;
}

/**
 * A page of Markdown for a terminal: headings, paragraphs, lists, tables and code, as our own documentation uses them.
 * Without colours, code keeps its backticks and headings are underlined, so that nothing is lost.
 */
export function pageText(markdown: string, { width, color }: PageOptions): string {
  const page = { width: Math.max(width, 20), color, style: styleFor(color) };
  return blocksOf(markdown)
    .map((block) => blockLines(block, page).join('\n'))
    .join('\n\n');
}

interface Layout extends PageOptions {
  readonly style: Style;
}

type Block =
  | { readonly type: 'heading'; readonly level: number; readonly text: string }
  | { readonly type: 'code'; readonly lines: readonly string[] }
  | { readonly type: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly type: 'list'; readonly items: readonly { readonly lead: string; readonly text: string }[] }
  | { readonly type: 'paragraph'; readonly text: string };

const listItem = /^( *)(-|\d+\.) +(.*)$/;

function blocksOf(markdown: string): Block[] {
  const lines = markdown.replaceAll(/<!--[\s\S]*?-->\n?/g, '').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  /** The lines from here as long as they go on. */
  const take = (goesOn: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && goesOn(lines[at]!)) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at]!;
    const [, marks, heading] = /^(#+) +(.*)$/.exec(line) ?? [];
    if (line.trim() === '') at++;
    else if (marks !== undefined && heading !== undefined) {
      blocks.push({ type: 'heading', level: marks.length, text: heading });
      at++;
    } else if (line.startsWith('```')) {
      at++;
      blocks.push({ type: 'code', lines: take((one) => !one.startsWith('```')) });
      at++;
    } else if (line.startsWith('|')) {
      const [head, , ...body] = take((one) => one.startsWith('|')).map(cellsOfRow);
      blocks.push({ type: 'table', rows: [head ?? [], ...body] });
    } else if (listItem.test(line)) {
      blocks.push({ type: 'list', items: listItems(take((one) => listItem.test(one) || /^ +\S/.test(one))) });
    } else {
      const text = take((one) => one.trim() !== '' && !/^(#+ |```|\|)/.test(one) && !listItem.test(one));
      blocks.push({ type: 'paragraph', text: text.map((one) => one.trim()).join(' ') });
    }
  }
  return blocks;
}

function cellsOfRow(row: string): string[] {
  const cells = row.replaceAll('\\|', '\u0000').split('|').slice(1, -1);
  return cells.map((cell) => cell.trim().replaceAll('\u0000', '|'));
}

function listItems(lines: readonly string[]): { lead: string; text: string }[] {
  const items: { lead: string; text: string }[] = [];
  for (const line of lines) {
    const [, indent, mark, text] = listItem.exec(line) ?? [];
    const last = items.at(-1);
    if (text !== undefined) items.push({ lead: `${indent}${mark} `, text });
    else if (last !== undefined) last.text += ` ${line.trim()}`;
  }
  return items;
}

function blockLines(block: Block, page: Layout): readonly string[] {
  switch (block.type) {
    case 'heading':
      return headingLines(block.level, block.text, page);
    case 'code':
      return block.lines.map((line) => (line === '' ? '' : `    ${line}`));
    case 'table':
      return tableLines(block.rows, page);
    case 'list':
      return block.items.flatMap(({ lead, text }) => hangingLines(lead, inline(text, page), page.width));
    case 'paragraph':
      return wrappedLines(inline(block.text, page), page.width);
    default:
      return block satisfies never;
  }
}

function headingLines(level: number, text: string, page: Layout): readonly string[] {
  const { style, color, width } = page;
  const lines = wrappedLines(inline(text, page), width);
  if (color) return lines.map((line) => style.bold(level === 1 ? style.underline(line) : line));
  return [...lines, (level === 1 ? '=' : level === 2 ? '-' : '~').repeat(Math.max(...lines.map(plainLength)))];
}

const inlineMarks = /`([^`]+)`|\[((?:[^\]`]|`[^`]*`)+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*/g;

/** Text with its marks as colours. Each word has its own, so that lines can be broken between them. */
function inline(markdown: string, page: Layout): string {
  const { style, color } = page;
  return markdown.replaceAll(inlineMarks, (_, code?: string, link?: string, target?: string, strong?: string) => {
    if (code !== undefined) return color ? eachWord(code, style.cyan) : `\`${code}\``;
    if (strong !== undefined) return eachWord(strong, style.bold);
    const text = inline(link!, page);
    if (!/^https?:/.test(target!)) return eachWord(text, style.underline);
    return link === target ? text : `${text} (${target})`;
  });
}

function eachWord(text: string, mark: (word: string) => string): string {
  return text.split(' ').map(mark).join(' ');
}

/** Lines of at most `width` columns; a longer word keeps its own line. */
function wrappedLines(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || plainLength(line) + 1 + plainLength(word) > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

function hangingLines(lead: string, text: string, width: number): string[] {
  const lines = wrappedLines(text, width - lead.length);
  return lines.map((line, index) => `${index === 0 ? lead : ' '.repeat(lead.length)}${line}`);
}

const gap = 2;
/** A column of less text than this is harder to read than a list. */
const narrowest = 20;

/** Columns where they have room, otherwise the rows one below the other. */
function tableLines(rows: readonly (readonly string[])[], page: Layout): readonly string[] {
  const { style, width } = page;
  const [head = [], ...body] = rows.map((row) => row.map((cell) => inline(cell, page)));
  const all = [head, ...body];
  const natural = head.map((_, column) => Math.max(...all.map((row) => plainLength(row[column] ?? ''))));
  const widths = columnWidths(natural, width - gap * (head.length - 1));
  const isRoomy = widths.every((given, column) => given === natural[column] || given >= narrowest);
  const fits = all.every((row) => row.every((cell, column) => longestWord(cell) <= widths[column]!));
  if (!isRoomy || !fits) return body.flatMap((row, index) => rowBelow(head, row, index, page));
  const line = (row: readonly string[]): string[] => {
    const cells = head.map((_, column) => wrappedLines(row[column] ?? '', widths[column]!));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, index) =>
      cells
        .map((lines, column) => padded(lines[index] ?? '', widths[column]!))
        .join(' '.repeat(gap))
        .trimEnd(),
    );
  };
  const titles = head.every((title) => title === '')
    ? []
    : [
        ...line(head.map((title) => eachWord(title, style.bold))),
        style.dim(widths.map((one) => '-'.repeat(one)).join('  ')),
      ];
  return [...titles, ...body.flatMap(line)];
}

function rowBelow(head: readonly string[], row: readonly string[], index: number, page: Layout): string[] {
  const [first = '', ...others] = row;
  const lines = others.flatMap((cell, column) => {
    const title = head[column + 1] ?? '';
    if (cell === '') return [];
    return hangingLines('    ', title === '' || others.length === 1 ? cell : `${title}: ${cell}`, page.width);
  });
  return [...(index === 0 ? [] : ['']), ...wrappedLines(eachWord(first, page.style.bold), page.width), ...lines];
}

/** Columns that need less than their share keep what they need; the others share the rest. */
function columnWidths(natural: readonly number[], available: number): number[] {
  const widths = [...natural];
  let open = widths.map((_, column) => column);
  let rest = available;
  while (open.length > 0) {
    const share = Math.floor(rest / open.length);
    const small = open.filter((column) => natural[column]! <= share);
    for (const column of small) rest -= natural[column]!;
    if (small.length === 0) for (const column of open) widths[column] = share;
    open = small.length === 0 ? [] : open.filter((column) => !small.includes(column));
  }
  return widths;
}

function longestWord(text: string): number {
  return Math.max(...text.split(' ').map(plainLength));
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - plainLength(text)));
}
