import { karmadaVersions } from '../../karmada/release';
import { isRecord } from '../../problem/record';
import {
  anything,
  checkValue,
  either,
  flag,
  kindOf,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  type ShapeOf,
  text,
  wholeNumber,
} from '../../problem/value-kinds';
import type { FeatureGates, PlanOptions } from './plan-input';

const object = kindOf('a Kubernetes object', 'pass an object with apiVersion, kind and metadata', isRecord);
const objects = listOf(object);

const gates: ShapeOf<FeatureGates> = {
  CustomizedClusterResourceModeling: flag,
  WorkloadAffinity: flag,
  MultiClusterService: flag,
  PropagationPolicyPreemption: flag,
  FederatedQuotaEnforcement: flag,
  MultiplePodTemplatesScheduling: flag,
  PropagateDeps: flag,
};

const capacities = '{ "Deployment/default/pipy": { member1: 5 } }';

const options: ShapeOf<PlanOptions> = {
  // `clustersOf` checks it.
  fleet: anything,
  karmada: oneOf(karmadaVersions),
  capacities: mapOf(mapOf(wholeNumber({ atLeast: 0 }), '{ member1: 5 }'), capacities),
  schedulerEstimators: flag,
  capacityTime: text,
  bindings: either(object, objects),
  deployed: objects,
  clusterTaintPolicies: objects,
  defaultNamespace: text,
  featureGates: objectOf(gates),
  enableEmptyWorkloadPropagation: flag,
};

const planOptions = objectOf(options);

/** Rejects options of a wrong kind. @throws ModelError `property.type`, `property.unknown`, `property.value`, `number.range` */
export function checkPlanOptions(given: PlanOptions): void {
  checkValue(given, planOptions, 'the options of a plan');
}
