import { karmadaKind, type SchemaNode } from '../../src/admission/schema/tables';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { isRecord } from '../../src/problem/record';

/**
 * Fields of an object's schema that the object does not set, such as `spec.behavior.scaleUp.policies[].value`; of a list,
 * those that no item sets. Status and metadata are left out.
 */
export function unsetFields(object: KubernetesObject): string[] {
  const { schema } = karmadaKind(object.apiVersion, object.kind, defaultKarmadaVersion)!;
  const { status: _status, metadata: _metadata, ...properties } = schema.properties!;
  return Object.entries(properties).flatMap(([name, node]) => unsetIn([object[name]], node, name));
}

function unsetIn(values: readonly unknown[], node: SchemaNode, path: string): string[] {
  const set = values.filter((value) => value !== undefined);
  if (set.length === 0) return [path];
  if (node.items) return unsetIn(set.flat(), node.items, `${path}[]`);
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) =>
    unsetIn(
      set.filter(isRecord).map((value) => value[name]),
      child,
      `${path}.${name}`,
    ),
  );
}
