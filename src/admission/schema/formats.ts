/** Number formats in CustomResourceDefinitions. */
export const numberFormats: Readonly<Record<string, (value: number) => boolean>> = {
  int32: (value) => value >= -(2 ** 31) && value < 2 ** 31,
  // JavaScript reads 2^63 - 1 as 2^63, so 2^63 is accepted.
  int64: (value) => value >= -(2 ** 63) && value <= 2 ** 63,
};

/** Base64 without line breaks. */
export const base64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** String formats in CustomResourceDefinitions. */
export const stringFormats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/,
  byte: base64,
};
