import type { Review } from '../review';
import type { FederatedHpaObject, ScalingRules } from '../validate/federated-hpa';
import type { MetricSpec } from '../validate/metrics';

/** The default metric: 80 percent of the CPU that pods request. */
const defaultMetric: MetricSpec = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};

/** At most 4 pods or 100 percent more every 15 seconds, whichever is more, without a stabilization window. */
const defaultScaleUp: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};

/** Down to the minimum within 15 seconds; a flag of the controller sets the stabilization window. */
const defaultScaleDown: ScalingRules = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

/**
 * The defaults that Karmada's webhook sets in a FederatedHPA.
 *
 * @see Karmada v1.18.2 pkg/util/lifted/federatedhpa.go, SetDefaultsFederatedHPA
 */
export function mutateFederatedHpa({ object }: Review<FederatedHpaObject>): FederatedHpaObject {
  const spec = object.spec ?? {};
  const { behavior, metrics = [] } = spec;
  return {
    ...object,
    spec: {
      ...spec,
      minReplicas: spec.minReplicas ?? 1,
      metrics: metrics.length > 0 ? metrics : [defaultMetric],
      ...(behavior && {
        behavior: {
          scaleUp: completed(behavior.scaleUp, defaultScaleUp),
          scaleDown: completed(behavior.scaleDown, defaultScaleDown),
        },
      }),
    },
  };
}

/** Copies only these fields; Karmada drops others, such as the tolerance. */
function completed(rules: ScalingRules | undefined, defaults: ScalingRules): ScalingRules {
  const { stabilizationWindowSeconds, selectPolicy, policies } = rules ?? {};
  return {
    ...defaults,
    ...(stabilizationWindowSeconds !== undefined && { stabilizationWindowSeconds }),
    ...(selectPolicy !== undefined && { selectPolicy }),
    ...(policies !== undefined && { policies }),
  };
}
