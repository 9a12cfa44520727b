import { always, boolean, int32, json, list, optional, pointer, quantity, string, struct } from '../shape';
import { labelSelector, objectOf } from './metadata';

const scaleTargetRef = struct({ kind: always(string), name: always(string), apiVersion: optional(string) });

const metricIdentifier = struct({ name: always(string), selector: pointer(labelSelector) });

const metricTarget = struct({
  type: always(string),
  value: pointer(quantity),
  averageValue: pointer(quantity),
  averageUtilization: pointer(int32),
});

const metricSpec = struct({
  type: always(string),
  object: pointer(
    struct({
      describedObject: always(scaleTargetRef),
      target: always(metricTarget),
      metric: always(metricIdentifier),
    }),
  ),
  pods: pointer(struct({ metric: always(metricIdentifier), target: always(metricTarget) })),
  resource: pointer(struct({ name: always(string), target: always(metricTarget) })),
  containerResource: pointer(struct({ name: always(string), target: always(metricTarget), container: always(string) })),
  external: pointer(struct({ metric: always(metricIdentifier), target: always(metricTarget) })),
});

const scalingRules = struct({
  stabilizationWindowSeconds: pointer(int32),
  selectPolicy: pointer(string),
  policies: optional(list(struct({ type: always(string), value: always(int32), periodSeconds: always(int32) }))),
  tolerance: pointer(quantity),
});

/** @see Karmada v1.18.2 pkg/apis/autoscaling/v1alpha1/federatedhpa_types.go; Kubernetes api autoscaling/v2/types.go */
export const federatedHpa = objectOf({
  spec: always(
    struct({
      scaleTargetRef: always(scaleTargetRef),
      minReplicas: pointer(int32),
      maxReplicas: always(int32),
      metrics: optional(list(metricSpec)),
      behavior: pointer(struct({ scaleUp: pointer(scalingRules), scaleDown: pointer(scalingRules) })),
    }),
  ),
  status: always(
    struct({
      currentReplicas: optional(int32),
      desiredReplicas: always(int32),
      currentMetrics: always(json),
    }),
  ),
});

/** @see Karmada v1.18.2 pkg/apis/autoscaling/v1alpha1/cronfederatedhpa_types.go */
export const cronFederatedHpa = objectOf({
  spec: always(
    struct({
      scaleTargetRef: always(scaleTargetRef),
      rules: always(
        list(
          struct({
            name: always(string),
            schedule: always(string),
            targetReplicas: pointer(int32),
            targetMinReplicas: pointer(int32),
            targetMaxReplicas: pointer(int32),
            suspend: pointer(boolean),
            timeZone: pointer(string),
            successfulHistoryLimit: pointer(int32),
            failedHistoryLimit: pointer(int32),
          }),
        ),
      ),
    }),
  ),
});
