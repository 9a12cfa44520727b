import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClusterTaint } from '../karmada/cluster';
import { frozen } from '../kubernetes/freeze';
import { Clusters } from '../model/clusters';
import { checkedList, checkOneOf, checkProperties } from '../problem/check-properties';
import type { Problem } from '../problem/problem';
import { authoredObject } from './authored-object';
import { constructError, constructName } from './construct-error';

/** A condition of a cluster, and the statuses that match. A condition that the cluster lacks never matches. */
export interface ClusterConditionMatch {
  /** Type of a condition of the Cluster, such as `Ready` or `NetworkReady`. */
  readonly conditionType: string;
  readonly operator: 'In' | 'NotIn';
  readonly statusValues: readonly ('True' | 'False' | 'Unknown')[];
}

/** A taint that a policy adds to clusters. */
export interface PolicyTaint extends ClusterTaint {
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
    super(scope, id);
    checkProperties(props, propertyNames, constructName(this));
    const { targetClusters, taints } = props;
    this.#checkTaints(taints);
    const addOnConditions = checkedList(props.addOnConditions, `addOnConditions of ${constructName(this)}`);
    const removeOnConditions = checkedList(props.removeOnConditions, `removeOnConditions of ${constructName(this)}`);
    for (const condition of [...addOnConditions, ...removeOnConditions]) this.#checkCondition(condition);
    const spec = frozen({
      ...(targetClusters && { targetClusters: this.#clusters(targetClusters) }),
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

  #clusters(clusters: Clusters): object {
    if (clusters instanceof Clusters) return clusters.toSpec();
    throw constructError(this, {
      code: 'property.type',
      message: 'targetClusters is not a Clusters value',
      why: 'Karmada chooses clusters by name, label and topology, and refuses anything else',
      fix: "write Clusters.in('member1'), or leave it out for every cluster",
    });
  }

  #checkTaints(taints: readonly PolicyTaint[]): void {
    if (!Array.isArray(taints) || taints.length === 0) {
      throw constructError(this, {
        code: 'taintPolicy.taints',
        message: 'it has no taints',
        why: 'Karmada refuses a ClusterTaintPolicy without taints',
        fix: "give at least one, such as { key: 'network-down', effect: 'NoSchedule' }",
      });
    }
    for (const taint of taints) {
      checkProperties(taint, ['key', 'value', 'effect'], `taint of ${constructName(this)}`);
      // Karmada accepts any effect, and fails when it adds the taint to a cluster.
      checkOneOf(taint.effect, ['NoSchedule', 'NoExecute'], `effect of a taint of ${constructName(this)}`);
    }
  }

  #checkCondition(condition: ClusterConditionMatch): void {
    const at = `condition of ${constructName(this)}`;
    checkProperties(condition, ['conditionType', 'operator', 'statusValues'], at);
    checkOneOf(condition.operator, ['In', 'NotIn'], `operator of a ${at}`);
    if (!Array.isArray(condition.statusValues) || condition.statusValues.length === 0) {
      throw constructError(this, {
        code: 'taintPolicy.conditions',
        message: `the condition on ${condition.conditionType} has no statusValues`,
        why: 'Karmada would compare the status with nothing',
        fix: "give at least one of 'True', 'False', 'Unknown'",
      });
    }
    for (const status of condition.statusValues)
      checkOneOf(status, ['True', 'False', 'Unknown'], `statusValues of a ${at}`);
  }
}

const propertyNames = Object.keys({
  metadata: true,
  targetClusters: true,
  addOnConditions: true,
  removeOnConditions: true,
  taints: true,
  allowNoExecute: true,
} satisfies Record<keyof ClusterTaintPolicyProps, true>);

const neverActs: Problem = {
  code: 'taintPolicy.conditions',
  message: 'it has neither addOnConditions nor removeOnConditions',
  why: 'Karmada stores it, and never taints a cluster',
  fix: 'say when the taints are added, and when they are removed',
};
