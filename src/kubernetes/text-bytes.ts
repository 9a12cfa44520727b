const utf8 = new TextEncoder();

/** The number of bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return utf8.encode(text).length;
}

/** The base64 of a text in UTF-8, as in the `data` of a Secret. */
export function base64Of(text: string): string {
  return btoa(Array.from(utf8.encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
