/** Colours that carry no meaning of their own: the words say everything. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
}

/** How a report is laid out. */
export interface TextOptions {
  /** Widest line in columns, as far as tables can be told otherwise. @default 120 */
  readonly width?: number;
  /** Whether to colour. @default false */
  readonly color?: boolean;
}

export const defaultWidth = 120;

/** The style for a terminal that shows colours, or for one that does not. */
export function styleFor(color: boolean): Style {
  const picocolors = require('picocolors') as typeof import('picocolors');
  return picocolors.createColors(color);
}
