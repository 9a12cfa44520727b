import { textOf } from './plain-data';

/** The fields of `metadata` that the library reads. */
export interface ObjectMetadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A plain Kubernetes object, from a manifest or a construct. The library never mutates it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: ObjectMetadata;
  readonly spec?: unknown;
  readonly [field: string]: unknown;
}

/** A Kubernetes label selector. */
export interface LabelSelectorSpec {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly LabelSelectorRequirementSpec[];
}

export interface LabelSelectorRequirementSpec {
  readonly key: string;
  /** In, NotIn, Exists or DoesNotExist; any other value makes the whole selector invalid. */
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A reference to an object. An empty namespace means none. */
export interface ObjectReference extends KindName {
  readonly namespace?: string;
  readonly name: string;
}

/** `Kind/namespace/name`, or `Kind/name` without a namespace: the name of an object in reports. */
export function objectKey({ kind, metadata }: { kind: string; metadata?: ObjectMetadata }): string {
  return keyOf(kind, metadata?.namespace, reportedName(metadata));
}

/** The name of an object in reports: `once-*` if the API server generates it from `once-`; empty if there is none. */
export function reportedName(metadata: ObjectMetadata | undefined): string {
  const prefix = textOf(metadata?.['generateName']);
  return textOf(metadata?.name) || (prefix && `${prefix}*`);
}

/** The {@link objectKey} of a reference. */
export function namedKey(named: Partial<Omit<ObjectReference, 'apiVersion'>>): string {
  const { kind = '', namespace, name = '' } = named;
  return keyOf(kind, namespace, name);
}

function keyOf(kind: string | undefined, namespace: string | undefined, name: string): string {
  return namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
}

/** `group/Kind/namespace/name`: independent of the API version. */
export function referenceKey({ apiVersion, kind, namespace = '', name }: ObjectReference): string {
  return `${groupKindKey({ apiVersion, kind })}/${namespace}/${name}`;
}

/** A reference to an object; the name is empty if it has none. */
export function referenceTo({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference {
  return { apiVersion, kind, namespace: textOf(metadata?.namespace), name: textOf(metadata?.name) };
}

/** `apiVersion Kind`: one kind in one version. */
export function kindKey({ apiVersion, kind }: KindName): string {
  return `${apiVersion} ${kind}`;
}

/** `group/Kind`: one kind in all its versions. */
export function groupKindKey({ apiVersion, kind }: KindName): string {
  return `${apiGroup(apiVersion)}/${kind}`;
}

/** Version of an apiVersion: `v1` of `apps/v1` and of `v1`. */
export function apiVersionName(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** API group of an apiVersion: `apps` of `apps/v1`, the empty string of `v1`. */
export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
