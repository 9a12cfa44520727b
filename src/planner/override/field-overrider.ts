import type { FieldOverriderSpec, FieldPatchSpec } from '../../karmada/policy-spec';
import { pointerTokens } from '../../kubernetes/json-pointer';
import type { KubernetesObject } from '../../kubernetes/object';
import { listOf, textOf } from '../../kubernetes/plain-data';
import type { Json } from '../../yaml/json';
import { parseYaml } from '../../yaml/parse';
import { goYaml } from './go-yaml';
import { type JsonPatchOperation, PatchFailure } from './json-patch';
import { patchJsonText } from './patch-json-text';
import { patchObject, patchValue } from './patch-object';
import { withoutRepeatedKeys } from './repeated-keys';

/**
 * The object after one fieldOverrider: the text at a path is read as JSON or YAML, patched, and written back. YAML is
 * written in Karmada's layout, without comments. If both forms are given, YAML wins; if neither is, the text is emptied.
 *
 * @throws PatchFailure if the path does not lead to a text, the text cannot be read, or the patch does not apply
 * @see Karmada v1.18.2 pkg/util/overridemanager/overridemanager.go, applyFieldOverriders
 */
export function overrideField(object: KubernetesObject, overrider: FieldOverriderSpec): KubernetesObject {
  const path = textOf(overrider.fieldPath);
  const text = textAt(object, path);
  const patched = patchedText(text, overrider);
  return patched === text ? object : patchObject(object, [{ op: 'replace', path, value: patched }]);
}

function patchedText(text: string, { json, yaml }: FieldOverriderSpec): string {
  const [yamlPatches, jsonPatches] = [listOf<FieldPatchSpec>(yaml), listOf<FieldPatchSpec>(json)];
  if (yamlPatches.length > 0) return goYaml(patchValue(readYaml(text), yamlPatches.map(toOperation)));
  return jsonPatches.length > 0 ? patchJsonText(text, jsonPatches.map(toOperation)) : '';
}

function toOperation({ subPath, operator, value }: FieldPatchSpec): JsonPatchOperation {
  return { op: textOf(operator), path: textOf(subPath), value };
}

/** The first document. The last of repeated keys wins. */
function readYaml(text: string, keysAreUnique = false): Json {
  const { documents, problems } = parseYaml(text);
  const broken = problems.find(({ severity, document }) => severity === 'error' && document === 0);
  if (broken?.code === 'yaml.duplicate-key' && !keysAreUnique) return readYaml(withoutRepeatedKeys(text), true);
  if (broken) throw new PatchFailure(`the text is not YAML: ${broken.message}`);
  return documents[0]?.value ?? null;
}

/** The text at a JSON pointer, without negative indices. */
function textAt(object: KubernetesObject, path: string): string {
  if (path !== '' && !path.startsWith('/')) throw new PatchFailure(`the fieldPath "${path}" does not begin with "/"`);
  let current: unknown = object;
  for (const token of pointerTokens(path)) {
    if (Array.isArray(current)) {
      if (!/^\+?[0-9]+$/.test(token) || Number(token) >= current.length) {
        throw new PatchFailure(`the fieldPath "${path}" names no item at "${token}"`);
      }
      current = current[Number(token)];
    } else if (typeof current === 'object' && current !== null && Object.hasOwn(current, token)) {
      current = (current as Record<string, unknown>)[token];
    } else throw new PatchFailure(`the fieldPath "${path}" leads nowhere at "${token}"`);
  }
  if (typeof current !== 'string') throw new PatchFailure(`the fieldPath "${path}" does not lead to a text`);
  return current;
}
