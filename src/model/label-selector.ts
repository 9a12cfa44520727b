import { frozen } from '../kubernetes/freeze';
import { labelKeyProblems, labelValueProblems } from '../kubernetes/names';
import type { LabelSelectorRequirementSpec, LabelSelectorSpec } from '../kubernetes/object';
import { checkedList, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isPropertyBag } from '../problem/record';
import { anything, checkValue, mapOf } from '../problem/value-kinds';
import { firstTwice, joinWords, quoted } from '../problem/words';

/** The required value of a label, or a condition. */
export type LabelConditions = Readonly<Record<string, string | LabelCondition>>;

/** Conditions on one label. If several are given, all must hold. */
export interface LabelCondition {
  /** The label exists and has one of these values. */
  readonly in?: readonly string[];
  /** The label has none of these values, or does not exist. */
  readonly notIn?: readonly string[];
  /** Whether the label must exist. */
  readonly exists?: boolean;
}

/**
 * A Kubernetes label selector from conditions by label.
 *
 * @param owner - what the selector belongs to, for messages
 * @throws ModelError `selector.empty`, `selector.label`, `selector.values`
 */
export function labelSelectorFrom(conditions: LabelConditions, owner: string): LabelSelectorSpec {
  if (!isPropertyBag(conditions) || Object.keys(conditions).length === 0) {
    throw new ModelError(`${owner}: labels must name at least one label, got ${quoted(conditions)}`, {
      code: 'selector.empty',
      fix: 'give labels like { tier: "gold" }, or omit labels',
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
        fix: 'write exists: true, or exists: false for a label that must not exist',
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
 * A frozen copy of a label selector. Rejects an invalid selector, which would silently match nothing.
 *
 * @throws ModelError `selector.empty`, `selector.label`, `selector.operator`, `selector.values`
 * @see Kubernetes apimachinery pkg/labels/selector.go, NewRequirement
 */
export function checkedLabelSelector(selector: LabelSelectorSpec, owner: string): LabelSelectorSpec {
  const at = `${owner}: labelSelector`;
  checkProperties(selector, ['matchLabels', 'matchExpressions'], at);
  const { matchLabels = {} } = selector;
  checkValue(matchLabels ?? {}, labelMap, () => `${at}: matchLabels`);
  const labels = Object.entries(matchLabels ?? {});
  const expressions = checkedList(selector.matchExpressions, `${at}: matchExpressions`);
  if (labels.length === 0 && expressions.length === 0) {
    throw new ModelError(`${at} is empty, which matches everything`, {
      code: 'selector.empty',
      fix: 'give matchLabels or matchExpressions, or omit labelSelector',
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
 * Rejects an operator that is not in `allowed`, and values that do not fit the operator.
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
    throw new ModelError(`${owner}: ${operator} has no values, so it matches nothing`, {
      code: 'selector.values',
      fix: 'give at least one value',
    });
  }
  if (!wantsValues && list.length > 0) {
    throw new ModelError(`${owner}: ${operator} takes no values, got ${quoted(values)}`, {
      code: 'selector.values',
      fix: `omit values, or use In instead of ${operator}`,
    });
  }
  const twice = firstTwice(list);
  if (twice !== undefined) {
    throw new ModelError(`${owner}: ${operator} has value ${quoted(twice)} twice`, {
      code: 'selector.values',
      fix: `name ${quoted(twice)} once`,
    });
  }
}

const labelMap = mapOf(anything, '{ tier: "gold" }');

function checkLabelKey(key: unknown, owner: string): void {
  const problem = labelKeyProblems(key)[0];
  if (problem === undefined) return;
  throw new ModelError(`${owner}: label key ${quoted(key)} ${problem}`, {
    code: 'selector.label',
    fix: 'write a valid label key, such as "tier" or "example.com/tier"',
  });
}

/** Rejects a value that is invalid for labels and topology fields. */
export function checkLabelValues(values: readonly unknown[], owner: string): void {
  for (const value of values) {
    const problem = labelValueProblems(value)[0];
    if (problem === undefined) continue;
    throw new ModelError(`${owner}: value ${quoted(value)} ${problem}`, {
      code: 'selector.label',
      fix: 'write the value exactly as in the label',
    });
  }
}
