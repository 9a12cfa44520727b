import { type ClusterAffinitySpec, type FieldSelectorRequirementSpec, specProperties } from '../karmada/policy-spec';
import { frozen } from '../kubernetes/freeze';
import { checkedList, checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isPropertyBag } from '../problem/record';
import { quoted } from '../problem/words';
import { checkClusterNames } from './cluster-name';
import { checkedLabelSelector, checkLabelValues, checkValues } from './label-selector';

/** Conditions on topology fields of the Cluster's spec. */
export interface TopologyConditions {
  /** Region of the cluster. @default - any region or none */
  readonly region?: string | TopologyCondition;
  /** Provider of the cluster. @default - any provider or none */
  readonly provider?: string | TopologyCondition;
  /** For a cluster with several zones, one matching zone is enough since Karmada 1.18; before, all had to be listed. @default - any zone or none */
  readonly zone?: string | TopologyCondition;
}

/** Conditions on one topology field. If both are given, both must hold. */
export interface TopologyCondition {
  /** The cluster has one of these values. */
  readonly in?: readonly string[];
  /** The cluster has none of these values. A cluster without a value matches. */
  readonly notIn?: readonly string[];
}

/** The fields of a Cluster that a field selector can use. */
export const topologyFields = ['region', 'provider', 'zone'] as const;

/** The conditions as requirements for a manifest. */
export function fieldExpressions(conditions: TopologyConditions, owner: string): FieldSelectorRequirementSpec[] {
  return topologyFields.flatMap((key): FieldSelectorRequirementSpec[] => {
    const given = conditions[key];
    if (given === undefined) return [];
    if (typeof given === 'string') return [{ key, operator: 'In', values: [given] }];
    if (Array.isArray(given)) {
      throw new ModelError(`${owner}: ${key} must be a value or a condition, got ${quoted(given)}`, {
        code: 'property.type',
        fix: `write ${key}: { in: ${quoted(given)} }`,
      });
    }
    checkProperties(given, ['in', 'notIn'], `${owner}: ${key}`);
    const { in: among, notIn } = given;
    if (among === undefined && notIn === undefined) {
      throw new ModelError(`${owner}: ${key} has an empty condition`, {
        code: 'selector.empty',
        fix: 'give a value, { in: […] } or { notIn: […] }',
      });
    }
    return [
      ...(among === undefined ? [] : [{ key, operator: 'In', values: among }]),
      ...(notIn === undefined ? [] : [{ key, operator: 'NotIn', values: notIn }]),
    ];
  });
}

/**
 * A frozen copy of a ClusterAffinity without empty lists, which Karmada does not store either.
 *
 * @throws ModelError if Karmada rejects it, if it can match nothing, or if its effect is misleading
 * @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches
 */
export function checkedClusterAffinity(spec: ClusterAffinitySpec): ClusterAffinitySpec {
  const owner = 'cluster affinity';
  checkProperties(spec, specProperties.ClusterAffinitySpec, owner);
  const labelSelector = spec.labelSelector ?? undefined;
  const fieldSelector = spec.fieldSelector ?? undefined;
  const clusterNames = checkedNames(spec.clusterNames, `${owner}: clusterNames`);
  const exclude = checkedNames(spec.exclude, `${owner}: exclude`);
  const both = clusterNames.find((name) => exclude.includes(name));
  if (both !== undefined) {
    throw new ModelError(`${owner} both names and excludes cluster "${both}", and in Karmada the exclusion wins`, {
      code: 'clusters.contradiction',
      fix: `remove "${both}" from one of the two lists`,
    });
  }
  if (fieldSelector !== undefined)
    checkProperties(fieldSelector, specProperties.FieldSelectorSpec, `${owner}: fieldSelector`);
  const fields = checkedList(fieldSelector?.matchExpressions, `${owner}: fieldSelector: matchExpressions`);
  for (const expression of fields) {
    checkProperties(expression, specProperties.FieldSelectorRequirementSpec, `${owner}: fieldSelector`);
    const { key, operator, values } = expression;
    checkOneOf(key, topologyFields, `${owner}: fieldSelector: key`);
    checkValues(operator, values, ['In', 'NotIn'], `${owner}: ${key}`);
    checkLabelValues(values!, `${owner}: ${key}`);
    if (!values!.includes('')) continue;
    throw new ModelError(`${owner}: ${key} has an empty value, which no cluster has`, {
      code: 'selector.values',
      fix: `write the ${key} exactly as in the Cluster objects`,
    });
  }
  return frozen<ClusterAffinitySpec>({
    // Like absent selectors, empty ones match everything. Karmada accepts and stores them.
    ...(labelSelector !== undefined && {
      labelSelector:
        isPropertyBag(labelSelector) && isEmpty(labelSelector) ? {} : checkedLabelSelector(labelSelector, owner),
    }),
    ...(fieldSelector !== undefined && { fieldSelector: fields.length > 0 ? { matchExpressions: fields } : {} }),
    ...(clusterNames.length > 0 && { clusterNames }),
    ...(exclude.length > 0 && { exclude }),
  });
}

/** Whether an affinity, or a part of one, has no conditions. */
export function isEmpty(part: object): boolean {
  return Object.values(part).every(
    (value) => (value ?? undefined) === undefined || (typeof value === 'object' && isEmpty(value)),
  );
}

function checkedNames(names: readonly string[] | undefined, owner: string): readonly string[] {
  const list = checkedList(names, owner);
  if (list.length > 0) checkClusterNames(list, owner, '');
  return list;
}
