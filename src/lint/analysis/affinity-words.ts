import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import { anyText, fieldAt, listOf, recordOf } from '../../kubernetes/plain-data';

/** Whether an affinity has no conditions, so that every cluster matches. */
export function isOpenAffinity({ labelSelector, fieldSelector, clusterNames, exclude }: ClusterAffinitySpec): boolean {
  const lists = [clusterNames, exclude, labelSelector?.matchExpressions, fieldSelector?.matchExpressions];
  return (
    lists.every((list) => listOf(list).length === 0) &&
    Object.keys(recordOf(labelSelector?.matchLabels) ?? {}).length === 0
  );
}

/**
 * Whether an affinity selects every cluster explicitly: an empty label selector and nothing else, as in other selectors of
 * Kubernetes. An affinity that is empty, or whose lists are, may be a mistake.
 */
export function meansEveryCluster({
  labelSelector,
  fieldSelector,
  clusterNames,
  exclude,
}: ClusterAffinitySpec): boolean {
  const selector = recordOf(labelSelector);
  const others = [fieldSelector, clusterNames, exclude];
  return selector !== undefined && Object.keys(selector).length === 0 && others.every((other) => other === undefined);
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
