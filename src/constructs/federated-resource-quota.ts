import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { checkClusterName } from '../model/cluster-name';
import { quantitiesSpec, type ResourceQuantities } from '../model/resource-amount';
import { anything, checkValue, mapOf, type ShapeOf } from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructError, constructName } from './construct-error';
import { checkProps, metadata, placeOf, propsOf } from './props';

/** Props of {@link FederatedResourceQuota}. */
export interface FederatedResourceQuotaProps {
  /** Name, namespace, labels, annotations. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata;
  /** The limit of the namespace over all clusters together; enforced only with the gate FederatedQuotaEnforcement. */
  readonly overall: ResourceQuantities;
  /** Cluster name to the limit of the namespace there, for which Karmada makes a ResourceQuota. @default - no limits by cluster */
  readonly staticAssignments?: Readonly<Record<string, ResourceQuantities>>;
}

/**
 * Limits the resources of a namespace, in each cluster and over all of them.
 *
 * @example
 * ```ts
 * new FederatedResourceQuota(chart, 'team-a', { overall: { cpu: 10, memory: '20Gi' }, staticAssignments: { member1: { cpu: 4 } } })
 * ```
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/federatedresourcequota_types.go
 */
export class FederatedResourceQuota extends Construct {
  readonly apiVersion = 'policy.karmada.io/v1alpha1';
  readonly kind = 'FederatedResourceQuota';
  readonly #object: ApiObject;

  /** @throws ModelError `property.unknown`, `quantity.…`, `quota.assignments`, `cluster.name`, `object.name` */
  constructor(scope: Construct, id: string, props: FederatedResourceQuotaProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const overall = quantitiesSpec(props.overall, `overall of ${constructName(this)}`);
    const staticAssignments = this.#assignments(props.staticAssignments === undefined ? {} : props.staticAssignments);
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Namespaced',
      metadata: props.metadata,
      fields: { spec: { overall, ...(staticAssignments.length > 0 && { staticAssignments }) } },
    });
  }

  /** Name of the object in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  /** Namespace of the object. */
  get namespace(): string | undefined {
    return this.#object.metadata.namespace;
  }

  #assignments(assignments: Readonly<Record<string, ResourceQuantities>>): object[] {
    if (Array.isArray(assignments)) {
      throw constructError(this, {
        code: 'quota.assignments',
        message: 'staticAssignments is a list',
        why: 'Karmada reads only the first of two entries for one cluster, so they are given by cluster name',
        fix: "write { member1: { cpu: 4 } } instead of [{ clusterName: 'member1', hard: { cpu: 4 } }]",
      });
    }
    checkValue(assignments, assignmentsKind, () => `staticAssignments of ${constructName(this)}`);
    return Object.entries(assignments).map(([clusterName, hard]) => {
      checkClusterName(clusterName, `staticAssignments of ${constructName(this)}`);
      return { clusterName, hard: quantitiesSpec(hard, `staticAssignments.${clusterName} of ${constructName(this)}`) };
    });
  }
}

const propsKind = propsOf({
  overall: anything,
  staticAssignments: anything,
  metadata,
} satisfies ShapeOf<FederatedResourceQuotaProps>);

const assignmentsKind = mapOf(anything, '{ member1: { cpu: 4 } }');
