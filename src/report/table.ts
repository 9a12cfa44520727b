import type { ComputedCell } from './cell';
import type { Style } from './style';

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly alignment: 'left' | 'center' | 'right';
}

/** Draws a table with borders; colours in cells do not count in the width. */
export function drawTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const { Table } = require('console-table-printer') as typeof import('console-table-printer');
  const table = new Table({
    // Disables the bold headers of the library; colours are in the cells.
    shouldDisableColors: true,
    columns: columns.map(({ title, alignment }, index) => ({ name: String(index), title, alignment })),
  });
  for (const row of rows) table.addRow(Object.fromEntries(row.map((cell, index) => [String(index), cell])));
  return table.render();
}

/** Width of a table in columns, including borders. */
export function tableWidth(columns: readonly Column[], rows: readonly (readonly string[])[]): number {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => plainLength(row[index] ?? ''))),
  );
  return widths.reduce((sum, width) => sum + width + 3, 1);
}

/** Length of a text without its colours. */
export function plainLength(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours start with an escape
  return text.replace(/\x1b\[[0-9;]*m/g, '').length;
}

/** A cell in the colour of its certainty. */
export function colored({ text, certainty }: ComputedCell, style: Style): string {
  if (certainty === 'never') return style.dim(text);
  return certainty === 'maybe' ? style.yellow(text) : text;
}
