/** Formats of numbers that CustomResourceDefinitions name. */
export const numberFormats: Readonly<Record<string, (value: number) => boolean>> = {
  int32: (value) => value >= -(2 ** 31) && value < 2 ** 31,
  // 2^63 - 1 itself reads as 2^63 in JavaScript, so that is let through.
  int64: (value) => value >= -(2 ** 63) && value <= 2 ** 63,
};

/** Formats of strings that CustomResourceDefinitions name. */
export const stringFormats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/,
  byte: /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
};
