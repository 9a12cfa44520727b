import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenApiSchema } from './crd';
import { tableModule } from './table-module';

/** Keywords of Kubernetes' OpenAPI that decide whether the API server accepts an object. */
const kept = new Set(['type', 'required', 'enum', 'format']);

/** Keywords about merging and documentation; defaults of Go types are not in OpenAPI. */
const dropped = new Set([
  'default',
  'description',
  'allOf',
  'oneOf',
  '$ref',
  'properties',
  'items',
  'additionalProperties',
]);

/** Types whose OpenAPI is not how the API server reads them. */
const special: Readonly<Record<string, OpenApiSchema>> = {
  'pkg.api.resource.Quantity': { 'x-check': 'quantity' },
  'pkg.apis.meta.v1.MicroTime': { type: 'string', 'x-check': 'micro-time' },
  'pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true, format: 'int32' },
  'pkg.apis.meta.v1.FieldsV1': { 'x-kubernetes-preserve-unknown-fields': true },
  'pkg.runtime.RawExtension': { 'x-kubernetes-preserve-unknown-fields': true },
};

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * The text of imports/schema-tables-core.ts: the schemas of Kubernetes' own kinds, each type once.
 *
 * @param schemas - `components.schemas` of the OpenAPI v3 documents of an API server
 * @param isClusterScoped - whether a kind is cluster-scoped
 */
export function coreTables(
  schemas: Readonly<Record<string, OpenApiSchema>>,
  isClusterScoped: (kind: GroupVersionKind) => boolean,
  header: string,
): string {
  const table = new TypeTable(schemas);
  const kinds = Object.keys(schemas)
    .sort()
    .flatMap((name) =>
      ((schemas[name]!['x-kubernetes-group-version-kind'] ?? []) as GroupVersionKind[]).map((each) => ({
        apiVersion: each.group === '' ? each.version : `${each.group}/${each.version}`,
        kind: each.kind,
        scope: isClusterScoped(each) ? 'Cluster' : 'Namespaced',
        schema: table.kind(name),
      })),
    );
  return tableModule('coreSchemaTables', { nodes: table.nodes, types: Object.fromEntries(table.types), kinds }, header);
}

/** `components.schemas` of all documents in a folder. */
export function readOpenApi(folder: string): Record<string, OpenApiSchema> {
  const documents = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (documents.length === 0)
    throw new Error(`no OpenAPI document in ${folder}; save /openapi/v3/apis/… of an API server`);
  return Object.assign(
    {},
    ...documents.sort().map((name) => {
      const document = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        components: { schemas: Record<string, OpenApiSchema> };
      };
      return document.components.schemas;
    }),
  );
}

class TypeTable {
  readonly nodes: object[] = [];
  /** Indexes by the short name of the type; `~` marks types as they are in a status, of which only the form is checked. */
  readonly types = new Map<string, number>();
  readonly #shared = new Map<string, number>();

  constructor(private readonly schemas: Readonly<Record<string, OpenApiSchema>>) {}

  kind(name: string): number {
    return this.#named(name, this.schemas[name]!, false);
  }

  #named(name: string, schema: OpenApiSchema, formOnly: boolean): number {
    const key = `${formOnly ? '~' : ''}${shortName(name)}`;
    const known = this.types.get(key);
    if (known !== undefined) return known;
    // Reserved first, because a type may contain itself.
    const index = this.nodes.push({}) - 1;
    this.types.set(key, index);
    this.nodes[index] = this.#convert(schema, formOnly, name);
    return index;
  }

  #add(schema: OpenApiSchema, formOnly: boolean, where: string): number {
    const name = referenceOf(schema);
    const isObject = name !== undefined && this.schemas[name]?.['properties'] !== undefined;
    if (name !== undefined && isObject) return this.#named(name, this.schemas[name]!, formOnly);
    const node = this.#convert(name === undefined ? schema : this.#scalar(name), formOnly, where);
    const key = JSON.stringify(node);
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    this.nodes.push(node);
    this.#shared.set(key, this.nodes.length - 1);
    return this.nodes.length - 1;
  }

  #scalar(name: string): OpenApiSchema {
    const entry = Object.entries(special).find(([suffix]) => name.endsWith(suffix));
    return entry?.[1] ?? this.schemas[name]!;
  }

  #convert(schema: OpenApiSchema, formOnly: boolean, where: string): object {
    const node: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (formOnly && (keyword === 'required' || keyword === 'enum')) continue;
      if (keyword === 'format' && value === 'byte') node['x-check'] = 'base64';
      else if (kept.has(keyword) || (keyword.startsWith('x-') && isOwn(keyword))) node[keyword] = value;
      else if (!dropped.has(keyword) && !keyword.startsWith('x-')) {
        throw new Error(`${where} uses the keyword ${keyword}, which the schema check does not know; teach it first`);
      }
    }
    const { properties, items, additionalProperties } = schema as Readonly<Record<string, OpenApiSchema | undefined>>;
    if (properties) {
      node['properties'] = Object.fromEntries(
        Object.entries(properties as Record<string, OpenApiSchema>).map(([name, property]) => [
          name,
          this.#add(property, formOnly || name === 'status', `${where}.${name}`),
        ]),
      );
    }
    if (items) node['items'] = this.#add(items, formOnly, where);
    if (additionalProperties) node['additionalProperties'] = this.#add(additionalProperties, formOnly, where);
    // An empty schema is any JSON.
    if (Object.keys(node).length === 0 || (node['type'] === 'object' && !properties && !additionalProperties)) {
      node['x-kubernetes-preserve-unknown-fields'] = true;
    }
    return node;
  }
}

function isOwn(keyword: string): boolean {
  return ['x-check', 'x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields'].includes(keyword);
}

/** The type that a schema refers to, directly or in `allOf`. */
function referenceOf(schema: OpenApiSchema): string | undefined {
  const [only] = (schema['allOf'] ?? [schema]) as readonly OpenApiSchema[];
  const reference = only?.['$ref'] as string | undefined;
  return reference?.slice(reference.lastIndexOf('/') + 1);
}

/** `io.k8s.api.apps.v1.DeploymentSpec` is `apps.v1.DeploymentSpec`. */
function shortName(name: string): string {
  return name.split('.').slice(-3).join('.');
}
