import type { ValueCheckName } from '../schema/value-checks';

/** What the API server checks of a field on its own, in addition to its OpenAPI. */
export interface FieldRule {
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly 'x-check'?: ValueCheckName;
  /** OpenAPI requires the field, and the API server does not. */
  readonly optional?: true;
  /** An empty text is refused, although the field may be left out. */
  readonly given?: true;
}

type TypeRules = Readonly<Record<string, FieldRule>>;

const optional: FieldRule = { optional: true };
const given: FieldRule = { given: true };
const count: FieldRule = { minimum: 0 };
const positive: FieldRule = { minimum: 1 };
const port: FieldRule = { minimum: 1, maximum: 65535 };
const portOrNone: FieldRule = { minimum: 0, maximum: 65535 };
const id: FieldRule = { minimum: 0, maximum: 2147483647 };
const mode: FieldRule = { minimum: 0, maximum: 511 };
const weight: FieldRule = { minimum: 1, maximum: 100 };
const oneOf = (...words: readonly string[]): FieldRule => ({ enum: words });
const check = (name: ValueCheckName): FieldRule => ({ 'x-check': name });

const label = check('dns-label');
const subdomain = check('dns-subdomain');
const accessModes = oneOf('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod');
const operations = oneOf('*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT');

const rolling = { maxUnavailable: check('count-or-percent'), maxSurge: check('count-or-percent') };
const container = {
  name: label,
  restartPolicy: oneOf('Always', 'Never', 'OnFailure'),
} satisfies TypeRules;
const claimSpec = {
  'accessModes[]': accessModes,
  volumeMode: given,
  storageClassName: subdomain,
  volumeName: subdomain,
} satisfies TypeRules;
const probe = {
  initialDelaySeconds: count,
  timeoutSeconds: count,
  periodSeconds: count,
  successThreshold: count,
  failureThreshold: count,
  terminationGracePeriodSeconds: positive,
} satisfies TypeRules;
const projectedFile = { path: check('relative-path'), mode } satisfies TypeRules;
const webhook = {
  failurePolicy: given,
  matchPolicy: given,
  sideEffects: oneOf('None', 'NoneOnDryRun'),
  timeoutSeconds: { minimum: 1, maximum: 30 },
} satisfies TypeRules;
const webhookRule = { 'operations[]': operations, scope: given } satisfies TypeRules;

/**
 * Rules for single fields, by type and field; `field[]` are the items of a list.
 * The rules for several fields together are in the other files of this folder.
 *
 * @see Kubernetes v1.36 pkg/apis/…/validation/validation.go of each group
 */
