import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { frozen } from '../kubernetes/freeze';
import { checkedList, checkOneOf, checkProperties } from '../problem/check-properties';
import { authoredObject } from './authored-object';
import { constructName } from './construct-error';
import { type NamedClusters, namesOfClusters } from './named-clusters';

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
    super(scope, id);
    checkProperties(props, propertyNames, constructName(this));
    const { clusterAffinity, decisionMatches, actions } = props;
    const matchesOwner = `decisionMatches of ${constructName(this)}`;
    const actionsOwner = `actions of ${constructName(this)}`;
    for (const match of checkedList(decisionMatches, matchesOwner)) this.#checkMatch(match);
    for (const action of checkedList(actions, actionsOwner)) checkOneOf(action, ['TrafficControl'], actionsOwner);
    const spec = frozen({
      ...(clusterAffinity && {
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

  #checkMatch(match: DecisionMatch): void {
    const at = `decisionMatches of ${constructName(this)}`;
    checkProperties(match, ['clusterConditionMatch'], at);
    const condition = match.clusterConditionMatch;
    checkProperties(condition, ['conditionType', 'operator', 'conditionStatus'], `clusterConditionMatch in ${at}`);
    checkOneOf(condition.operator, ['Equal', 'NotEqual'], `operator in ${at}`);
    checkOneOf(condition.conditionStatus, ['True', 'False', 'Unknown'], `conditionStatus in ${at}`);
  }
}

const propertyNames = Object.keys({
  metadata: true,
  clusterAffinity: true,
  decisionMatches: true,
  actions: true,
} satisfies Record<keyof RemedyProps, true>);
