import { isRecord } from '../../problem/record';
import { numberFormats, stringFormats } from './formats';
import { objectMetadataSchema } from './object-metadata';
import { repeatedItem } from './repeated-item';
import { type KindDefinition, keepsUnknownFields, type SchemaNode, valueSchema } from './tables';
import { checkedValue } from './value-checks';

/**
 * Whether an object is certainly valid by the schema of its kind, without a JSON Schema validator. This holds for nearly
 * every object, and loading and compiling a validator would take longer than all other checks.
 *
 * One-sided: true means valid, false means that the validator must decide. An unknown keyword, or a value that is not JSON,
 * gives false.
 */
export function isPlainlyValid(definition: KindDefinition, object: Readonly<Record<string, unknown>>): boolean {
  return isValid(object, rootOf(definition.schema));
}

const roots = new WeakMap<SchemaNode, SchemaNode>();

/** The schema of a whole object, with the fields that a definition leaves out. */
function rootOf(schema: SchemaNode): SchemaNode {
  let root = roots.get(schema);
  if (!root) {
    const properties = { ...schema.properties, apiVersion: {}, kind: {}, metadata: objectMetadataSchema as SchemaNode };
    root = { ...schema, properties };
    roots.set(schema, root);
  }
  return root;
}

function isValid(value: unknown, schema: SchemaNode): boolean {
  if (!hasType(value, schema)) return false;
  for (const keyword of constraintsOf(schema)) if (!keeps(value, keyword, schema)) return false;
  return schema.type !== 'object' || hasValidFields(value as Readonly<Record<string, unknown>>, schema);
}

const constraints = new WeakMap<SchemaNode, readonly string[]>();

/** Keywords of a schema that are checked one by one; most schemas have none. */
function constraintsOf(schema: SchemaNode): readonly string[] {
  let known = constraints.get(schema);
  if (!known) {
    const isIntOrString = schema['x-kubernetes-int-or-string'] === true;
    // Next to int-or-string, definitions repeat the two types.
    const isConstraint = (keyword: string) => !unconstraining.has(keyword) && !(isIntOrString && keyword === 'anyOf');
    known = Object.keys(schema).filter(isConstraint);
    constraints.set(schema, known);
  }
  return known;
}

/** Includes keywords of definitions that document, that are evaluated elsewhere, or that only accept more. */
const unconstraining: ReadonlySet<string> = new Set([
  'type',
  'default',
  'description',
  'title',
  'example',
  'externalDocs',
  'nullable',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-list-map-keys',
]);

/** Whether every field is known and valid. */
function hasValidFields(record: Readonly<Record<string, unknown>>, schema: SchemaNode): boolean {
  const { properties = {} } = schema;
  const others = valueSchema(schema);
  for (const name of Object.keys(record)) {
    const child = Object.hasOwn(properties, name) ? properties[name] : others;
    if (child === undefined ? !keepsUnknownFields(schema) : !isValid(record[name], child)) return false;
  }
  return true;
}

function hasType(value: unknown, schema: SchemaNode): boolean {
  if (schema['x-kubernetes-int-or-string'] === true) return typeof value === 'string' || Number.isInteger(value);
  switch (schema.type) {
    case undefined:
      return value !== undefined;
    case 'object':
      return isRecord(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === schema.type;
  }
}

/** Whether a value of the right type satisfies a keyword of its schema. */
function keeps(value: unknown, keyword: string, schema: SchemaNode): boolean {
  switch (keyword) {
    case 'enum':
      return (schema['enum'] as readonly unknown[]).includes(value);
    case 'properties':
    case 'additionalProperties':
      // Checked per field.
      return schema.type === 'object';
    case 'x-check':
      return checkedValue(schema['x-check']).accepts(value);
    case 'required':
      return isRecord(value) && schema.required!.every((name) => Object.hasOwn(value, name));
    default:
      if (typeof value === 'string') return stringKeeps(value, keyword, schema);
      if (typeof value === 'number') return numberKeeps(value, keyword, schema);
      return Array.isArray(value) && listKeeps(value, keyword, schema);
  }
}

function stringKeeps(text: string, keyword: string, schema: SchemaNode): boolean {
  switch (keyword) {
    // The limit counts characters; a string has at most as many as UTF-16 units, and at least one unless it is empty.
    case 'maxLength':
      return text.length <= (schema['maxLength'] as number);
    case 'minLength':
      return text.length > 0 && schema['minLength'] === 1;
    case 'pattern':
      return expression(schema['pattern'] as string).test(text);
    case 'format': {
      const format = schema['format'] as string;
      // Of an integer or string: applies to numbers.
      return numberFormats[format] !== undefined || (stringFormats[format]?.test(text) ?? false);
    }
    default:
      return false;
  }
}

function numberKeeps(value: number, keyword: string, schema: SchemaNode): boolean {
  switch (keyword) {
    case 'minimum':
      return value >= (schema['minimum'] as number);
    case 'maximum':
      return value <= (schema['maximum'] as number);
    case 'format':
      return numberFormats[schema['format'] as string]?.(value) ?? false;
    // Of an integer or string: applies to strings.
    case 'pattern':
      return true;
    default:
      return false;
  }
}

function listKeeps(list: readonly unknown[], keyword: string, schema: SchemaNode): boolean {
  switch (keyword) {
    case 'items':
      return Array.from(list).every((item) => isValid(item, schema.items!));
    case 'minItems':
      return list.length >= (schema['minItems'] as number);
    case 'maxItems':
      return list.length <= (schema['maxItems'] as number);
    case 'x-kubernetes-list-type':
      return repeatedItem(list, schema['x-kubernetes-list-type']!, schema['x-kubernetes-list-map-keys'] ?? []) < 0;
    default:
      return false;
  }
}

const expressions = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  let compiled = expressions.get(pattern);
  if (!compiled) {
    compiled = new RegExp(pattern, 'u');
    expressions.set(pattern, compiled);
  }
  return compiled;
}
