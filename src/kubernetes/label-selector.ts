import { labelKeyProblems, labelValueProblems } from './names';
import type { LabelSelectorRequirementSpec, LabelSelectorSpec } from './object';
import { listOf, recordOf } from './plain-data';

/** Labels of an object or a cluster. */
export type Labels = Readonly<Record<string, string>>;

/** A compiled selector. */
export type LabelMatcher = (labels: Labels | undefined) => boolean;

const nothing: LabelMatcher = () => false;

/**
 * Compiles a label selector with the semantics of Kubernetes.
 * An empty selector matches everything. An invalid one (unknown operator, `In` without values, a malformed key or value)
 * matches nothing, because Karmada treats the error as "no match". The meaning of an absent selector depends on the field,
 * so the caller handles it.
 *
 * @see Kubernetes apimachinery pkg/apis/meta/v1, LabelSelectorAsSelector
 */
export function compileLabelSelector(selector: LabelSelectorSpec): LabelMatcher {
  if (typeof selector !== 'object' || selector === null) return nothing;
  const requirements: LabelMatcher[] = [];
  for (const [key, value] of Object.entries(recordOf(selector.matchLabels) ?? {})) {
    if (labelKeyProblems(key).length > 0 || labelValueProblems(value).length > 0) return nothing;
    requirements.push((labels) => labelOf(labels, key) === value);
  }
  for (const expression of listOf<LabelSelectorRequirementSpec | null>(selector.matchExpressions)) {
    const requirement = compileExpression(expression);
    if (!requirement) return nothing;
    requirements.push(requirement);
  }
  return (labels) => requirements.every((requirement) => requirement(labels));
}

/** Whether Kubernetes rejects the selector, so that it matches nothing in Karmada. */
export function isInvalidLabelSelector(selector: LabelSelectorSpec): boolean {
  return compileLabelSelector(selector) === nothing;
}

/** A requirement of a selector; undefined if Kubernetes rejects it. */
function compileExpression(expression: LabelSelectorRequirementSpec | null | undefined): LabelMatcher | undefined {
  const key = expression?.key;
  if (typeof key !== 'string' || labelKeyProblems(key).length > 0) return undefined;
  const values = listOf<string>(expression?.values);
  if (values.some((value) => labelValueProblems(value).length > 0)) return undefined;
  const listed = new Set(values);
  switch (expression?.operator) {
    case 'In':
      if (listed.size === 0) return undefined;
      return (labels) => {
        const value = labelOf(labels, key);
        return value !== undefined && listed.has(value);
      };
    case 'NotIn':
      if (listed.size === 0) return undefined;
      return (labels) => {
        const value = labelOf(labels, key);
        return value === undefined || !listed.has(value);
      };
    case 'Exists':
      return listed.size > 0 ? undefined : (labels) => labelOf(labels, key) !== undefined;
    case 'DoesNotExist':
      return listed.size > 0 ? undefined : (labels) => labelOf(labels, key) === undefined;
    default:
      return undefined;
  }
}

/** Own properties only: without this check, a label `constructor` would seem to exist. */
export function labelOf(labels: Labels | undefined, key: string): string | undefined {
  return labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
}
