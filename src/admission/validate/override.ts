import type { FieldOverriderSpec, FieldPatchSpec, OverridersSpec, OverrideSpec } from '../../karmada/policy-spec';
import { behaviourOf, type KarmadaVersion } from '../../karmada/release';
import { child, item } from '../../kubernetes/field-path';
import { annotationCauses, labelCauses } from '../../kubernetes/metadata';
import { jsonPointerProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import { quoted } from '../../problem/words';
import type { Review } from '../review';
import { clusterAffinityCauses } from '../rules/cluster-affinity';
import { selectorNamespaceCauses } from './propagation';

export type OverridePolicyObject = KubernetesObject & { readonly spec?: OverrideSpec };

/** The overriders for which Karmada considers the deprecated `spec.overriders` as set; fieldOverrider is not one of them. */
const countedOverriders = [
  'plaintext',
  'imageOverrider',
  'commandOverrider',
  'argsOverrider',
  'labelsOverrider',
  'annotationsOverrider',
] as const;

/**
 * Why Karmada's webhook rejects an OverridePolicy or ClusterOverridePolicy. The checks of
 * rules do not apply to the deprecated `spec.overriders`.
 *
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateOverrideSpec
 */
export function* overrideCauses({ object, namespace, karmada }: Review<OverridePolicyObject>): Iterable<FieldProblem> {
  const { overrideRules, targetCluster, overriders, resourceSelectors = [] } = object.spec ?? {};
  yield* clusterAffinityCauses(targetCluster, 'spec.targetCluster');
  if (targetCluster && overrideRules) {
    yield fieldProblem(
      'deprecated-beside-rules',
      'spec.targetCluster',
      'targetCluster and overrideRules exclude each other',
      'move targetCluster into the rules',
    );
  }
  if (overriders && overrideRules && countedOverriders.some((name) => (overriders[name] ?? []).length > 0)) {
    yield fieldProblem(
      'deprecated-beside-rules',
      'spec.overriders',
      'overriders and overrideRules exclude each other',
      'move the overriders into a rule',
    );
  }
  for (const [index, rule] of (overrideRules ?? []).entries()) {
    const path = item('spec.overrideRules', index);
    yield* overriderCauses(rule.overriders ?? {}, child(path, 'overriders'), karmada);
    yield* clusterAffinityCauses(rule.targetCluster, child(path, 'targetCluster'));
  }
  if (behaviourOf(karmada).selectorNamespaceChecked) yield* selectorNamespaceCauses(resourceSelectors, namespace);
}

function* overriderCauses(overriders: OverridersSpec, path: string, karmada: KarmadaVersion): Iterable<FieldProblem> {
  for (const [index, { value = {} }] of (overriders.annotationsOverrider ?? []).entries()) {
    yield* annotationCauses(value, child(item(child(path, 'annotationsOverrider'), index), 'value'));
  }
  for (const [index, { value = {} }] of (overriders.labelsOverrider ?? []).entries()) {
    yield* labelCauses(value, child(item(child(path, 'labelsOverrider'), index), 'value'));
  }
  for (const [index, { predicate }] of (overriders.imageOverrider ?? []).entries()) {
    if (!predicate) continue;
    yield* pointerCauses(predicate.path, child(item(child(path, 'imageOverrider'), index), 'predicate.path'));
  }
  for (const [index, overrider] of (overriders.fieldOverrider ?? []).entries()) {
    yield* fieldOverriderCauses(overrider, item(child(path, 'fieldOverrider'), index), karmada);
  }
}

function* fieldOverriderCauses(
  overrider: FieldOverriderSpec,
  path: string,
  karmada: KarmadaVersion,
): Iterable<FieldProblem> {
  const { json = [], yaml = [] } = overrider;
  if (json.length > 0 && yaml.length > 0) {
    yield fieldProblem(
      'field-overrider-format',
      path,
      'json and yaml exclude each other',
      'keep the one for the format of the field',
    );
  }
  if (json.length === 0 && yaml.length === 0 && behaviourOf(karmada).fieldOverriderNeedsPatches) {
    yield fieldProblem('field-overrider-format', path, 'has neither json nor yaml patches', 'add json or yaml patches');
  }
  yield* pointerCauses(overrider.fieldPath, child(path, 'fieldPath'));
  for (const [format, patches] of Object.entries({ json, yaml })) {
    for (const [index, patch] of patches.entries()) yield* patchCauses(patch, item(child(path, format), index));
  }
}

function* patchCauses({ subPath, operator, value }: FieldPatchSpec, path: string): Iterable<FieldProblem> {
  yield* pointerCauses(subPath, child(path, 'subPath'));
  if ((operator === 'add' || operator === 'replace') && value === undefined) {
    yield fieldProblem('patch-value', child(path, 'value'), `${operator} requires a value`, 'set the value');
  }
  if (operator === 'remove' && value !== undefined) {
    yield fieldProblem(
      'patch-value',
      child(path, 'value'),
      `remove takes no value, got ${quoted(value)}`,
      'remove the value',
    );
  }
}

function* pointerCauses(pointer: string | undefined, path: string): Iterable<FieldProblem> {
  for (const problem of jsonPointerProblems(pointer ?? '')) {
    yield fieldProblem('json-pointer', path, `"${pointer}" ${problem}`, `write it as /${pointer}`);
  }
}
