import type { ClusterAffinitySpec, FieldSelectorRequirementSpec } from '../karmada/policy-spec';
import type { LabelSelectorRequirementSpec } from '../kubernetes/object';
import { ModelError } from '../problem/model-error';
import { Clusters } from './clusters';

/**
 * The clusters that any of the selections has, as one selection.
 *
 * The conditions of a ClusterAffinity are combined with "and", so a union is only possible if the selections differ in the
 * values of one condition, such as `region: 'eu'` and `region: 'us'`, or if all are by name.
 *
 * @returns undefined if one affinity cannot express it
 */
export function unionOf(selections: readonly Clusters[]): Clusters | undefined {
  if (selections.some(({ isAll }) => isAll)) return Clusters.all();
  if (selections.every(({ isByName }) => isByName)) {
    return Clusters.in(...new Set(selections.flatMap(({ names }) => names)));
  }
  const conditions = selections.flatMap((clusters) => conditionsOf(clusters.toSpec()) ?? []);
  const [first, ...others] = conditions;
  if (first === undefined || conditions.length < selections.length) return undefined;
  if (others.some((other) => !isComparable(first, other))) return undefined;
  const differing = [...first.values.keys()].filter((condition) =>
    others.some((other) => !hasSameItems(first.values.get(condition), other.values.get(condition))),
  );
  const [condition] = differing;
  if (condition === undefined) return selections[0];
  if (differing.length > 1) return undefined;
  const values = [first, ...others].flatMap((one) => one.values.get(condition) ?? []);
  return Clusters.fromSpec(withValues(first.spec, condition, [...new Set(values)]));
}

/**
 * {@link unionOf}, for a placement whose clusters are not given.
 *
 * @throws ModelError `placement.weights` if one affinity cannot express it
 */
export function eligibleClusters(selections: readonly Clusters[], owner: string): Clusters {
  const union = unionOf(selections);
  if (union !== undefined) return union;
  throw new ModelError(
    `${owner}: the weights select clusters by different conditions, which one affinity cannot combine`,
    {
      code: 'placement.weights',
      fix: 'pass the eligible clusters as the second argument, such as Clusters.in("member1", "member2") or Clusters.all(), or use fleet.weighted',
    },
  );
}

/** The conditions of an affinity: those that list the allowed values, and a text of all others. */
interface Conditions {
  readonly spec: ClusterAffinitySpec;
  /** `name`, `label KEY` or `field KEY` to the values. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly others: string;
}

/** Undefined for two conditions on one key, whose union differs. */
function conditionsOf(spec: ClusterAffinitySpec): Conditions | undefined {
  const { labelSelector, fieldSelector, clusterNames = [], exclude = [] } = spec;
  const listed: [string, readonly string[]][] = Object.entries(labelSelector?.matchLabels ?? {}).map(
    ([key, value]): [string, readonly string[]] => [`label ${key}`, [value]],
  );
  const others: string[] = [`exclude ${[...exclude].sort().join()}`];
  const add = (kind: string, { key, operator, values = [] }: LabelSelectorRequirementSpec): void => {
    if (operator === 'In') listed.push([`${kind} ${key}`, values]);
    else others.push(JSON.stringify([kind, key, operator, [...values].sort()]));
  };
  for (const expression of labelSelector?.matchExpressions ?? []) add('label', expression);
  for (const expression of fieldSelector?.matchExpressions ?? []) add('field', expression);
  if (clusterNames.length > 0) listed.push(['name', clusterNames]);
  const values = new Map(listed);
  return values.size === listed.length ? { spec, values, others: others.sort().join('\n') } : undefined;
}

function isComparable(one: Conditions, other: Conditions): boolean {
  return one.others === other.others && hasSameItems([...one.values.keys()], [...other.values.keys()]);
}

function hasSameItems(one: readonly string[] = [], other: readonly string[] = []): boolean {
  return [...new Set(one)].sort().join('\n') === [...new Set(other)].sort().join('\n');
}

/** The affinity with other values in one condition. */
function withValues(spec: ClusterAffinitySpec, condition: string, values: readonly string[]): ClusterAffinitySpec {
  const [kind, key = ''] = condition.split(' ');
  if (kind === 'name') return { ...spec, clusterNames: values };
  const inValues = <Requirement extends FieldSelectorRequirementSpec>(requirement: Requirement): Requirement =>
    requirement.key === key && requirement.operator === 'In' ? { ...requirement, values } : requirement;
  if (kind === 'field') {
    return { ...spec, fieldSelector: { matchExpressions: spec.fieldSelector?.matchExpressions?.map(inValues) ?? [] } };
  }
  const { [key]: single, ...matchLabels } = spec.labelSelector?.matchLabels ?? {};
  const expressions = (spec.labelSelector?.matchExpressions ?? []).map(inValues);
  return {
    ...spec,
    labelSelector: {
      ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
      matchExpressions: single === undefined ? expressions : [...expressions, { key, operator: 'In', values }],
    },
  };
}
