import type { KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import { isRecord } from '../../problem/record';
import { objectMetadataFields } from './object-metadata';
import {
  type KindDefinition,
  karmadaKind,
  keepsUnknownFields,
  propertySchema,
  type SchemaNode,
  valueSchema,
} from './tables';

/**
 * The object with the defaults of its CustomResourceDefinition. A null is replaced by the default, or removed if there is
 * none, unless the field is `nullable`. In a list it stays and fails the type check later.
 *
 * @returns a new object, or the given one if its kind is not Karmada's
 * @see Kubernetes apiextensions-apiserver pkg/apiserver/schema/defaulting
 */
export function defaulted(object: KubernetesObject, karmada: KarmadaVersion): KubernetesObject {
  const definition = karmadaKind(object.apiVersion, object.kind, karmada);
  return definition ? defaultedBy(object, definition) : object;
}

/** Like {@link defaulted}, with the definition given. */
export function defaultedBy(object: KubernetesObject, definition: KindDefinition): KubernetesObject {
  const { metadata, ...rest } = object;
  const result = withDefaults(rest, definition.schema) as KubernetesObject;
  return metadata === undefined || metadata === null
    ? result
    : { ...result, metadata: isRecord(metadata) ? metadataWithoutNulls(metadata) : metadata };
}

/**
 * The object without unknown fields.
 *
 * @returns a new object, or the given one if its kind is not Karmada's
 */
export function pruned(object: KubernetesObject, karmada: KarmadaVersion): KubernetesObject {
  const definition = karmadaKind(object.apiVersion, object.kind, karmada);
  return definition ? prunedBy(object, definition) : object;
}

/** A new object without unknown fields. The API server prunes them without strict validation, and from the result of a webhook. */
export function prunedBy(object: KubernetesObject, definition: KindDefinition): KubernetesObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const known = isRecord(metadata)
    ? { metadata: Object.fromEntries(Object.entries(metadata).filter(([field]) => objectMetadataFields.has(field))) }
    : {};
  const content = withoutUnknown(rest, definition.schema) as Record<string, unknown>;
  return { apiVersion, kind, ...known, ...content };
}

function withDefaults(value: unknown, node: SchemaNode | undefined): unknown {
  if (Array.isArray(value)) {
    const items = node?.items;
    return value.map((item) => {
      const replaced = item === null && items && !items.nullable ? (items.default ?? null) : item;
      return withDefaults(replaced, items);
    });
  }
  if (!isRecord(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) {
    if (content === undefined) continue;
    const child = node && propertySchema(node, name);
    const absent = content === null && child !== undefined && !child.nullable;
    if (absent && child.default === undefined) continue;
    put(result, name, withDefaults(absent ? child.default : content, child));
  }
  for (const [name, child] of Object.entries(node?.properties ?? {})) {
    if (child.default !== undefined && !Object.hasOwn(result, name)) result[name] = withDefaults(child.default, child);
  }
  return result;
}

function withoutUnknown(value: unknown, node: SchemaNode | undefined): unknown {
  if (node === undefined) return value;
  if (Array.isArray(value)) {
    const items = node.items;
    return value.map((item) => withoutUnknown(item, items));
  }
  if (!isRecord(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) {
    if (content === undefined) continue;
    const child = propertySchema(node, name);
    const embedded =
      node['x-kubernetes-embedded-resource'] === true && ['apiVersion', 'kind', 'metadata'].includes(name);
    if (child) put(result, name, withoutUnknown(content, child));
    else if (keepsUnknownFields(node) || embedded) put(result, name, content);
  }
  return result;
}

/**
 * The value as Go decodes it: a null is absent, in a map it is the zero value, and so it is in a list.
 *
 * @returns the value itself if it contains no null
 */
export function withoutNulls<Value>(value: Value, node: SchemaNode | undefined): Value {
  return decoded(value, node) as Value;
}

function decoded(value: unknown, node: SchemaNode | undefined): unknown {
  if (node === undefined || keepsUnknownFields(node)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      item === null || item === undefined ? zeroOf(node.items) : decoded(item, node.items),
    );
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isRecord(value)) return value;
  const result: Record<string, unknown> = {};
  const values = valueSchema(node);
  let changed = false;
  for (const [name, content] of Object.entries(value)) {
    const isAbsent = content === null || content === undefined;
    const child = propertySchema(node, name);
    const kept = !isAbsent ? decoded(content, child) : values && !isDeclared(node, name) ? zeroOf(values) : undefined;
    changed ||= kept !== content;
    if (kept !== undefined) put(result, name, kept);
  }
  return changed ? result : value;
}

function isDeclared({ properties }: SchemaNode, name: string): boolean {
  return properties !== undefined && Object.hasOwn(properties, name);
}

function zeroOf(node: SchemaNode | undefined): unknown {
  switch (node?.type) {
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return node?.['x-check'] === 'quantity' ? '0' : 0;
  }
}

/** Metadata is decoded into Go's ObjectMeta, where null is the zero value: an empty string in a map, else an absent field. */
function metadataWithoutNulls(metadata: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [field, content] of Object.entries(metadata)) {
    if (content === null || content === undefined) continue;
    const isMap = (field === 'labels' || field === 'annotations') && isRecord(content);
    result[field] = isMap
      ? Object.fromEntries(Object.entries(content).map(([key, value]) => [key, value === null ? '' : value]))
      : content;
  }
  return result;
}

/** Sets a field of any name; assigning to `__proto__` would set the prototype. */
function put(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(target, name, { value, enumerable: true, configurable: true });
  else target[name] = value;
}
