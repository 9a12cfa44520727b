import {
  type FieldOverriderSpec,
  type FieldPatchSpec,
  type PlaintextOverriderSpec,
  specProperties,
} from '../karmada/policy-spec';
import { checkJsonPointer } from '../kubernetes/json-pointer';
import { checkedList, checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { checkedJson } from './json-value';

/** One step of a JSON patch. @see RFC 6902 */
export type PatchOperation =
  | {
      /** `add` creates the last segment of the path; its parent must exist. `replace` requires the whole path to exist. */
      readonly operator: 'add' | 'replace';
      /** JSON pointer, such as `/spec/template/spec/containers/0/env/-`. */
      readonly path: string;
      /** Plain JSON data. Null is not allowed in a field patch. */
      readonly value: unknown;
    }
  | { readonly operator: 'remove'; readonly path: string };

/** The format of the text in a field, and the operations on it. */
export type FieldPatch = { readonly yaml: readonly PatchOperation[] } | { readonly json: readonly PatchOperation[] };

/** The plaintext overriders for a manifest. */
export function plaintextOverriders(operations: readonly PatchOperation[]): PlaintextOverriderSpec[] {
  if (operations.length === 0) refuseEmpty('JSON patch');
  if (Array.isArray(operations[0])) {
    throw new ModelError('JSON patch takes operations as arguments, got a list', {
      code: 'property.type',
      fix: 'spread the list: jsonPatch(...operations)',
    });
  }
  return operations.map((operation) => {
    checkProperties(operation, ['operator', 'path', 'value'], 'JSON patch');
    return { ...operation };
  });
}

/** The field overrider for a manifest. */
export function fieldOverrider(fieldPath: string, patch: FieldPatch): FieldOverriderSpec {
  checkProperties(patch, ['yaml', 'json'], 'field patch');
  const given = Object.entries(patch).filter(([, operations]) => operations !== undefined);
  const [first] = given;
  if (first === undefined || given.length > 1) refuseFormat();
  const [format, operations] = first as [string, readonly PatchOperation[]];
  return {
    fieldPath,
    [format]: checkedList(operations, `field patch: ${format}`).map((operation) => {
      checkProperties(operation, ['operator', 'path', 'value'], 'field patch');
      const { path: subPath, ...others } = operation;
      return { subPath, ...others };
    }),
  };
}

/**
 * Rejects a plaintext overrider that cannot be applied to any object.
 *
 * @throws ModelError `override.patch`, `json.…`, `property.…`
 * @see Karmada v1.18.2 pkg/util/overridemanager/overridemanager.go, applyJSONPatch
 */
export function checkPlaintext(overrider: PlaintextOverriderSpec): void {
  checkProperties(overrider, specProperties.PlaintextOverriderSpec, 'JSON patch');
  checkJsonPointer(overrider.path, 'JSON patch: path');
  if (overrider.path === '') {
    throw new ModelError('JSON patch: path is empty, which is the whole object', {
      code: 'override.patch',
      fix: 'point at one field, such as "/spec/replicas"',
    });
  }
  checkOperation(overrider.operator, overrider.value, `JSON patch of ${overrider.path}`);
}

/**
 * Rejects a field overrider that Karmada rejects.
 *
 * @throws ModelError `override.patch`, `json.…`, `property.…`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateOverrideRules
 */
export function checkFieldOverrider(overrider: FieldOverriderSpec): void {
  checkProperties(overrider, specProperties.FieldOverriderSpec, 'field patch');
  const { fieldPath } = overrider;
  const json = checkedList(overrider.json, 'field patch: json');
  const yaml = checkedList(overrider.yaml, 'field patch: yaml');
  checkJsonPointer(fieldPath, 'field patch: fieldPath');
  if (fieldPath === '') {
    throw new ModelError('field patch: fieldPath is empty', {
      code: 'override.patch',
      fix: 'point at a text field, such as "/data/app.yaml"',
    });
  }
  if (json.length > 0 && yaml.length > 0) refuseFormat();
  const operations: readonly FieldPatchSpec[] = json.length > 0 ? json : yaml;
  if (operations.length === 0) refuseEmpty(`field patch of ${fieldPath}`);
  for (const operation of operations) {
    checkProperties(operation, specProperties.FieldPatchSpec, `field patch of ${fieldPath}`);
    checkJsonPointer(operation.subPath, `field patch of ${fieldPath}: path`);
    checkOperation(operation.operator, operation.value, `field patch of ${fieldPath}: ${operation.subPath}`);
    if (operation.value !== null) continue;
    throw new ModelError(`field patch of ${fieldPath}: ${operation.subPath}: Karmada treats null as a missing value`, {
      code: 'override.patch',
      fix: 'give another value, or use remove',
    });
  }
}

function checkOperation(operator: unknown, value: unknown, owner: string): void {
  checkOneOf(operator, ['add', 'remove', 'replace'], `${owner}: operator`);
  if (operator === 'remove' && value !== undefined) {
    throw new ModelError(`${owner}: remove takes no value, got ${quoted(value)}`, {
      code: 'override.patch',
      fix: 'omit the value, or use replace',
    });
  }
  if (operator === 'remove') return;
  if (value === undefined) {
    throw new ModelError(`${owner}: ${operator} needs a value`, {
      code: 'override.patch',
      fix: 'give a value (null is allowed in a JSON patch), or use remove',
    });
  }
  checkedJson(value, `${owner}: value`);
}

function refuseEmpty(owner: string): never {
  throw new ModelError(`${owner} has no operations`, {
    code: 'override.empty',
    fix: 'give at least one, such as { operator: "replace", path: "/spec/replicas", value: 1 }',
  });
}

function refuseFormat(): never {
  throw new ModelError('field patch needs either yaml or json, depending on the format of the field', {
    code: 'override.patch',
    fix: 'write it like { yaml: [{ operator: "replace", path: "/log/level", value: "debug" }] }',
  });
}
