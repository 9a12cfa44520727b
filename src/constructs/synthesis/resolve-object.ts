import {
  ApiObject,
  ApiObjectMetadataDefinition,
  type App,
  ImplicitTokenResolver,
  JsonPatch,
  Lazy,
  LazyResolver,
  NumberStringUnionResolver,
} from 'cdk8s';
import type { KubernetesObject } from '../../model/kubernetes-object';

/** Turns an API object into the plain object that is written. */
export type ObjectResolver = (object: ApiObject) => KubernetesObject;

/**
 * The resolver for the objects of an application. Objects of cdk8s's own class are copied once, in sorted order, with what is lazy
 * in them produced; `ApiObject.toJson()` takes four copies to the same end. Whatever may differ from that goes there:
 * classes that override it, as the generated L1 do, and applications with resolvers of their own.
 *
 * @see cdk8s 2.70 src/api-object.ts, toJson; src/metadata.ts, toJson; src/resolve.ts; src/_util.ts
 */
export function objectResolver(app: App): ObjectResolver {
  if (!hasDefaultResolvers(app)) return (object) => object.toJson();
  return (object) => (isPlainApiObject(object) ? resolvePlainly(object) : object.toJson());
}

function hasDefaultResolvers({ resolvers }: App): boolean {
  const defaults = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];
  return resolvers.length === 3 && resolvers.every((resolver, index) => resolver.constructor === defaults[index]);
}

/** What `ApiObject.toJson()` and `ApiObjectMetadataDefinition.toJson()` read, private to TypeScript only. */
interface PlainApiObject {
  readonly name: string;
  readonly node: ApiObject['node'];
  readonly props: Readonly<Record<string, unknown>>;
  readonly patches: readonly JsonPatch[];
  readonly metadata: PlainMetadata;
}

type MetadataField = 'name' | 'namespace' | 'annotations' | 'finalizers' | 'ownerReferences' | 'labels';
type PlainMetadata = Readonly<Record<MetadataField, unknown>> & {
  readonly _additionalAttributes: Readonly<Record<string, unknown>>;
};

function isPlainApiObject(object: object): object is PlainApiObject {
  if (!('toJson' in object && object.toJson === ApiObject.prototype.toJson)) return false;
  if (!('props' in object && 'patches' in object && Array.isArray(object.patches) && 'metadata' in object))
    return false;
  const metadata = object.metadata as object;
  return (
    '_additionalAttributes' in metadata &&
    'toJson' in metadata &&
    metadata.toJson === ApiObjectMetadataDefinition.prototype.toJson
  );
}

function resolvePlainly({ name, node, props, patches, metadata }: PlainApiObject): KubernetesObject {
  try {
    const sortKeys = !process.env['CDK8S_DISABLE_SORT'];
    const resolved = copy({ ...props, metadata: metadataOf(metadata) }, { sortKeys, dropEmpty: false });
    return topFieldsFirst(patches.length === 0 ? resolved : JsonPatch.apply(resolved, ...patches));
  } catch (error) {
    throw new Error(`Failed serializing construct at path '${node.path}' with name '${name}': ${error}`, {
      cause: error,
    });
  }
}

function metadataOf(metadata: PlainMetadata): unknown {
  const { _additionalAttributes, name, namespace, annotations, finalizers, ownerReferences, labels } = metadata;
  const fields = { ..._additionalAttributes, name, namespace, annotations, finalizers, ownerReferences, labels };
  return copy(fields, { sortKeys: true, dropEmpty: true });
}

interface CopyRules {
  readonly sortKeys: boolean;
  /** Whether empty mappings and sequences are left out, as metadata do. */
  readonly dropEmpty: boolean;
}

/** A copy with lazy values produced, in which mappings have their keys in order and no null. */
function copy(value: unknown, rules: CopyRules): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error(`can't render a ${typeof value}`);
  if (typeof value !== 'object') return value;
  if (value === null) return undefined;
  if (Array.isArray(value))
    return rules.dropEmpty && value.length === 0 ? undefined : value.map((item) => copy(item, rules));
  if (value instanceof Lazy) return copy(value.produce(), rules);
  if (isToken(value)) return copy(value.resolve(), rules);
  if (value.constructor !== Object) {
    if (isNumberOrStringUnion(value)) return copy({ value: value.value }, rules);
    if (value.constructor?.name !== 'Object')
      throw new Error(`can't render non-simple object of type '${value.constructor?.name}'`);
  }
  return copyMapping(value as Readonly<Record<string, unknown>>, rules);
}

function copyMapping(mapping: Readonly<Record<string, unknown>>, rules: CopyRules): unknown {
  const keys = Object.keys(mapping);
  if (rules.sortKeys) keys.sort();
  const result: Record<string, unknown> = {};
  let isEmpty = true;
  for (const key of keys) {
    const value = copy(mapping[key], rules);
    if (value === undefined) continue;
    result[key] = value;
    isEmpty = false;
  }
  return rules.dropEmpty && isEmpty ? undefined : result;
}

function isToken(value: object): value is { resolve(): unknown } {
  return 'resolve' in value && typeof value.resolve === 'function';
}

/** IntOrString and the like, of a generated L1. */
function isNumberOrStringUnion(value: object): value is { value: string | number } {
  return 'value' in value && (typeof value.value === 'number' || typeof value.value === 'string');
}

function topFieldsFirst(resolved: unknown): KubernetesObject {
  const fields = resolved as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const field of ['apiVersion', 'kind', 'metadata', ...Object.keys(fields)]) {
    if (Object.hasOwn(fields, field)) result[field] = fields[field];
  }
  return result as unknown as KubernetesObject;
}
