import { textOf } from './plain-data';

/** `metadata` of a Kubernetes object, as far as the library reads it. */
export interface ObjectMetadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A plain Kubernetes object: what a manifest holds and what constructs resolve to. Never mutated by the library. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: ObjectMetadata;
  readonly spec?: unknown;
  readonly [field: string]: unknown;
}

/** Kubernetes' own label selector. */
export interface LabelSelectorSpec {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly LabelSelectorRequirementSpec[];
}

export interface LabelSelectorRequirementSpec {
  readonly key: string;
  /** In, NotIn, Exists or DoesNotExist; anything else makes the whole selector invalid. */
  readonly operator: string;
  readonly values?: readonly string[];
}

/** What names the kind of an object. */
export interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What names one object in the control plane. An empty namespace is none. */
export interface ObjectReference extends KindName {
  readonly namespace?: string;
  readonly name: string;
}

/** `Kind/namespace/name`, or `Kind/name` where the object has no namespace: how people and our reports name an object. */
export function objectKey({ kind, metadata }: { kind: string; metadata?: ObjectMetadata }): string {
  return namedKey({ ...metadata, kind });
}

/** The {@link objectKey} of an object that is only named. */
export function namedKey(named: Partial<Omit<ObjectReference, 'apiVersion'>>): string {
  const { kind = '', namespace, name = '' } = named;
  return namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
}

/** `group/Kind/namespace/name`: the same for two versions of a group, which name the same object. */
export function referenceKey({ apiVersion, kind, namespace = '', name }: ObjectReference): string {
  return `${groupKindKey({ apiVersion, kind })}/${namespace}/${name}`;
}

/** What names an object; the name is empty where it has none. */
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

/** API group of an apiVersion: `apps` of `apps/v1`, the empty string of `v1`. */
export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
