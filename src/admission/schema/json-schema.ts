import { objectMetadataSchema } from './object-metadata';
import { keepsUnknownFields, type SchemaNode, valueSchema } from './tables';

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
export function jsonSchemaOf(schema: SchemaNode): JsonSchema {
  const uses = countUses(schema);
  const names = new Map<SchemaNode, string>();
  const definitions: Record<string, JsonSchema> = {};

  const reference = (node: SchemaNode): JsonSchema => {
    if (uses.get(node)! < 2 || !hasChildren(node)) return convert(node);
    let name = names.get(node);
    if (name === undefined) {
      name = String(names.size);
      names.set(node, name);
      definitions[name] = convert(node);
    }
    return { $ref: `#/$defs/${name}` };
  };

  const convert = (node: SchemaNode): JsonSchema => {
    const schema: Record<string, unknown> = { ...typeOf(node) };
    for (const [keyword, value] of Object.entries(node)) {
      // Next to int-or-string, definitions repeat the two types.
      const isRepeated = keyword === 'anyOf' && node['x-kubernetes-int-or-string'] === true;
      if (!converted.has(keyword) && !isRepeated) schema[keyword] = value;
    }
    if (node.items !== undefined) schema['items'] = reference(node.items);
    if (node.properties) {
      schema['properties'] = Object.fromEntries(
        Object.entries(node.properties).map(([name, property]) => [name, reference(property)]),
      );
    }
    const values = valueSchema(node);
    if (values) schema['additionalProperties'] = reference(values);
    else if (node.type === 'object' && !keepsUnknownFields(node)) schema['additionalProperties'] = false;
    if (node['x-kubernetes-embedded-resource']) embed(schema);
    return schema;
  };

  const root = convert(schema) as { readonly properties: object; readonly required?: string[] };
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
  return node.properties !== undefined || node.items !== undefined || valueSchema(node) !== undefined;
}

function countUses(root: SchemaNode): ReadonlyMap<SchemaNode, number> {
  const uses = new Map<SchemaNode, number>();
  const visit = (node: SchemaNode): void => {
    const before = uses.get(node) ?? 0;
    uses.set(node, before + 1);
    if (before > 0) return;
    for (const child of Object.values(node.properties ?? {})) visit(child);
    if (node.items) visit(node.items);
    const values = valueSchema(node);
    if (values) visit(values);
  };
  visit(root);
  return uses;
}
