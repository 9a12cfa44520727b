/** Colours. They never carry information that the text does not have. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly underline: (text: string) => string;
}

/** Layout of a report. */
export interface TextOptions {
  /** Maximum line width in columns, if possible. @default 120 */
  readonly width?: number;
  /** Whether to colour. @default false */
  readonly color?: boolean;
}

export const defaultWidth = 120;

/** The style with or without colours. */
export function styleFor(color: boolean): Style {
  const picocolors = require('picocolors') as typeof import('picocolors');
  return picocolors.createColors(color);
}
