import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { KubernetesObject } from '../kubernetes/object';
import { knownScope } from '../kubernetes/scope';
import { jsonPatches } from './cdk8s-internals';

/** The fields that identify an object. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Absent on cluster-scoped objects, even where cdk8s writes the namespace of the chart on them. */
  readonly namespace?: string;
}

/** An object with an identity, such as any ApiObject. */
export interface Identifiable {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly metadata: { readonly namespace?: string | undefined };
}

/**
 * The identity of an object in its manifest, with its namespace if it has one.
 *
 * @param clusterScoped - whether it is cluster-scoped; @default - whether its kind is known to be
 */
export function identityOf(object: ApiObject | Identifiable, clusterScoped?: boolean): ObjectIdentity {
  const { apiVersion, kind, name, metadata } = object instanceof ApiObject ? writtenIdentity(object) : object;
  const { namespace } = metadata;
  const placed = namespace !== undefined && !(clusterScoped ?? knownScope({ apiVersion, kind }) === 'cluster');
  return { apiVersion, kind, name, ...(placed && { namespace }) };
}

/** The identity in the manifest: JSON patches may rename the object. */
export function writtenIdentity(object: ApiObject): Identifiable {
  // Without patches the object need not be resolved.
  if (jsonPatches(object).length === 0) return object;
  const { apiVersion, kind, metadata = {} }: KubernetesObject = object.toJson();
  const { name = '', namespace } = metadata;
  return { apiVersion, kind, name, metadata: { namespace } };
}

/** The object behind a construct; undefined for other values and for constructs without one. */
export function objectBehind(value: unknown): ApiObject | undefined {
  if (!Construct.isConstruct(value)) return undefined;
  let construct: IConstruct | undefined = value;
  while (construct !== undefined && !(construct instanceof ApiObject)) construct = construct.node.defaultChild;
  return construct;
}
