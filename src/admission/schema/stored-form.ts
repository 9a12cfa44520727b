import type { KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import { isRecord } from '../../problem/check-properties';
import { objectMetadataFields } from './object-metadata';
import { karmadaKind, keepsUnknownFields, propertySchema, type SchemaNode, schemaNode } from './tables';

/**
 * The object with the defaults of its CustomResourceDefinition. A null is replaced by the default, or removed if there is
 * none, unless the field is `nullable`. In a list it stays and fails the type check later.
 *
 * @returns a new object, or the given one if its kind is not Karmada's
 * @see Kubernetes apiextensions-apiserver pkg/apiserver/schema/defaulting
 */
export function defaulted(object: KubernetesObject, karmada: KarmadaVersion): KubernetesObject {
  const definition = karmadaKind(object.apiVersion, object.kind, karmada);
  if (!definition) return object;
  const { metadata, ...rest } = object;
  const result = withDefaults(rest, schemaNode(definition.schema)) as KubernetesObject;
  return metadata === undefined || metadata === null
    ? result
    : { ...result, metadata: isRecord(metadata) ? withoutNulls(metadata) : metadata };
}

/**
 * The object without unknown fields. The API server prunes them without strict validation, and from the result of a webhook.
 *
 * @returns a new object, or the given one if its kind is not Karmada's
 */
export function pruned(object: KubernetesObject, karmada: KarmadaVersion): KubernetesObject {
  const definition = karmadaKind(object.apiVersion, object.kind, karmada);
  if (!definition) return object;
  const { apiVersion, kind, metadata, ...rest } = object;
  const known = isRecord(metadata)
    ? { metadata: Object.fromEntries(Object.entries(metadata).filter(([field]) => objectMetadataFields.has(field))) }
    : {};
  const content = withoutUnknown(rest, schemaNode(definition.schema)) as Record<string, unknown>;
  return { apiVersion, kind, ...known, ...content };
}

function withDefaults(value: unknown, node: SchemaNode | undefined): unknown {
  if (Array.isArray(value)) {
    const items = node?.items === undefined ? undefined : schemaNode(node.items);
    return value.map((item) => {
      const replaced = item === null && items && !items.nullable ? (items.default ?? null) : item;
      return withDefaults(replaced, items);
    });
  }
  if (!isRecord(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) {
    if (content === undefined) continue;
    const index = node && propertySchema(node, name);
    const child = index === undefined ? undefined : schemaNode(index);
    const absent = content === null && child !== undefined && !child.nullable;
    if (absent && child.default === undefined) continue;
    put(result, name, withDefaults(absent ? child.default : content, child));
  }
  for (const [name, index] of Object.entries(node?.properties ?? {})) {
    const child = schemaNode(index);
    if (child.default !== undefined && !Object.hasOwn(result, name)) result[name] = withDefaults(child.default, child);
  }
  return result;
}

function withoutUnknown(value: unknown, node: SchemaNode | undefined): unknown {
  if (node === undefined) return value;
  if (Array.isArray(value)) {
    const items = node.items === undefined ? undefined : schemaNode(node.items);
    return value.map((item) => withoutUnknown(item, items));
  }
  if (!isRecord(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) {
    if (content === undefined) continue;
    const index = propertySchema(node, name);
    const embedded =
      node['x-kubernetes-embedded-resource'] === true && ['apiVersion', 'kind', 'metadata'].includes(name);
    if (index !== undefined) put(result, name, withoutUnknown(content, schemaNode(index)));
    else if (keepsUnknownFields(node) || embedded) put(result, name, content);
  }
  return result;
}

/** Metadata is decoded into Go's ObjectMeta, where null is the zero value: an empty string in a map, else an absent field. */
function withoutNulls(metadata: Readonly<Record<string, unknown>>): Record<string, unknown> {
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
