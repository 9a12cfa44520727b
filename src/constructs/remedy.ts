import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { frozen } from '../kubernetes/freeze';
import { anything, listOf, name, objectOf, oneOf, type ShapeOf } from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructName } from './construct-error';
import { type NamedClusters, namesOfClusters } from './named-clusters';
import { checkProps, metadata, placeOf, propsOf } from './props';

/** A condition on which a remedy acts. */
export interface DecisionMatch {
  /** The status that a condition of the cluster must have. */
  readonly clusterConditionMatch: {
    /** Type of the condition, such as `ServiceDomainNameResolutionReady`. */
    readonly conditionType: string;
    readonly operator: 'Equal' | 'NotEqual';
    readonly conditionStatus: 'True' | 'False' | 'Unknown';
  };
}

/** Props of {@link Remedy}. */
export interface RemedyProps {
  /** Name, labels, annotations. @default - the construct id as name */
  readonly metadata?: ApiObjectMetadata;
  /** The clusters that it applies to. @default - every cluster */
  readonly clusterAffinity?: NamedClusters;
  /** It acts when one of these matches. @default - always */
  readonly decisionMatches?: readonly DecisionMatch[];
  /** The actions to request. @default - none */
  readonly actions?: readonly 'TrafficControl'[];
}

/**
 * Writes requested actions into the status of a cluster, for another component to act on.
 *
 * @example
 * ```ts
 * new Remedy(chart, 'dns-down', {
 *   decisionMatches: [
 *     { clusterConditionMatch: { conditionType: 'ServiceDomainNameResolutionReady', operator: 'Equal', conditionStatus: 'False' } },
 *   ],
 *   actions: ['TrafficControl'],
 * })
 * ```
 * @see Karmada v1.18.2 pkg/apis/remedy/v1alpha1/remedy_types.go
 */
export class Remedy extends Construct {
  readonly apiVersion = 'remedy.karmada.io/v1alpha1';
  readonly kind = 'Remedy';
  readonly #object: ApiObject;

  /** @throws ModelError `property.…`, `clusters.…`, `object.name` */
  constructor(scope: Construct, id: string, props: RemedyProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const { clusterAffinity, decisionMatches, actions } = props;
    const spec = frozen({
      ...(clusterAffinity !== undefined && {
        clusterAffinity: {
          clusterNames: namesOfClusters(clusterAffinity, `clusterAffinity of ${constructName(this)}`),
        },
      }),
      ...(decisionMatches && { decisionMatches }),
      ...(actions && { actions }),
    });
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Cluster',
      metadata: props.metadata,
      fields: { spec },
    });
  }

  /** Name of the object in the cluster. */
  get name(): string {
    return this.#object.name;
  }
}

const propsKind = propsOf({
  decisionMatches: listOf(
    objectOf(
      {
        clusterConditionMatch: objectOf(
          {
            conditionType: name,
            operator: oneOf(['Equal', 'NotEqual']),
            conditionStatus: oneOf(['True', 'False', 'Unknown']),
          } satisfies ShapeOf<DecisionMatch['clusterConditionMatch']>,
          ['conditionType', 'operator', 'conditionStatus'],
        ),
      } satisfies ShapeOf<DecisionMatch>,
      ['clusterConditionMatch'],
    ),
  ),
  actions: listOf(oneOf(['TrafficControl'])),
  clusterAffinity: anything,
  metadata,
} satisfies ShapeOf<RemedyProps>);
