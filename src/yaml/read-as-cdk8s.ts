/**
 * Reads YAML as `Include` of cdk8s does: YAML 1.1 by the `yaml` package, which differs from kubectl for `1:30`, dates and the
 * like.
 *
 * @returns the documents that are not empty; undefined if the package reports an error
 * @see cdk8s 2.70 src/yaml.ts, load
 */
export function readAsCdk8s(text: string): readonly unknown[] | undefined {
  // Loaded on demand, as for reading rare YAML.
  const yaml = require('yaml') as typeof import('yaml');
  try {
    const documents = yaml.parseAllDocuments(text, { version: '1.1', logLevel: 'silent', prettyErrors: false });
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
    return documents.map((document) => document.toJSON() as unknown).filter((value) => !isEmpty(value));
  } catch {
    // An unresolved alias, or too many.
    return undefined;
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
