import { frozen } from '../kubernetes/freeze';
import { labelKeyProblems, labelValueProblems } from '../kubernetes/names';
import type { LabelSelectorRequirementSpec, LabelSelectorSpec } from '../kubernetes/object';
import { checkedList, checkProperties, isRecord } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { joinWords, quoted } from '../problem/words';

/** What a label must be: this very value, or whatever the condition says. */
export type LabelConditions = Readonly<Record<string, string | LabelCondition>>;

/** Conditions on one label; given several, all must hold. */
export interface LabelCondition {
  /** The label is there and has one of these values. */
  readonly in?: readonly string[];
  /** The label has none of these values, or is not there. */
  readonly notIn?: readonly string[];
  /** Whether the label is there at all. */
  readonly exists?: boolean;
}

/**
 * Kubernetes' label selector from conditions by label.
 *
 * @param owner - what the selector belongs to, for messages
 * @throws ModelError `selector.empty`, `selector.label`, `selector.values`
 */
export function labelSelectorFrom(conditions: LabelConditions, owner: string): LabelSelectorSpec {
  if (!isRecord(conditions) || Object.keys(conditions).length === 0) {
    throw new ModelError(`${owner}: labels must name at least one label, got ${quoted(conditions)}`, {
      code: 'selector.empty',
      fix: 'give labels like { tier: "gold" }, or leave labels out',
    });
  }
  const matchLabels: Record<string, string> = {};
  const matchExpressions: LabelSelectorRequirementSpec[] = [];
  for (const [key, condition] of Object.entries(conditions)) {
    if (typeof condition !== 'object' || condition === null) {
      matchLabels[key] = condition;
      continue;
    }
    const at = `${owner}: label "${key}"`;
    checkProperties(condition, ['in', 'notIn', 'exists'], at);
    const { in: among, notIn, exists } = condition;
    if (among === undefined && notIn === undefined && exists === undefined) {
      throw new ModelError(`${at} has an empty condition`, {
        code: 'selector.empty',
        fix: 'give a value, or one of { in: […] }, { notIn: […] }, { exists: true }',
      });
    }
    if (exists !== undefined && typeof exists !== 'boolean') {
      throw new ModelError(`${at}: exists must be true or false, got ${quoted(exists)}`, {
        code: 'property.type',
        fix: 'write exists: true, or exists: false for a label that must not be there',
      });
    }
    if (among !== undefined) matchExpressions.push({ key, operator: 'In', values: among });
    if (notIn !== undefined) matchExpressions.push({ key, operator: 'NotIn', values: notIn });
    if (exists !== undefined) matchExpressions.push({ key, operator: exists ? 'Exists' : 'DoesNotExist' });
  }
  return checkedLabelSelector(
    {
      ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
      ...(matchExpressions.length > 0 && { matchExpressions }),
    },
    owner,
  );
}

/**
 * A frozen copy of a label selector that Kubernetes can evaluate: a broken one matches nothing, without an error.
 *
 * @throws ModelError `selector.empty`, `selector.label`, `selector.operator`, `selector.values`
 * @see Kubernetes apimachinery pkg/labels/selector.go, NewRequirement
 */
export function checkedLabelSelector(selector: LabelSelectorSpec, owner: string): LabelSelectorSpec {
  const at = `${owner}: labelSelector`;
  checkProperties(selector, ['matchLabels', 'matchExpressions'], at);
  const labels = Object.entries(selector.matchLabels ?? {});
  const expressions = checkedList(selector.matchExpressions, `${at}: matchExpressions`);
  if (labels.length === 0 && expressions.length === 0) {
    throw new ModelError(`${at} is empty, which matches everything`, {
      code: 'selector.empty',
      fix: 'give matchLabels or matchExpressions, or leave labelSelector out',
    });
  }
  for (const [key, value] of labels) {
    checkLabelKey(key, at);
    checkLabelValues([value], `${at}: label "${key}"`);
  }
  for (const expression of expressions) {
    checkProperties(expression, ['key', 'operator', 'values'], `${at}: expression`);
    const { key, operator, values } = expression;
    checkLabelKey(key, at);
    checkValues(operator, values, ['In', 'NotIn', 'Exists', 'DoesNotExist'], `${at}: label "${key}"`);
    checkLabelValues(checkedList(values, at), `${at}: label "${key}"`);
  }
  return frozen(selector);
}

/**
 * Refuses an operator outside `allowed`, and values that do not go with it.
 *
 * @throws ModelError `selector.operator`, `selector.values`
 */
export function checkValues(
  operator: unknown,
  values: readonly unknown[] | undefined,
  allowed: readonly string[],
  owner: string,
): void {
  if (!allowed.some((one) => one === operator)) {
    throw new ModelError(`${owner}: operator must be ${joinWords(allowed, 'or')}, got ${quoted(operator)}`, {
      code: 'selector.operator',
      fix: `use one of ${joinWords(allowed)}`,
    });
  }
  const list = checkedList(values, `${owner}: values`);
  const wantsValues = operator === 'In' || operator === 'NotIn';
  if (wantsValues && list.length === 0) {
    throw new ModelError(`${owner}: ${operator} has no values, and Karmada takes that to match nothing`, {
      code: 'selector.values',
      fix: 'give at least one value',
    });
  }
  if (!wantsValues && list.length > 0) {
    throw new ModelError(`${owner}: ${operator} takes no values, got ${quoted(values)}`, {
      code: 'selector.values',
      fix: `leave values out, or use In in place of ${operator}`,
    });
  }
  const twice = list.find((value, index) => list.indexOf(value) < index);
  if (twice !== undefined) {
    throw new ModelError(`${owner}: ${operator} has value ${quoted(twice)} twice`, {
      code: 'selector.values',
      fix: `name ${quoted(twice)} once`,
    });
  }
}

function checkLabelKey(key: unknown, owner: string): void {
  const problem = labelKeyProblems(key)[0];
  if (problem === undefined) return;
  throw new ModelError(`${owner}: label key ${quoted(key)} ${problem}`, {
    code: 'selector.label',
    fix: 'write the key as the labels have it, such as "tier" or "example.com/tier"',
  });
}

/** Refuses what cannot be the value of a label, nor of a topology field. */
export function checkLabelValues(values: readonly unknown[], owner: string): void {
  for (const value of values) {
    const problem = labelValueProblems(value)[0];
    if (problem === undefined) continue;
    throw new ModelError(`${owner}: value ${quoted(value)} ${problem}`, {
      code: 'selector.label',
      fix: 'write the value as the label has it',
    });
  }
}
