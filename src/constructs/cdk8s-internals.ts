import { ApiObject, ApiObjectMetadataDefinition, type JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';

/*
 * All that we read of cdk8s and constructs although their types call it private. Whoever updates cdk8s looks here.
 *
 * @see cdk8s 2.70 src/api-object.ts, src/metadata.ts; constructs 10.8 src/construct.ts
 */

/** The fields of a plain object whose type does not name them. */
export type Fields = Readonly<Record<string, unknown>>;

/** The JSON patches of an object. */
export function jsonPatches(object: ApiObject): readonly JsonPatch[] {
  return object['patches'];
}

/** The namespace that the author wrote on the object, as opposed to one inherited from its chart: nothing else knows. */
export function writtenNamespace(object: ApiObject): string | undefined {
  return object['props'].metadata?.namespace;
}

/** What `node.children` lists, without the call: a FederatedApp overrides it to derive children when it is asked. */
export function addedChildren(construct: IConstruct): IConstruct[] {
  return Object.values(construct.node['_children'] ?? {});
}

/** What `ApiObject.toJson()` and `ApiObjectMetadataDefinition.toJson()` read. */
export interface PlainApiObject {
  readonly name: string;
  readonly node: ApiObject['node'];
  readonly props: Fields;
  readonly patches: readonly JsonPatch[];
  readonly metadata: PlainMetadata;
}

export type MetadataField = 'name' | 'namespace' | 'annotations' | 'finalizers' | 'ownerReferences' | 'labels';
export type PlainMetadata = Readonly<Record<MetadataField, unknown>> & {
  readonly _additionalAttributes: Fields;
};

/** As they were when the library was loaded: whoever replaces one of them means it to be called. */
const cdk8sToJson = ApiObject.prototype.toJson;
const cdk8sMetadataToJson = ApiObjectMetadataDefinition.prototype.toJson;

/**
 * Whether all that `toJson()` of an object would read can be read here, since its class does not override that.
 * It pays: 10,000 apps of plain objects take 1.38 times the processor time with `toJson()`.
 */
export function isPlainApiObject(object: object): object is PlainApiObject {
  if (!('toJson' in object && object.toJson === cdk8sToJson)) return false;
  if (!('props' in object && 'patches' in object && Array.isArray(object.patches) && 'metadata' in object))
    return false;
  const metadata = object.metadata as object;
  return '_additionalAttributes' in metadata && 'toJson' in metadata && metadata.toJson === cdk8sMetadataToJson;
}
