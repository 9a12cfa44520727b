import { type KubernetesObject, kindKey } from '../../kubernetes/object';
import { checkHorizontalPodAutoscaler } from './autoscaling';
import { checkCronJob, checkJob } from './batch';
import { checkConfigMap, checkSecret } from './config';
import { checkDefinition } from './definition';
import { checkEndpointSlice, checkEndpoints } from './discovery';
import type { Faults } from './faults';
import { checkIngress, checkIngressClass, checkNetworkPolicy } from './networking';
import { checkPod } from './pod';
import {
  checkLimitRange,
  checkNamespace,
  checkPodDisruptionBudget,
  checkPriorityClass,
  checkResourceQuota,
} from './policy';
import { checkClusterRole, checkClusterRoleBinding, checkRole, checkRoleBinding } from './rbac';
import {
  checkApiService,
  checkMutatingAdmissionPolicy,
  checkPolicyBinding,
  checkValidatingAdmissionPolicy,
  checkWebhookConfiguration,
} from './registration';
import { checkResourceClaim, checkResourceClaimTemplate, checkRuntimeClass } from './runtime';
import { checkService } from './service';
import { checkPersistentVolume, checkPersistentVolumeClaim, checkStorageClass } from './storage';
import {
  checkControllerRevision,
  checkDaemonSet,
  checkDeployment,
  checkPodTemplateObject,
  checkReplicaSet,
  checkReplicationController,
  checkStatefulSet,
} from './workloads';

/** Reports what the validation of a kind refuses. The object is decoded: its structure is sound, and without nulls. */
export type CoreRules = (object: KubernetesObject, faults: Faults) => void;

/** The rules of a kind beyond those of its single fields; undefined if it has none. */
export function rulesOf(object: KubernetesObject): CoreRules | undefined {
  return rules.get(kindKey(object));
}

const rules: ReadonlyMap<string, CoreRules> = new Map<string, CoreRules>([
  ['v1 ConfigMap', checkConfigMap],
  ['v1 Endpoints', checkEndpoints],
  ['v1 LimitRange', checkLimitRange],
  ['v1 Namespace', checkNamespace],
  ['v1 PersistentVolume', checkPersistentVolume],
  ['v1 PersistentVolumeClaim', checkPersistentVolumeClaim],
  ['v1 Pod', checkPod],
  ['v1 PodTemplate', checkPodTemplateObject],
  ['v1 ReplicationController', checkReplicationController],
  ['v1 ResourceQuota', checkResourceQuota],
  ['v1 Secret', checkSecret],
  ['v1 Service', checkService],
  ['admissionregistration.k8s.io/v1 MutatingAdmissionPolicy', checkMutatingAdmissionPolicy],
  ['admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding', checkPolicyBinding],
  ['admissionregistration.k8s.io/v1 MutatingWebhookConfiguration', checkWebhookConfiguration],
  ['admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy', checkValidatingAdmissionPolicy],
  ['admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding', checkPolicyBinding],
  ['admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration', checkWebhookConfiguration],
  ['apiextensions.k8s.io/v1 CustomResourceDefinition', checkDefinition],
  ['apiregistration.k8s.io/v1 APIService', checkApiService],
  ['apps/v1 ControllerRevision', checkControllerRevision],
  ['apps/v1 DaemonSet', checkDaemonSet],
  ['apps/v1 Deployment', checkDeployment],
  ['apps/v1 ReplicaSet', checkReplicaSet],
  ['apps/v1 StatefulSet', checkStatefulSet],
  ['autoscaling/v1 HorizontalPodAutoscaler', checkHorizontalPodAutoscaler],
  ['autoscaling/v2 HorizontalPodAutoscaler', checkHorizontalPodAutoscaler],
  ['batch/v1 CronJob', checkCronJob],
  ['batch/v1 Job', checkJob],
  ['discovery.k8s.io/v1 EndpointSlice', checkEndpointSlice],
  ['networking.k8s.io/v1 Ingress', checkIngress],
  ['networking.k8s.io/v1 IngressClass', checkIngressClass],
  ['networking.k8s.io/v1 NetworkPolicy', checkNetworkPolicy],
  ['policy/v1 PodDisruptionBudget', checkPodDisruptionBudget],
  ['rbac.authorization.k8s.io/v1 ClusterRole', checkClusterRole],
  ['rbac.authorization.k8s.io/v1 ClusterRoleBinding', checkClusterRoleBinding],
  ['rbac.authorization.k8s.io/v1 Role', checkRole],
  ['rbac.authorization.k8s.io/v1 RoleBinding', checkRoleBinding],
  ['node.k8s.io/v1 RuntimeClass', checkRuntimeClass],
  ['resource.k8s.io/v1 ResourceClaim', checkResourceClaim],
  ['resource.k8s.io/v1 ResourceClaimTemplate', checkResourceClaimTemplate],
  ['scheduling.k8s.io/v1 PriorityClass', checkPriorityClass],
  ['storage.k8s.io/v1 StorageClass', checkStorageClass],
]);
