import type * as Yaml from 'yaml';

/** The options with which cdk8s calls the library. */
const likeCdk8s = { keepUndefined: true, lineWidth: 0, version: '1.1' } as const;

let library: typeof Yaml | undefined;

/** The `yaml` package, loaded on first use: few manifests have a string that the fast path cannot handle. */
function yaml(): typeof Yaml {
  library ??= require('yaml') as typeof Yaml;
  return library;
}

/** A whole document as the library writes it, including the last line break. */
export function stringifyDocumentByLibrary(value: unknown): string {
  return yaml().stringify(value, likeCdk8s);
}

/**
 * A string as the library writes it at indentation `indent`.
 * Nested sequences are on one line, `- - text`, so they set any indentation.
 */
export function stringifyValueByLibrary(text: string, indent: string): string {
  let nested: unknown = text;
  for (let depth = 0; depth < indent.length; depth += 2) nested = [nested];
  return yaml().stringify(nested, likeCdk8s).slice(indent.length, -1);
}

/** A key as the library writes it in a nested mapping. */
export function stringifyKeyByLibrary(text: string): string {
  const line = yaml().stringify([{ [text]: 0 }], likeCdk8s);
  return line.startsWith('- ? ')
    ? line.slice('- ? '.length, -'\n  : 0\n'.length)
    : line.slice('- '.length, -': 0\n'.length);
}
