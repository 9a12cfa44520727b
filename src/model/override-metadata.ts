import type { LabelAnnotationOverriderSpec } from '../karmada/policy-spec';
import { specProperties } from '../karmada/policy-spec';
import { labelKeyProblems, labelValueProblems } from '../kubernetes/names';
import { byteLength } from '../kubernetes/text-bytes';
import { checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isPropertyBag } from '../problem/record';
import { anything, checkValue, listOf, mapOf, objectOf, type ShapeOf, text } from '../problem/value-kinds';
import { firstTwice, quoted } from '../problem/words';

/** Changes of the labels or annotations of the object itself, not of its pods. */
export interface MetadataOverride {
  /** Values to set, also for keys that do not exist. @default - none */
  readonly add?: Readonly<Record<string, string>>;
  /** Values to set for keys that exist. @default - none */
  readonly replace?: Readonly<Record<string, string>>;
  /** Keys to remove. @default - none */
  readonly remove?: readonly string[];
}

/** The metadata field to change. */
export type MetadataMap = 'labels' | 'annotations';

/** The overriders for a manifest: add, then replace, then remove. */
export function metadataOverriders(change: MetadataOverride, map: MetadataMap): LabelAnnotationOverriderSpec[] {
  checkValue(change, overrideKind, `${map} override`);
  const { add, replace, remove } = change;
  if (add === undefined && replace === undefined && remove === undefined) refuseEmpty(`${map} override`);
  const removed = remove ?? [];
  const twice = firstTwice([...Object.keys(add ?? {}), ...Object.keys(replace ?? {}), ...removed]);
  if (twice !== undefined) {
    throw new ModelError(`${map} override changes "${twice}" twice`, {
      code: 'override.metadata',
      fix: 'keep one change, or write two overrides in the intended order',
    });
  }
  return [
    ...(add === undefined ? [] : [{ operator: 'add', value: add }]),
    ...(replace === undefined ? [] : [{ operator: 'replace', value: replace }]),
    // Karmada requires a map here too, but uses only its keys.
    ...(remove === undefined
      ? []
      : [{ operator: 'remove', value: Object.fromEntries(removed.map((key) => [key, ''])) }]),
  ];
}

/**
 * Rejects labels and annotations that Karmada rejects.
 *
 * @throws ModelError `override.metadata`, `override.empty`, `property.…`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateOverrideRules
 */
export function checkMetadataOverrider(overrider: LabelAnnotationOverriderSpec, map: MetadataMap): void {
  checkProperties(overrider, specProperties.LabelAnnotationOverriderSpec, `${map} override`);
  const { operator, value } = overrider;
  checkOneOf(operator, ['add', 'remove', 'replace'], `${map} override: operator`);
  if (!isPropertyBag(value) || Object.keys(value).length === 0) refuseEmpty(`${map} override: ${operator}`);
  let size = 0;
  for (const [key, content] of Object.entries(value!)) {
    const problem =
      labelKeyProblems(map === 'annotations' ? key.toLowerCase() : key)[0] ??
      (map === 'labels'
        ? labelValueProblems(content)[0]
        : typeof content === 'string'
          ? undefined
          : 'must be a string; quote it');
    if (problem !== undefined) {
      const what =
        labelKeyProblems(key)[0] === undefined ? `value ${quoted(content)} of "${key}"` : `key ${quoted(key)}`;
      throw new ModelError(`${map} override: ${what} ${problem}`, {
        code: 'override.metadata',
        fix: 'give keys and values that Kubernetes accepts',
      });
    }
    size += byteLength(key) + byteLength(content);
  }
  if (map === 'annotations' && size > mostAnnotationBytes) {
    throw new ModelError(`annotations override has ${size} bytes, and Kubernetes allows ${mostAnnotationBytes}`, {
      code: 'override.metadata',
      fix: 'move the data into a ConfigMap',
    });
  }
}

const keysAndValues = mapOf(anything, '{ tier: "gold" }');

const overrideKind = objectOf({
  add: keysAndValues,
  replace: keysAndValues,
  remove: listOf(text),
} satisfies ShapeOf<MetadataOverride>);

const mostAnnotationBytes = 256 * 1024;

function refuseEmpty(owner: string): never {
  throw new ModelError(`${owner} changes nothing`, {
    code: 'override.empty',
    fix: 'give at least one key, such as { add: { tier: "gold" } } or { remove: ["tier"] }',
  });
}
