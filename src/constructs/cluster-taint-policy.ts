import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClusterTaint } from '../karmada/cluster';
import { frozen } from '../kubernetes/freeze';
import { labelKeyProblems, labelValueProblems } from '../kubernetes/names';
import { Clusters } from '../model/clusters';
import type { Problem } from '../problem/problem';
import { flag, instanceOf, kindOf, listOf, name, objectOf, oneOf, type ShapeOf } from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructError } from './construct-error';
import { checkProps, metadata, placeOf, propsOf } from './props';

/** A condition of a cluster, and the statuses that match. A condition that the cluster lacks never matches. */
export interface ClusterConditionMatch {
  /** Type of a condition of the Cluster, such as `Ready` or `NetworkReady`. */
  readonly conditionType: string;
  /** Whether its status must be one of `statusValues`, or none of them. */
  readonly operator: 'In' | 'NotIn';
  /** The statuses to compare with, at least one. */
  readonly statusValues: readonly ('True' | 'False' | 'Unknown')[];
}

/** A taint that a policy adds to clusters. */
export interface PolicyTaint extends ClusterTaint {
  /** `NoSchedule` keeps new workloads away, `NoExecute` evicts running ones as well. */
  readonly effect: 'NoSchedule' | 'NoExecute';
}

/** Props of {@link ClusterTaintPolicy}. */
export interface ClusterTaintPolicyProps {
  /** Name, labels, annotations. @default - the construct id as name */
  readonly metadata?: ApiObjectMetadata;
  /** The clusters that it applies to. @default - every cluster */
  readonly targetClusters?: Clusters;
  /** The taints are added to a cluster when all of these conditions match. @default - never */
  readonly addOnConditions?: readonly ClusterConditionMatch[];
  /** The taints are removed from a cluster when all of these conditions match. @default - never, even if the policy is deleted */
  readonly removeOnConditions?: readonly ClusterConditionMatch[];
  /** The taints, at least one. */
  readonly taints: readonly PolicyTaint[];
  /** Whether Karmada's webhook runs with --allow-no-execute-taint-policy: without it Karmada refuses the effect NoExecute. @default false */
  readonly allowNoExecute?: boolean;
}

/**
 * Adds and removes taints of clusters as the conditions of the clusters change. Needs the gate Failover.
 *
 * @example
 * ```ts
 * new ClusterTaintPolicy(chart, 'network-down', {
 *   addOnConditions: [{ conditionType: 'NetworkReady', operator: 'NotIn', statusValues: ['True'] }],
 *   removeOnConditions: [{ conditionType: 'NetworkReady', operator: 'In', statusValues: ['True'] }],
 *   taints: [{ key: 'network-down', effect: 'NoSchedule' }],
 * })
 * ```
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/clustertaint_types.go
 */
export class ClusterTaintPolicy extends Construct {
  readonly apiVersion = 'policy.karmada.io/v1alpha1';
  readonly kind = 'ClusterTaintPolicy';
  readonly #object: ApiObject;

  /** @throws ModelError `property.…`, `taintPolicy.taints`, `taintPolicy.conditions`, `object.name` */
  constructor(scope: Construct, id: string, props: ClusterTaintPolicyProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const { targetClusters, taints } = props;
    this.#checkTaints(taints);
    const { addOnConditions = [], removeOnConditions = [] } = props;
    for (const condition of [...addOnConditions, ...removeOnConditions]) this.#checkCondition(condition);
    const spec = frozen({
      ...(targetClusters && { targetClusters: targetClusters.toSpec() }),
      ...(addOnConditions.length > 0 && { addOnConditions }),
      ...(removeOnConditions.length > 0 && { removeOnConditions }),
      taints,
    });
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Cluster',
      metadata: props.metadata,
      fields: { spec },
      allowNoExecuteTaints: props.allowNoExecute === true,
      problems: () => (addOnConditions.length + removeOnConditions.length === 0 ? [neverActs] : []),
    });
  }

  /** Name of the object in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  #checkTaints(taints: readonly PolicyTaint[] | undefined): void {
    if (taints === undefined || taints.length === 0) {
      throw constructError(this, {
        code: 'taintPolicy.taints',
        message: 'it has no taints',
        why: 'Karmada refuses a ClusterTaintPolicy without taints',
        fix: "give at least one, such as { key: 'network-down', effect: 'NoSchedule' }",
      });
    }
  }

  #checkCondition(condition: ClusterConditionMatch): void {
    if (condition.statusValues.length === 0) {
      throw constructError(this, {
        code: 'taintPolicy.conditions',
        message: `the condition on ${condition.conditionType} has no statusValues`,
        why: 'Karmada would compare the status with nothing',
        fix: "give at least one of 'True', 'False', 'Unknown'",
      });
    }
  }
}

const condition = objectOf(
  {
    conditionType: name,
    operator: oneOf(['In', 'NotIn']),
    statusValues: listOf(oneOf(['True', 'False', 'Unknown'])),
  } satisfies ShapeOf<ClusterConditionMatch>,
  ['conditionType', 'operator', 'statusValues'],
);

const propsKind = propsOf({
  taints: listOf(
    objectOf(
      {
        key: kindOf(
          'a label key',
          'write it like "example.com/network-down"',
          (value) => labelKeyProblems(value).length === 0,
        ),
        value: kindOf('a label value', 'write it like "true"', (value) => labelValueProblems(value).length === 0),
        // Karmada accepts any effect, and fails when it adds the taint to a cluster.
        effect: oneOf(['NoSchedule', 'NoExecute']),
      } satisfies ShapeOf<PolicyTaint>,
      ['key', 'effect'],
    ),
  ),
  addOnConditions: listOf(condition),
  removeOnConditions: listOf(condition),
  targetClusters: instanceOf(Clusters, "Clusters.in('member1'), or leave it out for every cluster"),
  allowNoExecute: flag,
  metadata,
} satisfies ShapeOf<ClusterTaintPolicyProps>);

const neverActs: Problem = {
  code: 'taintPolicy.conditions',
  message: 'it has neither addOnConditions nor removeOnConditions',
  why: 'Karmada stores it, and never taints a cluster',
  fix: 'say when the taints are added, and when they are removed',
};
