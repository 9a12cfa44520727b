import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { Problem } from '../problem/problem';
import { anything, checkValue, isName, name, objectOf, objectWith, type ShapeOf } from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { constructError, constructName } from './construct-error';
import { identityOf, type ObjectIdentity, objectBehind } from './object-identity';
import type { NamedResource } from './selectable';

/**
 * Refuses a reference that does not name an object, when the construct is made.
 *
 * @param property - the property with the reference, such as `scaleTargetRef`
 * @throws ModelError `reference.object`, `property.unknown`
 */
export function checkReference(owner: Construct, property: string, resource: NamedResource): void {
  if (Construct.isConstruct(resource)) {
    if (objectBehind(resource) !== undefined) return;
    throw constructError(owner, {
      code: 'reference.object',
      message: `${property} is the construct "${resource.node.path}", which has no Kubernetes object`,
      why: 'Karmada refers to objects by apiVersion, kind and name',
      fix: 'pass the object itself, such as an ApiObject or a cdk8s-plus workload',
    });
  }
  const at = `${property} of ${constructName(owner)}`;
  const given: Partial<NamedResource> = resource ?? {};
  checkValue(given, referenceKind, at);
  const missing = (['apiVersion', 'kind', 'name'] as const).find((field) => !isName(given[field]));
  if (missing === undefined) return;
  throw constructError(owner, {
    code: 'reference.object',
    message: `${property} has the ${missing} ${quoted(given[missing])}`,
    why: 'Karmada refers to objects by apiVersion, kind and name',
    fix: `pass the object itself, or give its ${missing}`,
  });
}

/** The object that a reference names. Call it at synthesis, since JSON patches may rename the object until then. */
export function referenceTo(resource: NamedResource): ObjectIdentity {
  const object = objectBehind(resource);
  if (object !== undefined) return identityOf(object);
  const { apiVersion, kind, name, namespace = resource.metadata?.namespace } = resource;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

/** The problem of a reference into another namespace, where Karmada only looks into the namespace of the object itself. */
export function namespaceProblem(property: string, resource: NamedResource, namespace: string | undefined): Problem[] {
  const { kind, name, namespace: other } = referenceTo(resource);
  if (other === undefined || other === namespace) return [];
  return [
    {
      code: 'reference.namespace',
      message: `${property} is ${kind} "${name}" of namespace "${other}", but this object is in "${namespace ?? ''}"`,
      why: 'Karmada looks for it in the namespace of the object that names it',
      fix: `put both into namespace "${other}"`,
    },
  ];
}

/**
 * Metadata of an object that must have the name and namespace of a Service.
 *
 * @throws ModelError `reference.object` for anything but a Service, `object.name` and `object.namespace` for metadata that contradict it
 */
export function metadataOfService(
  owner: Construct,
  service: NamedResource,
  metadata: ApiObjectMetadata | undefined,
): ApiObjectMetadata {
  checkReference(owner, 'service', service);
  const { apiVersion, kind, name, namespace } = referenceTo(service);
  if (apiVersion !== 'v1' || kind !== 'Service') {
    throw constructError(owner, {
      code: 'reference.object',
      message: `service is the ${kind} "${name}" of ${apiVersion}`,
      why: 'it has to be a Service of v1',
      fix: 'pass the Service in front of the workload',
    });
  }
  const wanted: { readonly name: string; readonly namespace?: string } = { name, ...(namespace && { namespace }) };
  for (const [field, value] of Object.entries(wanted) as ['name' | 'namespace', string][]) {
    const given = metadata?.[field];
    if (given === undefined || given === value) continue;
    throw constructError(owner, {
      code: `object.${field}`,
      message: `metadata.${field} is "${given}", but the Service has "${value}"`,
      why: 'Karmada finds the Service only by its name and namespace',
      fix: `leave metadata.${field} out`,
    });
  }
  return { ...metadata, ...wanted };
}

const referenceKind = objectOf({
  apiVersion: anything,
  kind: anything,
  name: anything,
  namespace: name,
  metadata: objectWith({ namespace: name }),
} satisfies ShapeOf<NamedResource>);
