import { definedKind, isDefinition } from '../../kubernetes/custom-definition';
import { entryOf } from '../../kubernetes/map-entries';
import { apiGroup, apiVersionName, groupKindKey, type KubernetesObject, kindKey } from '../../kubernetes/object';
import { onDemand } from '../../kubernetes/on-demand';
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

/** The kinds of the CustomResourceDefinitions of a control plane, each read once. */
export class CustomDefinitions {
  readonly #byKind: () => ReadonlyMap<string, KubernetesObject>;
  readonly #kinds = new Map<string, { readonly read: KindDefinition | undefined }>();

  constructor({ definitions, others = [] }: DefinitionSource) {
    this.#byKind = onDemand(() => {
      const byKind = new Map<string, KubernetesObject>();
      for (const each of definitions ?? others.filter(isDefinition)) entryOf(byKind, definedKind(each), () => each);
      return byKind;
    });
  }

  /**
   * The kind of a custom object; undefined if there is no definition, if it has no schema for the version of the object, or
   * if its schema cannot be read.
   */
  kindOf(object: KubernetesObject): KindDefinition | undefined {
    const definition = this.#definitionOf(object);
    if (!definition) return undefined;
    const { read } = entryOf(this.#kinds, kindKey(object), () => ({ read: kindIn(definition, object) }));
    return read && isReadable(read, object) ? read : undefined;
  }

  /** Refuses a custom object whose version its CustomResourceDefinition does not serve. */
  *unservedVersionCauses(object: KubernetesObject): Iterable<Cause> {
    const versions = recordsOf(fieldAt(this.#definitionOf(object)?.spec, 'versions'));
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

  /** Groups without a dot are Kubernetes' own. */
  #definitionOf(object: KubernetesObject): KubernetesObject | undefined {
    return object.apiVersion.includes('.') ? this.#byKind().get(groupKindKey(object)) : undefined;
  }
}

function kindIn({ spec }: KubernetesObject, { apiVersion, kind }: KubernetesObject): KindDefinition | undefined {
  const version = recordsOf(fieldAt(spec, 'versions')).find(({ name }) => name === apiVersionName(apiVersion));
  const schema = schemaCopy(fieldAt(version, 'schema', 'openAPIV3Schema'));
  if (!version || !schema) return undefined;
  return {
    apiVersion,
    kind,
    plural: textOf(fieldAt(spec, 'names', 'plural')),
    scope: fieldAt(spec, 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced',
    ...(version['storage'] === true && { storage: true }),
    ...(fieldAt(version, 'subresources', 'status') !== undefined && { status: true }),
    schema,
  };
}

/** Validators are kept by schema: a copy is dropped with its run, and does not change with the object of the author. */
function schemaCopy(schema: unknown): SchemaNode | undefined {
  try {
    return structuredClone(recordOf(schema)) as SchemaNode | undefined;
  } catch {
    return undefined;
  }
}

/** Whether a schema that somebody else wrote can check the object. Compiling it takes long, and valid objects do without. */
function isReadable(kind: KindDefinition, object: KubernetesObject): boolean {
  try {
    return isPlainlyValid(kind, defaultedBy(object, kind)) || isCompilable(kind.schema);
  } catch {
    return false;
  }
}
