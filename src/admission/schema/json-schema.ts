import { objectMetadataSchema } from './object-metadata';
import { type KarmadaKind, keepsUnknownFields, type SchemaNode, schemaNode } from './tables';

/** A JSON Schema that ajv compiles. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Keywords that the conversion handles. */
const converted = new Set([
  'type',
  'properties',
  'additionalProperties',
  'items',
  'default',
  'nullable',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-int-or-string',
  'x-kubernetes-embedded-resource',
]);

/**
 * The schema of a kind as JSON Schema, without unknown fields. Nodes with children that occur several times become
 * definitions, so that they are compiled once.
 */
export function jsonSchemaOf(definition: KarmadaKind): JsonSchema {
  const uses = countUses(definition.schema);
  const definitions: Record<string, JsonSchema> = {};

  const reference = (index: number): JsonSchema => {
    if (uses.get(index)! < 2 || !hasChildren(schemaNode(index))) return convert(schemaNode(index));
    const name = String(index);
    if (!Object.hasOwn(definitions, name)) {
      definitions[name] = {};
      definitions[name] = convert(schemaNode(index));
    }
    return { $ref: `#/$defs/${name}` };
  };

  const convert = (node: SchemaNode): JsonSchema => {
    const schema: Record<string, unknown> = { ...typeOf(node) };
    for (const [keyword, value] of Object.entries(node)) if (!converted.has(keyword)) schema[keyword] = value;
    if (node.items !== undefined) schema['items'] = reference(node.items);
    if (node.properties) {
      schema['properties'] = Object.fromEntries(
        Object.entries(node.properties).map(([name, index]) => [name, reference(index)]),
      );
    }
    if (typeof node.additionalProperties === 'number') {
      schema['additionalProperties'] = reference(node.additionalProperties);
    } else if (node.type === 'object' && !keepsUnknownFields(node)) schema['additionalProperties'] = false;
    if (node['x-kubernetes-embedded-resource']) embed(schema);
    return schema;
  };

  const root = convert(schemaNode(definition.schema)) as { readonly properties: object; readonly required?: string[] };
  return {
    ...root,
    properties: { ...root.properties, apiVersion: {}, kind: {}, metadata: objectMetadataSchema },
    $defs: definitions,
  };
}

function typeOf(node: SchemaNode): JsonSchema {
  if (node['x-kubernetes-int-or-string'])
    return { type: node.nullable ? ['integer', 'string', 'null'] : ['integer', 'string'] };
  if (node.type === undefined) return {};
  return { type: node.nullable ? [node.type, 'null'] : node.type };
}

function embed(schema: Record<string, unknown>): void {
  const properties = schema['properties'] as object | undefined;
  schema['properties'] = {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object' },
    ...properties,
  };
}

function hasChildren(node: SchemaNode): boolean {
  return node.properties !== undefined || node.items !== undefined || typeof node.additionalProperties === 'number';
}

function countUses(root: number): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  const visit = (index: number): void => {
    const before = uses.get(index) ?? 0;
    uses.set(index, before + 1);
    if (before > 0) return;
    const node = schemaNode(index);
    for (const child of Object.values(node.properties ?? {})) visit(child);
    if (node.items !== undefined) visit(node.items);
    if (typeof node.additionalProperties === 'number') visit(node.additionalProperties);
  };
  visit(root);
  return uses;
}
