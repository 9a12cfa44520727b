import type { CommandArgsOverriderSpec } from '../../karmada/policy-spec';
import type { KubernetesObject } from '../../kubernetes/object';
import { listOf, recordOf } from '../../kubernetes/plain-data';
import { knownPodSpecs } from '../../kubernetes/pod-template';
import { type JsonPatchOperation, PatchFailure } from './json-patch';

/**
 * Operations of one commandOverrider or argsOverrider, on the containers with its name. Nothing changes if no container
 * has the name, or if Karmada does not know the kind.
 *
 * @throws PatchFailure when the containers are malformed
 * @see Karmada v1.18.2 pkg/util/overridemanager/commandargsoverride.go
 */
export function commandArgsOperations(
  object: KubernetesObject,
  field: 'command' | 'args',
  overrider: CommandArgsOverriderSpec,
): JsonPatchOperation[] {
  const podSpec = knownPodSpecs.get(object.kind);
  if (!podSpec) return [];
  const path = [...podSpec, 'containers'];
  const operations: JsonPatchOperation[] = [];
  containersAt(object, path).forEach((item, i) => {
    const container = recordOf(item);
    if (!container) throw new PatchFailure(`/${path.join('/')}/${i} is not a container`);
    if (container['name'] !== overrider.containerName) return;
    const current = container[field] ?? undefined;
    if (current !== undefined && !Array.isArray(current))
      throw new PatchFailure(`${field} of the container is not a list`);
    operations.push({
      op: current === undefined ? 'add' : 'replace',
      path: `/${path.join('/')}/${i}/${field}`,
      value: overridden(listOf(current).map(goText), overrider),
    });
  });
  return operations;
}

/** Undefined if a step of the path is missing. A step that is not an object is malformed. */
function containersAt(object: KubernetesObject, path: readonly string[]): readonly unknown[] {
  let current: unknown = object;
  for (const key of path) {
    if (current === null) return [];
    const record = recordOf(current);
    if (!record) throw new PatchFailure(`the parent of "${key}" is not an object`);
    if (!Object.hasOwn(record, key)) return [];
    current = record[key];
  }
  if (!Array.isArray(current)) throw new PatchFailure(`/${path.join('/')} is not a list`);
  return current;
}

/** `remove` drops every equal element. An operator that Karmada does not know changes nothing. */
function overridden(current: readonly string[], { operator, value }: CommandArgsOverriderSpec): string[] {
  const values = listOf<string>(value);
  if (operator === 'add') return [...current, ...values];
  if (operator === 'remove') return current.filter((element) => !values.includes(element));
  return [...current];
}

/** How Go prints an element that is not a string. An API server would refuse it. */
function goText(element: unknown): string {
  if (typeof element === 'string') return element;
  if (typeof element === 'number') return `%!s(${Number.isInteger(element) ? 'int64' : 'float64'}=${element})`;
  return typeof element === 'boolean' ? `%!s(bool=${element})` : '%!s(<nil>)';
}
