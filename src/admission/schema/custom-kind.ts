import { definedKind, isDefinition } from '../../kubernetes/custom-definition';
import { apiGroup, apiVersionName, groupKindKey, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt, recordOf, recordsOf, textOf } from '../../kubernetes/plain-data';
import { quoted } from '../../problem/words';
import type { Cause } from '../cause';
import { isPlainlyValid } from './plainly-valid';
import { defaultedBy } from './stored-form';
import type { KindDefinition, SchemaNode } from './tables';
import { isCompilable } from './validator';

/** Where definitions are looked for. */
export interface DefinitionSource {
  readonly definitions?: readonly KubernetesObject[];
  readonly others?: readonly KubernetesObject[];
}

/**
 * The kind of a custom object, from its CustomResourceDefinition; undefined if there is none, if it has no schema for the
 * version of the object, or if its schema cannot be read.
 */
export function customKind(object: KubernetesObject, source: DefinitionSource): KindDefinition | undefined {
  // Groups without a dot are Kubernetes' own.
  if (!object.apiVersion.includes('.')) return undefined;
  const definition = definitionOf(object, source);
  if (!definition) return undefined;
  const version = recordsOf(fieldAt(definition.spec, 'versions')).find(
    ({ name }) => name === apiVersionName(object.apiVersion),
  );
  const schema = recordOf(fieldAt(version, 'schema', 'openAPIV3Schema')) as SchemaNode | undefined;
  if (!version || !schema) return undefined;
  const kind: KindDefinition = {
    apiVersion: object.apiVersion,
    kind: object.kind,
    plural: textOf(fieldAt(definition.spec, 'names', 'plural')),
    scope: fieldAt(definition.spec, 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced',
    ...(version['storage'] === true && { storage: true }),
    ...(fieldAt(version, 'subresources', 'status') !== undefined && { status: true }),
    schema,
  };
  return isReadable(kind, object) ? kind : undefined;
}

/** Whether a schema that somebody else wrote can check the object. Compiling it takes long, and valid objects do without. */
function isReadable(kind: KindDefinition, object: KubernetesObject): boolean {
  try {
    return isPlainlyValid(kind, defaultedBy(object, kind)) || isCompilable(kind.schema);
  } catch {
    return false;
  }
}

/** Refuses a custom object whose version its CustomResourceDefinition does not serve. */
export function* unservedVersionCauses(object: KubernetesObject, source: DefinitionSource): Iterable<Cause> {
  const definition = object.apiVersion.includes('.') ? definitionOf(object, source) : undefined;
  const versions = recordsOf(fieldAt(definition?.spec, 'versions'));
  const served = versions.filter((each) => each['served'] !== false).map(({ name }) => textOf(name));
  if (served.length === 0 || served.includes(apiVersionName(object.apiVersion))) return;
  const { apiVersion, kind } = object;
  yield {
    code: 'unknown-kind',
    layer: 'schema',
    path: 'apiVersion',
    message: `no matches for kind ${quoted(kind)} in version ${quoted(apiVersion)}`,
    fix: `write apiVersion: ${apiGroup(apiVersion)}/${served[0]}`,
  };
}

function definitionOf(
  object: KubernetesObject,
  { definitions, others = [] }: DefinitionSource,
): KubernetesObject | undefined {
  const wanted = groupKindKey(object);
  return (definitions ?? others.filter(isDefinition)).find((each) => definedKind(each) === wanted);
}