export const fieldRules = (): Readonly<Record<string, TypeRules>> => ({
  'meta.v1.LabelSelectorRequirement': {
    key: check('qualified-name'),
    operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'),
  },

  'apps.v1.ControllerRevision': { revision: { minimum: 0, optional: true } },
  'apps.v1.DaemonSetSpec': { minReadySeconds: count, revisionHistoryLimit: count },
  'apps.v1.DeploymentSpec': {
    replicas: count,
    minReadySeconds: count,
    revisionHistoryLimit: count,
    progressDeadlineSeconds: count,
  },
  'apps.v1.ReplicaSetSpec': { replicas: count, minReadySeconds: count },
  'apps.v1.StatefulSetSpec': {
    replicas: count,
    minReadySeconds: count,
    revisionHistoryLimit: count,
    serviceName: label,
  },
  'apps.v1.StatefulSetOrdinals': { start: count },
  'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy': {
    whenDeleted: oneOf('Retain', 'Delete'),
    whenScaled: oneOf('Retain', 'Delete'),
  },
  'apps.v1.RollingUpdateDeployment': rolling,
  'apps.v1.RollingUpdateDaemonSet': rolling,
  'apps.v1.RollingUpdateStatefulSetStrategy': { partition: count, maxUnavailable: check('count-or-percent') },

  'autoscaling.v1.HorizontalPodAutoscalerSpec': {
    minReplicas: positive,
    maxReplicas: positive,
    targetCPUUtilizationPercentage: positive,
  },
  'autoscaling.v2.HorizontalPodAutoscalerSpec': { minReplicas: positive, maxReplicas: positive },
  'autoscaling.v1.CrossVersionObjectReference': { kind: check('path-segment'), name: check('path-segment') },
  'autoscaling.v2.CrossVersionObjectReference': { kind: check('path-segment'), name: check('path-segment') },
  'autoscaling.v2.HPAScalingPolicy': {
    type: oneOf('Pods', 'Percent'),
    value: positive,
    periodSeconds: { minimum: 1, maximum: 1800 },
  },
  'autoscaling.v2.HPAScalingRules': {
    selectPolicy: { enum: ['Max', 'Min', 'Disabled'], given: true },
    stabilizationWindowSeconds: { minimum: 0, maximum: 3600 },
  },
  'autoscaling.v2.MetricIdentifier': { name: check('path-segment') },
  'autoscaling.v2.MetricSpec': { type: oneOf('ContainerResource', 'External', 'Object', 'Pods', 'Resource') },
  'autoscaling.v2.MetricTarget': { type: oneOf('Utilization', 'Value', 'AverageValue'), averageUtilization: positive },

  'batch.v1.CronJobSpec': {
    startingDeadlineSeconds: count,
    successfulJobsHistoryLimit: count,
    failedJobsHistoryLimit: count,
  },
  'batch.v1.JobSpec': {
    parallelism: count,
    completions: count,
    activeDeadlineSeconds: count,
    backoffLimit: count,
    backoffLimitPerIndex: count,
    maxFailedIndexes: count,
    ttlSecondsAfterFinished: count,
    completionMode: given,
    podReplacementPolicy: given,
  },
  'batch.v1.PodFailurePolicy': { rules: { maxItems: 20, optional: true } },
  'batch.v1.SuccessPolicy': { rules: { maxItems: 20 } },
  'batch.v1.PodFailurePolicyOnPodConditionsPattern': {
    type: check('qualified-name'),
    status: oneOf('True', 'False', 'Unknown'),
  },
  'batch.v1.PodFailurePolicyOnExitCodesRequirement': { values: { maxItems: 255 } },

  'core.v1.ClientIPConfig': { timeoutSeconds: { minimum: 1, maximum: 86400 } },
  'core.v1.ConfigMapKeySelector': { key: check('config-key') },
  'core.v1.SecretKeySelector': { key: check('config-key') },
  'core.v1.ConfigMapVolumeSource': { defaultMode: mode },
  'core.v1.SecretVolumeSource': { defaultMode: mode },
  'core.v1.DownwardAPIVolumeSource': { defaultMode: mode },
  'core.v1.ProjectedVolumeSource': { defaultMode: mode },
  'core.v1.KeyToPath': projectedFile,
  'core.v1.DownwardAPIVolumeFile': projectedFile,
  'core.v1.ServiceAccountTokenProjection': {
    path: check('relative-path'),
    expirationSeconds: { minimum: 600, maximum: 4294967296 },
  },
  'core.v1.ClusterTrustBundleProjection': { path: check('relative-path') },
  'core.v1.Container': container,
  'core.v1.EphemeralContainer': { name: label },
  'core.v1.ContainerPort': { containerPort: port, hostPort: portOrNone, name: check('port-name'), hostIP: check('ip') },
  'core.v1.ContainerResizePolicy': {
    resourceName: oneOf('cpu', 'memory'),
    restartPolicy: oneOf('NotRequired', 'RestartContainer'),
  },
  'core.v1.ContainerRestartRule': { action: oneOf('Restart', 'RestartAllContainers') },
  'core.v1.ContainerRestartRuleOnExitCodes': { operator: oneOf('In', 'NotIn'), values: { maxItems: 255 } },
  'core.v1.EnvVar': { name: check('env-name') },
  'core.v1.EnvFromSource': { prefix: check('env-name') },
  'core.v1.FileKeySelector': { path: check('relative-path'), key: check('env-name') },
  'core.v1.GRPCAction': { port },
  'core.v1.HTTPGetAction': { port: check('port') },
  'core.v1.TCPSocketAction': { port: check('port') },
  'core.v1.HTTPHeader': { name: check('http-header-name'), value: optional },
  'core.v1.HostAlias': { ip: check('ip'), 'hostnames[]': subdomain },
  'core.v1.HostPathVolumeSource': { path: check('no-dot-dot') },
  'core.v1.ISCSIVolumeSource': { lun: { minimum: 0, maximum: 255, optional: true } },
  'core.v1.ISCSIPersistentVolumeSource': { lun: { minimum: 0, maximum: 255, optional: true } },
  'core.v1.LimitRangeItem': { type: check('qualified-name') },
  'core.v1.LimitRangeSpec': { limits: optional },
  'core.v1.NamespaceSpec': { 'finalizers[]': check('qualified-name') },
  'core.v1.NFSVolumeSource': { path: check('absolute-path') },
  'core.v1.NodeSelectorRequirement': { key: check('qualified-name') },
  'core.v1.PersistentVolumeClaimSpec': claimSpec,
  'core.v1.PersistentVolumeSpec': { 'accessModes[]': accessModes, volumeMode: given, storageClassName: subdomain },
  'core.v1.PodAffinityTerm': { topologyKey: check('qualified-name'), 'namespaces[]': label },
  'core.v1.PodDNSConfig': { nameservers: { maxItems: 3 }, 'nameservers[]': check('ip'), searches: { maxItems: 32 } },
  'core.v1.PodOS': { name: oneOf('linux', 'windows') },
  'core.v1.PodReadinessGate': { conditionType: check('qualified-name') },
  'core.v1.PodResourceClaim': { name: label },
  'core.v1.PodSchedulingGate': { name: check('qualified-name') },
  'core.v1.PodSecurityContext': {
    runAsUser: id,
    runAsGroup: id,
    fsGroup: id,
    'supplementalGroups[]': id,
    fsGroupChangePolicy: given,
    supplementalGroupsPolicy: given,
  },
  'core.v1.PodSpec': {
    activeDeadlineSeconds: { minimum: 1, maximum: 2147483647 },
    serviceAccountName: subdomain,
    serviceAccount: subdomain,
    priorityClassName: subdomain,
    runtimeClassName: subdomain,
    nodeName: subdomain,
    hostname: label,
    subdomain: label,
    preemptionPolicy: given,
  },
  'core.v1.PreferredSchedulingTerm': { weight, preference: optional },
  'core.v1.WeightedPodAffinityTerm': { weight },
  'core.v1.Probe': probe,
  'core.v1.ReplicationControllerSpec': { replicas: count, minReadySeconds: count },
  'core.v1.ResourceQuotaSpec': {
    'scopes[]': oneOf(
      'BestEffort',
      'NotBestEffort',
      'Terminating',
      'NotTerminating',
      'PriorityClass',
      'CrossNamespacePodAffinity',
      'VolumeAttributesClass',
    ),
  },
  'core.v1.ScaleIOVolumeSource': { secretRef: optional },
  'core.v1.ScaleIOPersistentVolumeSource': { secretRef: optional },
  'core.v1.SecurityContext': { runAsUser: id, runAsGroup: id, procMount: given },
  'core.v1.ServicePort': { port, nodePort: portOrNone, name: label, appProtocol: check('qualified-name') },
  'core.v1.ServiceSpec': {
    'ipFamilies[]': oneOf('IPv4', 'IPv6'),
    ipFamilyPolicy: given,
    internalTrafficPolicy: given,
    trafficDistribution: { enum: ['PreferClose', 'PreferSameZone', 'PreferSameNode'], given: true },
    'externalIPs[]': check('ip'),
    loadBalancerClass: check('qualified-name'),
    healthCheckNodePort: portOrNone,
  },
  'core.v1.SleepAction': { seconds: { minimum: 0, optional: true } },
  'core.v1.Sysctl': { value: optional },
  'core.v1.TopologySpreadConstraint': {
    maxSkew: positive,
    minDomains: positive,
    topologyKey: check('qualified-name'),
    nodeAffinityPolicy: given,
    nodeTaintsPolicy: given,
  },
  'core.v1.Toleration': { key: check('qualified-name') },
  'core.v1.Volume': { name: label },
  'core.v1.VolumeMount': { mountPropagation: given },
  'core.v1.EndpointPort': { port },
  'core.v1.EndpointAddress': { ip: check('ip') },

  'coordination.v1.LeaseSpec': { leaseDurationSeconds: positive, leaseTransitions: count },

  'discovery.v1.EndpointSlice': { endpoints: { maxItems: 1000 } },
  'discovery.v1.Endpoint': { addresses: { maxItems: 100 }, hostname: label },
  'discovery.v1.EndpointPort': { port },

  'networking.v1.IngressServiceBackend': { name: label },
  'networking.v1.ServiceBackendPort': { number: portOrNone, name: check('port-name') },
  'networking.v1.IngressClassParametersReference': { scope: { enum: ['Cluster', 'Namespace'], given: true } },
  'networking.v1.IngressSpec': { ingressClassName: subdomain },
  'networking.v1.IngressTLS': { secretName: subdomain },
  'networking.v1.IPBlock': { cidr: check('cidr'), 'except[]': check('cidr') },
  'networking.v1.NetworkPolicyPort': { port: check('port'), endPort: port, protocol: given },
  'networking.v1.NetworkPolicySpec': { 'policyTypes[]': oneOf('Ingress', 'Egress'), policyTypes: { maxItems: 2 } },

  'node.v1.RuntimeClass': { handler: label },

  'policy.v1.PodDisruptionBudgetSpec': {
    minAvailable: check('count-or-percent'),
    maxUnavailable: check('count-or-percent'),
    unhealthyPodEvictionPolicy: given,
  },

  'rbac.v1.Subject': { kind: oneOf('ServiceAccount', 'User', 'Group') },
  'rbac.v1.RoleRef': { apiGroup: oneOf('rbac.authorization.k8s.io'), name: check('path-segment') },

  'resource.v1.DeviceRequest': { name: label },
  'resource.v1.DeviceSubRequest': { name: label, deviceClassName: subdomain },
  'resource.v1.ExactDeviceRequest': { deviceClassName: subdomain },

  'scheduling.v1.PriorityClass': { preemptionPolicy: given },

  'storage.v1.CSIDriverSpec': { 'volumeLifecycleModes[]': oneOf('Persistent', 'Ephemeral') },
  'storage.v1.TokenRequest': { audience: optional, expirationSeconds: { minimum: 600, maximum: 4294967296 } },
  'storage.v1.StorageClass': { volumeBindingMode: given, reclaimPolicy: oneOf('Delete', 'Retain') },

  'admissionregistration.v1.MutatingWebhook': { ...webhook, reinvocationPolicy: given },
  'admissionregistration.v1.ValidatingWebhook': webhook,
  'admissionregistration.v1.RuleWithOperations': webhookRule,
  'admissionregistration.v1.NamedRuleWithOperations': webhookRule,
  'admissionregistration.v1.ServiceReference': { path: check('absolute-path'), port, namespace: optional },
  'admissionregistration.v1.MatchResources': { matchPolicy: given },
  'admissionregistration.v1.MatchCondition': { name: check('qualified-name') },
  'admissionregistration.v1.ValidatingAdmissionPolicySpec': { failurePolicy: given },
  'admissionregistration.v1.MutatingAdmissionPolicySpec': { failurePolicy: given },
  'admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec': {
    policyName: subdomain,
    'validationActions[]': oneOf('Deny', 'Warn', 'Audit'),
  },

  'apiextensions.v1.CustomResourceColumnDefinition': {
    type: oneOf('integer', 'number', 'string', 'boolean', 'date'),
    format: oneOf('int32', 'int64', 'float', 'double', 'byte', 'date', 'date-time', 'password'),
  },
  'apiextensions.v1.CustomResourceConversion': { strategy: oneOf('None', 'Webhook') },
  'apiextensions.v1.CustomResourceDefinitionNames': {
    plural: check('dns-1035-label'),
    singular: check('dns-1035-label'),
    'shortNames[]': check('dns-1035-label'),
    'categories[]': check('dns-1035-label'),
  },
  'apiextensions.v1.CustomResourceDefinitionSpec': { group: subdomain, scope: oneOf('Cluster', 'Namespaced') },
  'apiextensions.v1.CustomResourceDefinitionVersion': {
    name: check('dns-1035-label'),
    served: optional,
    storage: optional,
  },
  'apiextensions.v1.ServiceReference': { path: check('absolute-path'), port, namespace: optional },

  'apiregistration.v1.APIServiceSpec': {
    groupPriorityMinimum: { minimum: 1, maximum: 20000 },
    versionPriority: { minimum: 1, maximum: 1000 },
  },
});
