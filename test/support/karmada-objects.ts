import type { KubernetesObject } from '../../src/kubernetes/object';

/** Minimal objects that Karmada accepts, as a base for tests. */

export function propagationPolicy(spec: object = {}, metadata: object = {}): KubernetesObject {
  return policy('PropagationPolicy', { namespace: 'default', ...metadata }, spec);
}

export function clusterPropagationPolicy(spec: object = {}, metadata: object = {}): KubernetesObject {
  return policy('ClusterPropagationPolicy', metadata, spec);
}

/** An OverridePolicy with one rule that has the overriders given. */
export function overridePolicy(overriders: object, rule: object = {}): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name: 'shop', namespace: 'default' },
    spec: { resourceSelectors: [deployment], overrideRules: [{ ...rule, overriders }] },
  };
}

export function federatedHpa(spec: object = {}): KubernetesObject {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' };
  return {
    apiVersion: 'autoscaling.karmada.io/v1alpha1',
    kind: 'FederatedHPA',
    metadata: { name: 'shop', namespace: 'default' },
    spec: { scaleTargetRef, maxReplicas: 5, ...spec },
  };
}

export function cronFederatedHpa(rule: object, scaleTargetRef: object = {}): KubernetesObject {
  return {
    apiVersion: 'autoscaling.karmada.io/v1alpha1',
    kind: 'CronFederatedHPA',
    metadata: { name: 'shop', namespace: 'default' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop', ...scaleTargetRef },
      rules: [{ name: 'morning', schedule: '0 8 * * *', ...rule }],
    },
  };
}

export function multiClusterService(spec: object = {}, metadata: object = {}): KubernetesObject {
  return {
    apiVersion: 'networking.karmada.io/v1alpha1',
    kind: 'MultiClusterService',
    metadata: { name: 'shop', namespace: 'default', ...metadata },
    spec: { types: ['CrossCluster'], ...spec },
  };
}

export function multiClusterIngress(spec: object): KubernetesObject {
  return {
    apiVersion: 'networking.karmada.io/v1alpha1',
    kind: 'MultiClusterIngress',
    metadata: { name: 'shop', namespace: 'default' },
    spec,
  };
}

export function federatedResourceQuota(spec: object, metadata: object = {}): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'FederatedResourceQuota',
    metadata: { name: 'team', namespace: 'default', ...metadata },
    spec,
  };
}

export function clusterTaintPolicy(...taints: readonly object[]): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterTaintPolicy',
    metadata: { name: 'taints' },
    spec: { taints },
  };
}

export function interpreterCustomization(name: string, customizations: object): KubernetesObject {
  return {
    apiVersion: 'config.karmada.io/v1alpha1',
    kind: 'ResourceInterpreterCustomization',
    metadata: { name },
    spec: { target: { apiVersion: 'example.com/v1', kind: 'Shop' }, customizations },
  };
}

export function interpreterWebhook(hook: object): KubernetesObject {
  return {
    apiVersion: 'config.karmada.io/v1alpha1',
    kind: 'ResourceInterpreterWebhookConfiguration',
    metadata: { name: 'shops' },
    webhooks: [
      {
        name: 'shops.example.com',
        clientConfig: { url: 'https://shops.example.com/interpret' },
        interpreterContextVersions: ['v1alpha1'],
        ...hook,
      },
    ],
  };
}

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' };

function policy(kind: string, metadata: object, spec: object): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind,
    metadata: { name: 'shop', ...metadata },
    spec: { resourceSelectors: [deployment], ...spec },
  };
}
