type Fields = Readonly<Record<string, unknown>>;

/** Fields of `spec` that the API server fills in, by `group/Kind`. Addresses are examples. */
export const specDefaults: Readonly<Record<string, Fields>> = {
  'apps/Deployment': {
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  },
  'apps/StatefulSet': {
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  },
  'apps/DaemonSet': {
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    revisionHistoryLimit: 10,
  },
  'batch/Job': {
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  },
  'batch/CronJob': {
    suspend: false,
    concurrencyPolicy: 'Allow',
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  },
  '/Service': {
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    ipFamilyPolicy: 'SingleStack',
    ipFamilies: ['IPv4'],
    clusterIP: '10.0.0.1',
    clusterIPs: ['10.0.0.1'],
  },
  '/PersistentVolumeClaim': { volumeMode: 'Filesystem' },
  'autoscaling/HorizontalPodAutoscaler': { minReplicas: 1 },
};

/** Fields of the `spec` of a pod that the API server fills in. */
export const podDefaults: Fields = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
};

/** Fields of a container that the API server fills in, with values that do not depend on others. */
export const containerDefaults: Fields = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  resources: {},
};
