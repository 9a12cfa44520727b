import { type ApiObject, type ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { plainCopy } from '../kubernetes/plain-copy';
import { Metric } from '../model/metric';
import { type ScalingBehavior, scalingBehaviorSpec } from '../model/scaling-behavior';
import { checkWholeNumber } from '../problem/check-properties';
import { anything, checkCopy, type ShapeOf, wholeNumber } from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructError, constructName } from './construct-error';
import { checkReference, namespaceProblem, referenceTo } from './object-reference';
import { checkProps, metadata, placeOf, propsOf, resource } from './props';
import type { NamedResource } from './selectable';

/** Props of {@link FederatedHPA}. */
export interface FederatedHPAProps {
  /** Name, namespace, labels, annotations. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata;
  /** The workload to scale: a template in the control plane that a policy propagates. It must not have 0 replicas. */
  readonly scaleTargetRef: NamedResource;
  /** The fewest replicas over all clusters, at least 1. @default 1 */
  readonly minReplicas?: number;
  /** The most replicas over all clusters. */
  readonly maxReplicas: number;
  /** What to scale by; the metric that needs the most replicas counts. @default - 80 percent of the CPU that the pods request */
  readonly metrics?: readonly Metric[];
  /** How fast to scale. @default - as Kubernetes does */
  readonly behavior?: ScalingBehavior;
}

/**
 * Scales a workload by metrics of its pods in all clusters together. Needs karmada-metrics-adapter in the control plane.
 *
 * It replaces a HorizontalPodAutoscaler in the clusters, whose changes of replicas Karmada reverts.
 *
 * @example
 * ```ts
 * new FederatedHPA(chart, 'web', { scaleTargetRef: deployment, minReplicas: 2, maxReplicas: 10 })
 * ```
 * @see Karmada v1.18.2 pkg/apis/autoscaling/v1alpha1/federatedhpa_types.go
 */
export class FederatedHPA extends Construct {
  readonly apiVersion = 'autoscaling.karmada.io/v1alpha1';
  readonly kind = 'FederatedHPA';
  readonly #object: ApiObject;

  /** @throws ModelError `property.unknown`, `reference.object`, `number.range`, `hpa.replicas`, `hpa.metrics`, `object.name`, and those of {@link ScalingBehavior}'s values */
  constructor(scope: Construct, id: string, props: FederatedHPAProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const { minReplicas, maxReplicas, metrics, behavior } = props;
    const scaleTargetRef = plainCopy(props.scaleTargetRef);
    const owner = constructName(this);
    checkReference(this, 'scaleTargetRef', scaleTargetRef);
    checkWholeNumber(maxReplicas, { atLeast: 1 }, `maxReplicas of ${owner}`);
    if (minReplicas !== undefined && minReplicas > maxReplicas) {
      throw constructError(this, {
        code: 'hpa.replicas',
        message: `minReplicas is ${minReplicas}, and maxReplicas ${maxReplicas}`,
        why: 'Karmada refuses an empty range',
        fix: `raise maxReplicas to at least ${minReplicas}`,
      });
    }
    checkMetrics(this, metrics);
    const settings = {
      ...(minReplicas !== undefined && { minReplicas }),
      maxReplicas,
      ...(metrics && { metrics: metrics.map((metric) => metric.toSpec()) }),
      ...(behavior !== undefined && { behavior: scalingBehaviorSpec(behavior, owner) }),
    };
    // Lazy, since a JSON patch may rename the workload until synthesis.
    const produce = () => {
      const { apiVersion, kind, name } = referenceTo(scaleTargetRef);
      return { scaleTargetRef: { apiVersion, kind, name }, ...settings };
    };
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Namespaced',
      metadata: props.metadata,
      fields: { spec: Lazy.any({ produce }) },
      problems: () => namespaceProblem('scaleTargetRef', scaleTargetRef, this.namespace),
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
}

/**
 * Refuses metrics that no factory of Metric made.
 *
 * @throws ModelError `hpa.metrics`, `property.copy`
 */
export function checkMetrics(owner: Construct, metrics: readonly Metric[] | undefined): void {
  if (Array.isArray(metrics))
    for (const metric of metrics) checkCopy(metric, Metric, `metrics of ${constructName(owner)}`);
  if (
    metrics === undefined ||
    (Array.isArray(metrics) && metrics.length > 0 && metrics.every((one) => one instanceof Metric))
  )
    return;
  throw constructError(owner, {
    code: 'hpa.metrics',
    message: 'metrics is not a list of Metric values',
    why: 'the webhook of Karmada refuses inconsistent metrics',
    fix: "make each with Metric, such as Metric.resource('cpu', { averageUtilization: 80 }), or leave metrics out",
  });
}

const propsKind = propsOf({
  scaleTargetRef: resource,
  maxReplicas: wholeNumber({ atLeast: 1 }),
  minReplicas: wholeNumber({ atLeast: 1 }),
  metrics: anything,
  behavior: anything,
  metadata,
} satisfies ShapeOf<FederatedHPAProps>);
