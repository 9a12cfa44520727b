import type { KubernetesObject } from '../../src/kubernetes/object';

/** A Deployment as short as can be. */
export function deployment(
  name: string,
  replicas: number,
  details: { namespace?: string; image?: string } = {},
): KubernetesObject {
  const { namespace = 'default', image = 'nginx:1' } = details;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } },
    },
  };
}

/** A ConfigMap or Secret with one value. */
export function config(
  kind: 'ConfigMap' | 'Secret',
  name: string,
  value = 'x',
  namespace = 'default',
): KubernetesObject {
  const data = kind === 'Secret' ? { stringData: { value } } : { data: { value } };
  return { apiVersion: 'v1', kind, metadata: { name, namespace }, ...data };
}

/** A policy that sends objects to clusters; what has replicas is divided evenly. */
export function propagation(
  name: string,
  objects: readonly KubernetesObject[],
  clusters: readonly string[],
  namespace = 'default',
): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name, namespace },
    spec: {
      resourceSelectors: objects.map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, name: metadata?.name })),
      placement: {
        clusterAffinity: { clusterNames: clusters },
        replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' },
      },
    },
  };
}

/** A Deployment whose container has requests. */
export function requesting(name: string, replicas: number, requests: object, namespace = 'default'): KubernetesObject {
  const object = deployment(name, replicas, { namespace });
  const spec = object.spec as { template: { spec: { containers: object[] } } };
  const containers = spec.template.spec.containers.map((container) => ({ ...container, resources: { requests } }));
  return { ...object, spec: { ...spec, template: { ...spec.template, spec: { containers } } } };
}

/**
 * A policy that divides the replicas of objects, with the name and namespace of the first one.
 *
 * @param division - fields of `replicaScheduling`
 */
export function dividing(
  objects: readonly [KubernetesObject, ...KubernetesObject[]],
  clusters: readonly string[],
  division: object,
): KubernetesObject {
  const { name = '', namespace } = objects[0].metadata ?? {};
  const policy = propagation(name, objects, clusters, namespace);
  const placement = {
    clusterAffinity: { clusterNames: clusters },
    replicaScheduling: { replicaSchedulingType: 'Divided', ...division },
  };
  return { ...policy, spec: { ...(policy.spec as object), placement } };
}

/** A policy with one plain patch of a Deployment. */
export function override(
  name: string,
  target: KubernetesObject,
  patch: object,
  clusters?: readonly string[],
): KubernetesObject {
  const { apiVersion, kind, metadata } = target;
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name, namespace: metadata?.namespace ?? 'default' },
    spec: {
      resourceSelectors: [{ apiVersion, kind, name: metadata?.name }],
      overrideRules: [
        { ...(clusters && { targetCluster: { clusterNames: clusters } }), overriders: { plaintext: [patch] } },
      ],
    },
  };
}
