import { labelKeyProblems, labelValueProblems } from '../../kubernetes/names';
import type { LabelSelectorRequirementSpec, LabelSelectorSpec } from '../../kubernetes/object';
import { anyText, listOf, recordOf } from '../../kubernetes/plain-data';
import { nearMiss, quoted } from '../../problem/words';

/** What makes a label selector match nothing. */
export interface LabelSelectorProblem {
  /** Below the selector, such as `matchExpressions[0].values`. */
  readonly path: string;
  /** One clause that names the key. */
  readonly what: string;
  readonly fix: string;
}

const operators: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/**
 * Why Kubernetes cannot read a label selector, so that it matches nothing wherever Karmada asks it; undefined where it can.
 *
 * @see Kubernetes apimachinery pkg/apis/meta/v1, LabelSelectorAsSelector
 */
export function labelSelectorProblem(selector: LabelSelectorSpec): LabelSelectorProblem | undefined {
  for (const [key, value] of Object.entries(recordOf(selector.matchLabels) ?? {})) {
    const problem = keyProblem(key, 'matchLabels') ?? valueProblem(key, value, `matchLabels[${key}]`);
    if (problem) return problem;
  }
  for (const [index, expression] of listOf<LabelSelectorRequirementSpec | null>(selector.matchExpressions).entries()) {
    const problem = expressionProblem(expression, `matchExpressions[${index}]`);
    if (problem) return problem;
  }
  return undefined;
}

function expressionProblem(
  expression: LabelSelectorRequirementSpec | null | undefined,
  path: string,
): LabelSelectorProblem | undefined {
  const key = anyText(expression?.key ?? '');
  const problem = keyProblem(key, `${path}.key`);
  if (problem) return problem;
  const operator = anyText(expression?.operator ?? '');
  const values = listOf(expression?.values);
  if (!operators.includes(operator)) {
    const meant = nearMiss(operator, operators) ?? (values.length > 0 ? 'In' : 'Exists');
    return {
      path: `${path}.operator`,
      what: `"${operator}" of the key "${key}" is not an operator`,
      fix: `use ${operators.slice(0, 3).join(', ')} or DoesNotExist, here probably ${meant}`,
    };
  }
  const wantsValues = operator === 'In' || operator === 'NotIn';
  if (wantsValues && values.length === 0) {
    return {
      path: `${path}.values`,
      what: `${operator} of the key "${key}" has no values`,
      fix: `list the values of "${key}", or use ${operator === 'In' ? 'Exists' : 'DoesNotExist'}`,
    };
  }
  if (!wantsValues && values.length > 0) {
    return {
      path: `${path}.values`,
      what: `${operator} of the key "${key}" has values, which it must not`,
      fix: `remove the values, or use ${operator === 'Exists' ? 'In' : 'NotIn'}`,
    };
  }
  return values
    .map((value, index) => valueProblem(key, value, `${path}.values[${index}]`))
    .find((each) => each !== undefined);
}

function keyProblem(key: string, path: string): LabelSelectorProblem | undefined {
  const problem = labelKeyProblems(key)[0];
  return problem === undefined
    ? undefined
    : { path, what: `the key "${key}" ${problem}`, fix: 'write a valid label key' };
}

function valueProblem(key: string, value: unknown, path: string): LabelSelectorProblem | undefined {
  const problem = labelValueProblems(value)[0];
  if (problem === undefined) return undefined;
  return { path, what: `the value ${quoted(value)} of the key "${key}" ${problem}`, fix: 'write a valid label value' };
}
