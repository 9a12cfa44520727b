import {
  type ApiObject,
  type App,
  ImplicitTokenResolver,
  JsonPatch,
  Lazy,
  LazyResolver,
  NumberStringUnionResolver,
} from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { KubernetesObject } from '../../kubernetes/object';
import {
  type Fields,
  isPlainApiObject,
  type MetadataField,
  type PlainApiObject,
  type PlainMetadata,
} from '../cdk8s-internals';
import { SynthesisCache } from './synthesis-cache';

/** See {@link resolveObject}. During a synthesis, the last objects are cached. */
export const resolvedObject = new SynthesisCache(resolveObject, 64);

/**
 * The plain object that an API object is written as. Objects of cdk8s's own class are copied once, in sorted order, with
 * lazy values resolved; `ApiObject.toJson()` makes four copies for the same result. It is still called for classes that
 * override it, such as generated L1 classes, and in applications with custom resolvers.
 *
 * @throws Error with the path of the construct
 * @see cdk8s 2.70 src/api-object.ts, toJson; src/metadata.ts, toJson; src/resolve.ts; src/_util.ts
 */
function resolveObject(object: ApiObject): KubernetesObject {
  const app = object.node.root as App;
  return hasDefaultResolvers(app) && isPlainApiObject(object) ? resolvePlainly(object) : object.toJson();
}

function hasDefaultResolvers({ resolvers }: App): boolean {
  const defaults = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];
  return resolvers.length === 3 && resolvers.every((resolver, index) => resolver.constructor === defaults[index]);
}

function resolvePlainly({ name, node, props, patches, metadata }: PlainApiObject): KubernetesObject {
  try {
    const resolved = resolveFields(props, metadata, copyRules.ask(node.root));
    return (patches.length === 0
      ? resolved
      : topFieldsFirst(JsonPatch.apply(resolved, ...patches))) as unknown as KubernetesObject;
  } catch (error) {
    throw new Error(`Failed serializing construct at path '${node.path}' with name '${name}': ${error}`, {
      cause: error,
    });
  }
}

/** Fields that come before the others. */
const topFields = ['apiVersion', 'kind', 'metadata'];

function resolveFields(props: Fields, metadata: PlainMetadata, rules: CopyRules): Fields {
  const result: Record<string, unknown> = {};
  copyFields(props, ['apiVersion', 'kind'], rules, result);
  const resolvedMetadata = resolveMetadata(metadata);
  if (resolvedMetadata !== undefined) result['metadata'] = resolvedMetadata;
  const others = keysOf(props, rules).filter((field) => !topFields.includes(field));
  return copyFields(props, others, rules, result);
}

/** @throws TypeError for a patch that replaces the whole object by another type */
function topFieldsFirst(fields: Fields): Fields {
  const names = [...topFields, ...Object.keys(fields)].filter((field) => field in fields);
  return Object.fromEntries(names.map((field) => [field, fields[field]]));
}

/** The metadata fields with an accessor in cdk8s, sorted. */
const metadataFields = ['annotations', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences'] as const;

function resolveMetadata(metadata: PlainMetadata): unknown {
  const others = Object.keys(metadata._additionalAttributes).filter(
    (field) => !metadataFields.includes(field as MetadataField),
  );
  if (others.length === 0) return filled(copyFields(metadata, metadataFields, withoutEmpty, {}));
  const { _additionalAttributes, annotations, finalizers, labels, name, namespace, ownerReferences } = metadata;
  return copy(
    { ..._additionalAttributes, annotations, finalizers, labels, name, namespace, ownerReferences },
    withoutEmpty,
  );
}

interface CopyRules {
  readonly sortKeys: boolean;
  /** Whether empty mappings and sequences are omitted. */
  readonly dropEmpty: boolean;
}

const sorted: CopyRules = { sortKeys: true, dropEmpty: false };
const inOrder: CopyRules = { sortKeys: false, dropEmpty: false };
/** How fields are copied. Cached, since reading the environment takes longer than copying a small object. */
const copyRules = new SynthesisCache((_root: IConstruct) => (process.env['CDK8S_DISABLE_SORT'] ? inOrder : sorted));
/** How metadata are copied. */
const withoutEmpty: CopyRules = { sortKeys: true, dropEmpty: true };

/** A copy with lazy values resolved, sorted keys, and without null. */
function copy(value: unknown, rules: CopyRules): unknown {
  if (typeof value !== 'object') return value;
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    return rules.dropEmpty && value.length === 0 ? undefined : value.map((item) => copy(item, rules));
  }
  if (value instanceof Lazy) return copy(value.produce(), rules);
  if (isToken(value)) return copy(value.resolve(), rules);
  if (value.constructor !== Object) {
    if (isNumberOrStringUnion(value)) return copy({ value: value.value }, rules);
    const name = value.constructor?.name;
    if (name !== 'Object') throw new Error(`can't render non-simple object of type '${name}'`);
  }
  const mapping = copyFields(value as Fields, keysOf(value as Fields, rules), rules, {});
  return rules.dropEmpty ? filled(mapping) : mapping;
}

function filled(mapping: Fields): Fields | undefined {
  for (const _field in mapping) return mapping;
  return undefined;
}

function copyFields(from: Fields, names: readonly string[], rules: CopyRules, to: Record<string, unknown>): Fields {
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    const value = copy(from[name], rules);
    if (value === undefined) continue;
    // Assigning to `__proto__` would set the prototype; for other names, assignment is much faster.
    if (name === '__proto__') Object.defineProperty(to, name, { value, enumerable: true, configurable: true });
    else to[name] = value;
  }
  return to;
}

function keysOf(mapping: Fields, { sortKeys }: CopyRules): string[] {
  const keys = Object.keys(mapping);
  return sortKeys && !isSorted(keys) ? keys.sort() : keys;
}

/** Sorting a short list again takes longer than to see that it is sorted. */
function isSorted(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index++) if (keys[index - 1]! > keys[index]!) return false;
  return true;
}

function isToken(value: object): value is { resolve(): unknown } {
  return 'resolve' in value && typeof value.resolve === 'function';
}

/** A union such as IntOrString in a generated L1. */
function isNumberOrStringUnion(value: object): value is { value: string | number } {
  return 'value' in value && (typeof value.value === 'number' || typeof value.value === 'string');
}
