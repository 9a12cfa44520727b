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

/** `Kind/namespace/name`, or `Kind/name` where the object has no namespace: how people and our reports name an object. */
export function objectKey(object: { kind: string; metadata?: ObjectMetadata }): string {
  const { namespace, name = '' } = object.metadata ?? {};
  return namespace ? `${object.kind}/${namespace}/${name}` : `${object.kind}/${name}`;
}

/** API group of an apiVersion: `apps` of `apps/v1`, the empty string of `v1`. */
export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
