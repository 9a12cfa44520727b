import type { Crd, OpenApiSchema } from './crd';
import { tableModule } from './table-module';

/** Keywords that decide whether an object is accepted, or what is stored; kept as they are. */
const kept = new Set([
  'type',
  'required',
  'enum',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
  'pattern',
  'format',
  'default',
  'nullable',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-int-or-string',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
]);

/** Keywords that do not affect which objects are accepted. */
const dropped = new Set(['description', 'title', 'example', 'externalDocs', 'x-kubernetes-map-type', 'id', '$schema']);

const ofChildren = new Set(['properties', 'items', 'additionalProperties']);

/**
 * The text of imports/schema-tables.ts: every schema node once, children named by their index, so that what kinds,
 * versions and releases share (ClusterAffinity, LabelSelector, most of two releases) is stored and parsed once.
 *
 * @param releases - the CRDs of each Karmada release, by its minor version
 * @throws Error when a schema uses a keyword that the schema check does not know
 */
export function schemaTables(releases: Readonly<Record<string, readonly Crd[]>>, header: string): string {
  const nodes = new NodeTable();
  const kinds = Object.entries(releases).map(([release, crds]) => [
    release,
    crds.flatMap((crd) => kindsOf(crd, nodes)),
  ]);
  return tableModule('schemaTables', { nodes: nodes.all, releases: Object.fromEntries(kinds) }, header);
}

function kindsOf({ spec }: Crd, nodes: NodeTable): object[] {
  return spec.versions.map((version) => ({
    apiVersion: `${spec.group}/${version.name}`,
    kind: spec.names.kind,
    plural: spec.names.plural,
    scope: spec.scope,
    ...(version.storage && { storage: true }),
    ...(version.subresources?.status && { status: true }),
    schema: nodes.add(version.schema.openAPIV3Schema, `${spec.names.kind} ${version.name}`),
  }));
}

/** Schema nodes without repetition, in the order they were first met. */
class NodeTable {
  readonly all: object[] = [];
  readonly #indices = new Map<string, number>();

  add(schema: OpenApiSchema, where: string): number {
    const node = this.#compact(schema, where);
    const key = JSON.stringify(node);
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.all.push(node);
    this.#indices.set(key, this.all.length - 1);
    return this.all.length - 1;
  }

  #compact(schema: OpenApiSchema, where: string): object {
    const node: Record<string, unknown> = {};
    for (const keyword of Object.keys(schema).sort()) {
      const value = schema[keyword];
      if (ofChildren.has(keyword)) node[keyword] = this.#children(keyword, value, where);
      else if (keyword === 'x-kubernetes-list-type' && value === 'atomic') continue;
      else if (kept.has(keyword)) node[keyword] = value;
      else if (!dropped.has(keyword) && !isIntOrStringForm(schema, keyword)) {
        throw new Error(`${where} uses the keyword ${keyword}, which the schema check does not know; teach it first`);
      }
    }
    return node;
  }

  #children(keyword: string, value: unknown, where: string): unknown {
    if (typeof value === 'boolean') return value;
    if (keyword !== 'properties') return this.add(value as OpenApiSchema, `${where}[]`);
    const properties = value as Record<string, OpenApiSchema>;
    const names = Object.keys(properties).sort();
    return Object.fromEntries(names.map((name) => [name, this.add(properties[name]!, `${where}.${name}`)]));
  }
}

/** `anyOf: [{type: integer}, {type: string}]` next to x-kubernetes-int-or-string is redundant. */
function isIntOrStringForm(schema: OpenApiSchema, keyword: string): boolean {
  return (
    keyword === 'anyOf' &&
    schema['x-kubernetes-int-or-string'] === true &&
    JSON.stringify(schema['anyOf']) === '[{"type":"integer"},{"type":"string"}]'
  );
}
