import { labelCauses } from '../../kubernetes/metadata';
import { labelValueProblems } from '../../kubernetes/names';
import type { LabelSelectorSpec } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';

/**
 * Why the API server refuses a label selector.
 *
 * @see Kubernetes apimachinery pkg/apis/meta/v1/validation/validation.go, ValidateLabelSelector
 */
export function checkLabelSelector(selector: LabelSelectorSpec | undefined, path: string, faults: Faults): void {
  if (!selector) return;
  if (selector.matchLabels) faults.addAll(labelCauses(selector.matchLabels, `${path}.matchLabels`));
  selector.matchExpressions?.forEach(({ operator, values = [] }, index) => {
    const at = `${path}.matchExpressions[${index}].values`;
    checkValueCount(operator, values, at, faults);
    values.forEach((value, position) => {
      for (const problem of labelValueProblems(value)) {
        faults.invalid(`${at}[${position}]`, `${quoted(value)} ${problem}`, 'use the value of a label');
      }
    });
  });
}

/** The values that an operator of a selector needs, or excludes. */
export function checkValueCount(
  operator: string | undefined,
  values: readonly string[],
  path: string,
  faults: Faults,
): void {
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0) {
    faults.missing(path, `${operator} needs values`, 'list the values');
  }
  if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0) {
    faults.excluded(path, `${operator} takes no values`, 'remove values, or use In');
  }
}

/** Whether a selector selects everything: it has neither labels nor expressions. */
export function isEmptySelector(selector: LabelSelectorSpec): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}
