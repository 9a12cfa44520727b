import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import { anyText, fieldAt, listOf, recordOf } from '../../kubernetes/plain-data';

/** Whether an affinity has no conditions, so that every cluster matches. */
export function isOpenAffinity(affinity: ClusterAffinitySpec): boolean {
  return conditionsOf(affinity).length === 0;
}

/** The conditions of an affinity as text: `label env=prod`, `region In eu-1, eu-2`. */
export function conditionsOf({
  labelSelector,
  fieldSelector,
  clusterNames,
  exclude,
}: ClusterAffinitySpec): readonly string[] {
  const names = (value: unknown) => listOf(value).map(String).join(', ');
  return [
    ...Object.entries(recordOf(labelSelector?.matchLabels) ?? {}).map(
      ([key, value]) => `label ${key}=${anyText(value)}`,
    ),
    ...listOf(labelSelector?.matchExpressions).map((expression) => `label ${expressionText(expression)}`),
    ...listOf(fieldSelector?.matchExpressions).map(expressionText),
    ...(listOf(clusterNames).length > 0 ? [`clusterNames ${names(clusterNames)}`] : []),
    ...(listOf(exclude).length > 0 ? [`exclude ${names(exclude)}`] : []),
  ];
}

function expressionText(expression: unknown): string {
  const values = listOf(fieldAt(expression, 'values')).map(String).join(', ');
  return [fieldAt(expression, 'key'), fieldAt(expression, 'operator'), values].filter(Boolean).join(' ');
}
