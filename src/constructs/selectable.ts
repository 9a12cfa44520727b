import { Construct } from 'constructs';
import type { ResourceSelectorSpec } from '../karmada/policy-spec';
import { ResourceSelector } from '../model/resource-selector';
import { identityOf, objectBehind } from './object-identity';

/** An object that a policy can name: any `ApiObject`, any L1, a cdk8s-plus construct of any version, or a plain object. */
export interface NamedResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - the namespace of the metadata, or else that of the policy */
  readonly namespace?: string | undefined;
  readonly metadata?: { readonly namespace?: string | undefined };
}

/** What a policy selects: one object, or all that match a ResourceSelector. */
export type Selectable = NamedResource | ResourceSelector;

/**
 * The selector of what an author selects, always with its namespace.
 *
 * @throws ModelError `selector.…`, `property.…` for a plain object that would match nothing in Karmada
 */
export function describeResource(resource: Selectable): ResourceSelectorSpec {
  if (resource instanceof ResourceSelector) return resource.toSpec();
  const object = objectBehind(resource);
  if (object !== undefined) return identityOf(object);
  const { metadata, namespace = metadata?.namespace, ...rest } = resource;
  const spec = { ...(namespace !== undefined && { namespace }) };
  // Constructs have other properties; on a plain object, an unknown property is a typo.
  if (!Construct.isConstruct(resource)) return ResourceSelector.fromSpec({ ...rest, ...spec }).toSpec();
  return { ...spec, apiVersion: resource.apiVersion, kind: resource.kind, name: resource.name };
}
