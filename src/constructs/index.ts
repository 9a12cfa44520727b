export { ClusterOverridePolicy, type ClusterOverridePolicyProps } from './cluster-override-policy';
export { ClusterPropagationPolicy, type ClusterPropagationPolicyProps } from './cluster-propagation-policy';
export {
  type ClusterConditionMatch,
  ClusterTaintPolicy,
  type ClusterTaintPolicyProps,
  type PolicyTaint,
} from './cluster-taint-policy';
export {
  CronFederatedHPA,
  type CronFederatedHPAProps,
  type CronFederatedHPARule,
} from './cron-federated-hpa';
export { FederatedApp, type FederatedAppProps } from './federated-app';
export type {
  ContainerProbe,
  ContainerShorthand,
  EnvironmentSource,
  EnvironmentValue,
} from './federated-app/container';
export type { Exposure } from './federated-app/exposure';
export type { Autoscaling } from './federated-app/scaling';
export type { ServicePort, WorkloadShorthand } from './federated-app/shorthand';
export { FederatedHPA, type FederatedHPAProps } from './federated-hpa';
export { FederatedResourceQuota, type FederatedResourceQuotaProps } from './federated-resource-quota';
export { Federation, type FederationProps } from './federation';
export { Lint } from './lint';
export {
  type IngressBackend,
  type IngressPath,
  type IngressRule,
  type IngressTls,
  MultiClusterIngress,
  type MultiClusterIngressProps,
} from './multi-cluster-ingress';
export {
  MultiClusterService,
  type MultiClusterServicePort,
  type MultiClusterServiceProps,
} from './multi-cluster-service';
export type { NamedClusters } from './named-clusters';
export { OverridePolicy, type OverridePolicyProps } from './override-policy';
export type { OverridingProps } from './overriding';
export type { PropagationProps } from './propagation';
export type { PropagationOptions, SchedulePriority } from './propagation-options';
export { PropagationPolicy, type PropagationPolicyProps } from './propagation-policy';
export { type DecisionMatch, Remedy, type RemedyProps } from './remedy';
export {
  type InterpretedKind,
  type InterpreterScripts,
  ResourceInterpreterCustomization,
  type ResourceInterpreterCustomizationProps,
} from './resource-interpreter-customization';
export {
  type InterpreterClient,
  type InterpreterOperation,
  type InterpreterRule,
  type InterpreterWebhook,
  ResourceInterpreterWebhookConfiguration,
  type ResourceInterpreterWebhookConfigurationProps,
} from './resource-interpreter-webhook-configuration';
export type { NamedResource, Selectable } from './selectable';
export { ServiceExport, type ServiceExportProps } from './service-export';
export { ServiceImport, type ServiceImportPort, type ServiceImportProps } from './service-import';
export { FindingsError } from './synthesis/lint-check';
export { WorkloadRebalancer, type WorkloadRebalancerProps } from './workload-rebalancer';
