import type { Cluster } from '../../src/karmada/cluster';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { type Plan, type PlanOptions, planOf } from '../../src/planner';

export const demoFleet: readonly Cluster[] = ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'].map((name) => ({
  name,
}));

export function deployment(name: string, replicas: number, image = 'nginx'): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } },
    },
  };
}

export function service(name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: { app: name }, ports: [{ port: 8080 }] },
  };
}

export function secret(name: string, data: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'default' }, stringData: data };
}

/** A policy that divides by static weights. */
export function weighted(
  name: string,
  weights: Readonly<Record<string, number>>,
  objects: readonly KubernetesObject[],
): KubernetesObject {
  return policy(name, objects, {
    clusterAffinity: { clusterNames: Object.keys(weights) },
    replicaScheduling: {
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: {
        staticWeightList: Object.entries(weights).map(([cluster, weight]) => ({
          targetCluster: { clusterNames: [cluster] },
          weight,
        })),
      },
    },
  });
}

export function policy(name: string, objects: readonly KubernetesObject[], placement: object): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name, namespace: 'default' },
    spec: {
      resourceSelectors: objects.map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, name: metadata?.name })),
      placement,
    },
  };
}

/** The demo: pipy with 2 replicas over 10:10:10, curl in the third cluster. */
export function demo(replicas = 2, image = 'flomesh/pipy'): readonly KubernetesObject[] {
  const pipy = deployment('pipy', replicas, image);
  const curl = deployment('curl', 1);
  return [
    pipy,
    service('pipy'),
    weighted('pipy-propagation', { 'k3d-cluster-1': 10, 'k3d-cluster-2': 10, 'k3d-cluster-3': 10 }, [
      pipy,
      service('pipy'),
    ]),
    curl,
    weighted('curl-propagation', { 'k3d-cluster-3': 1 }, [curl]),
  ];
}

export function planFor(objects: readonly KubernetesObject[], options: Partial<PlanOptions> = {}): Plan {
  return planOf(objects, { fleet: demoFleet, ...options });
}
