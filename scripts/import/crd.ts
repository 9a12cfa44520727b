import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A node of `openAPIV3Schema` in a CustomResourceDefinition. */
export type OpenApiSchema = { readonly [keyword: string]: unknown };

/** One version of a CustomResourceDefinition. */
export interface CrdVersion {
  readonly name: string;
  readonly storage: boolean;
  readonly subresources?: { readonly status?: object } | null;
  readonly schema: { readonly openAPIV3Schema: OpenApiSchema };
}

/** The parts of a CustomResourceDefinition that imports/ is generated from. */
export interface Crd {
  readonly apiVersion: string;
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly CrdVersion[];
  };
}

const extensions = new Set(['.json', '.yaml', '.yml']);

/**
 * Every CustomResourceDefinition in the YAML and JSON files below a folder, sorted by name;
 * other documents are skipped, and a `List` is unfolded.
 *
 * @throws Error if there is none, if a file cannot be parsed, or if two definitions have the same name
 */
export function readCrds(folder: string): readonly Crd[] {
  const found = new Map<string, { crd: Crd; file: string }>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!extensions.has(extname(file))) continue;
    for (const crd of crdsOf(join(folder, file))) {
      const { name } = crd.metadata;
      const other = found.get(name);
      if (other)
        throw new Error(`CustomResourceDefinition ${name} is in ${other.file} and in ${file}; keep one of them`);
      found.set(name, { crd, file });
    }
  }
  if (found.size === 0) {
    throw new Error(`no CustomResourceDefinition in ${folder}; name a folder of Karmada's CRDs in YAML or JSON`);
  }
  return [...found.keys()].sort().map((name) => found.get(name)!.crd);
}

function crdsOf(path: string): Crd[] {
  // The type is an array with an optional `empty` flag; an empty file has no documents in both cases.
  const documents = [...parseAllDocuments(readFileSync(path, 'utf8'))];
  return documents.flatMap((document) => {
    if (document.errors[0]) throw new Error(`${path} does not parse: ${document.errors[0].message}`);
    return unfold(document.toJS());
  });
}

function unfold(value: unknown): Crd[] {
  if (typeof value !== 'object' || value === null) return [];
  const { kind, items } = value as { kind?: string; items?: unknown[] };
  if (kind === 'CustomResourceDefinition') return [value as Crd];
  return Array.isArray(items) ? items.flatMap(unfold) : [];
}
