import {
  always,
  boolean,
  int32,
  int64,
  json,
  list,
  map,
  optional,
  pointer,
  quantity,
  string,
  struct,
  time,
} from '../shape';
import { labelSelector, objectOf } from './metadata';

const fieldSelector = struct({
  matchExpressions: optional(
    list(struct({ key: always(string), operator: always(string), values: optional(list(string)) })),
  ),
});

const clusterAffinityFields = {
  labelSelector: pointer(labelSelector),
  fieldSelector: pointer(fieldSelector),
  clusterNames: optional(list(string)),
  exclude: optional(list(string)),
} as const;

const clusterAffinity = struct(clusterAffinityFields);

const resourceSelector = struct({
  apiVersion: always(string),
  kind: always(string),
  namespace: optional(string),
  name: optional(string),
  labelSelector: pointer(labelSelector),
});

const toleration = struct({
  key: optional(string),
  operator: optional(string),
  value: optional(string),
  effect: optional(string),
  tolerationSeconds: pointer(int64),
});

const spreadConstraint = struct({
  spreadByField: optional(string),
  spreadByLabel: optional(string),
  maxGroups: optional(int64),
  minGroups: optional(int64),
});

const clusterAffinityTerm = struct({
  affinityName: always(string),
  ...clusterAffinityFields,
  overflowAffinities: optional(list(struct({ affinityName: always(string), ...clusterAffinityFields }))),
});

const replicaScheduling = struct({
  replicaSchedulingType: optional(string),
  replicaDivisionPreference: optional(string),
  weightPreference: pointer(
    struct({
      staticWeightList: optional(list(struct({ targetCluster: always(clusterAffinity), weight: always(int64) }))),
      dynamicWeight: optional(string),
    }),
  ),
});

const groupByLabelKey = struct({ groupByLabelKey: always(string) });

const placement = struct({
  clusterAffinity: pointer(clusterAffinity),
  clusterAffinities: optional(list(clusterAffinityTerm)),
  clusterTolerations: optional(list(toleration)),
  spreadConstraints: optional(list(spreadConstraint)),
  replicaScheduling: pointer(replicaScheduling),
  workloadAffinity: pointer(struct({ affinity: pointer(groupByLabelKey), antiAffinity: pointer(groupByLabelKey) })),
});

const statePreservation = struct({
  rules: always(list(struct({ aliasLabelName: always(string), jsonPath: always(string) }))),
});

const failover = struct({
  application: pointer(
    struct({
      decisionConditions: always(struct({ tolerationSeconds: pointer(int32) })),
      purgeMode: optional(string),
      gracePeriodSeconds: pointer(int32),
      statePreservation: pointer(statePreservation),
    }),
  ),
  cluster: pointer(struct({ purgeMode: optional(string), statePreservation: pointer(statePreservation) })),
});

const suspension = struct({
  dispatching: pointer(boolean),
  dispatchingOnClusters: pointer(struct({ clusterNames: optional(list(string)) })),
});

/**
 * PropagationPolicy and ClusterPropagationPolicy.
 *
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/propagation_types.go
 */
export const propagationPolicy = objectOf({
  spec: always(
    struct({
      resourceSelectors: always(list(resourceSelector)),
      association: optional(boolean),
      propagateDeps: optional(boolean),
      placement: optional(placement),
      priority: pointer(int32),
      preemption: optional(string),
      dependentOverrides: optional(list(string)),
      schedulerName: optional(string),
      failover: pointer(failover),
      conflictResolution: optional(string),
      activationPreference: optional(string),
      suspension: pointer(suspension),
      preserveResourcesOnDeletion: pointer(boolean),
      schedulePriority: pointer(struct({ priorityClassSource: always(string), priorityClassName: always(string) })),
    }),
  ),
});

const commandArgsOverrider = struct({
  containerName: always(string),
  operator: always(string),
  value: optional(list(string)),
});

const labelAnnotationOverrider = struct({ operator: always(string), value: always(map(string)) });

const patchOperation = struct({ subPath: always(string), operator: always(string), value: optional(json) });

const overriders = struct({
  plaintext: optional(list(struct({ path: always(string), operator: always(string), value: optional(json) }))),
  imageOverrider: optional(
    list(
      struct({
        predicate: pointer(struct({ path: always(string) })),
        component: always(string),
        operator: always(string),
        value: optional(string),
      }),
    ),
  ),
  commandOverrider: optional(list(commandArgsOverrider)),
  argsOverrider: optional(list(commandArgsOverrider)),
  labelsOverrider: optional(list(labelAnnotationOverrider)),
  annotationsOverrider: optional(list(labelAnnotationOverrider)),
  fieldOverrider: optional(
    list(
      struct({
        fieldPath: always(string),
        json: optional(list(patchOperation)),
        yaml: optional(list(patchOperation)),
      }),
    ),
  ),
});

/**
 * OverridePolicy and ClusterOverridePolicy.
 *
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/override_types.go
 */
export const overridePolicy = objectOf({
  spec: always(
    struct({
      resourceSelectors: optional(list(resourceSelector)),
      overrideRules: optional(
        list(struct({ targetCluster: pointer(clusterAffinity), overriders: always(overriders) })),
      ),
      targetCluster: pointer(clusterAffinity),
      overriders: always(overriders),
    }),
  ),
});

const resourceList = map(quantity);

/** @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/federatedresourcequota_types.go */
export const federatedResourceQuota = objectOf({
  spec: always(
    struct({
      overall: always(resourceList),
      staticAssignments: optional(list(struct({ clusterName: always(string), hard: always(resourceList) }))),
    }),
  ),
  status: optional(
    struct({
      overall: optional(resourceList),
      overallUsed: optional(resourceList),
      aggregatedStatus: optional(
        list(struct({ clusterName: always(string), hard: optional(resourceList), used: optional(resourceList) })),
      ),
    }),
  ),
});

const matchCondition = struct({
  conditionType: always(string),
  operator: always(string),
  statusValues: always(list(string)),
});

/** @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/clustertaint_types.go */
export const clusterTaintPolicy = objectOf({
  spec: always(
    struct({
      targetClusters: pointer(clusterAffinity),
      addOnConditions: optional(list(matchCondition)),
      removeOnConditions: optional(list(matchCondition)),
      taints: always(
        list(
          struct({
            key: always(string),
            effect: always(string),
            value: optional(string),
            timeAdded: pointer(time),
          }),
        ),
      ),
    }),
  ),
});
