import type { KubernetesObject } from '../../src/kubernetes/object';

/** Objects as one text of several documents. JSON is YAML. */
export function texts(...objects: readonly object[]): string {
  return objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
}

/**
 * An object by its key.
 *
 * @param key - `Kind/namespace/name`, or `Kind/name` for what has no namespace
 * @param rest - further fields; `labels` and `annotations` go into the metadata
 */
export function object(
  apiVersion: string,
  key: string,
  { labels, annotations, ...rest }: Readonly<Record<string, unknown>> = {},
): KubernetesObject {
  const [kind = '', first = '', second] = key.split('/');
  const named = second === undefined ? { name: first } : { namespace: first, name: second };
  const metadata = {
    ...named,
    ...(labels !== undefined && { labels }),
    ...(annotations !== undefined && { annotations }),
  };
  return { apiVersion, kind, metadata, ...rest } as KubernetesObject;
}

/** A Deployment whose pods are labelled `app: NAME`; `pod` are fields of the pod spec. */
export function deploymentIn(
  namespace: string,
  name: string,
  {
    labels,
    replicas = 6,
    pod = {},
  }: { labels?: Readonly<Record<string, string>>; replicas?: number; pod?: object } = {},
): KubernetesObject {
  const app = { app: name };
  return object('apps/v1', `Deployment/${namespace}/${name}`, {
    labels: labels ?? app,
    spec: {
      replicas,
      selector: { matchLabels: app },
      template: {
        metadata: { labels: app },
        spec: { containers: [{ name, image: `example.com/${name}:1.0` }], ...pod },
      },
    },
  });
}

/** A Service that selects `app: NAME`. */
export function serviceIn(namespace: string, name: string): KubernetesObject {
  return object('v1', `Service/${namespace}/${name}`, { spec: { selector: { app: name }, ports: [{ port: 80 }] } });
}

/** A CustomResourceDefinition of a namespaced kind with one version. */
export function definitionOf(group: string, kind: string, version = 'v1'): KubernetesObject {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return object('apiextensions.k8s.io/v1', `CustomResourceDefinition/${plural}.${group}`, {
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  });
}

/** What a policy selects: `apps/v1 Deployment web`, `v1 ConfigMap` for the whole kind, or a selector as it is. */
export type Selected = string | object;

/**
 * A PropagationPolicy or ClusterPropagationPolicy for all three clusters, duplicated.
 *
 * @param key - `PropagationPolicy/namespace/name` or `ClusterPropagationPolicy/name`
 * @param spec - further fields of the spec; a placement replaces the usual one
 */
export function propagation(key: string, selects: readonly Selected[], spec: object = {}): KubernetesObject {
  const resourceSelectors = selects.map(selectorOf);
  return object('policy.karmada.io/v1alpha1', key, {
    spec: { resourceSelectors, placement: duplicatedOver('member1', 'member2', 'member3'), ...spec },
  });
}

/** An OverridePolicy or ClusterOverridePolicy that labels what it selects. */
export function labelling(key: string, selects: readonly Selected[]): KubernetesObject {
  const overriders = { labelsOverrider: [{ operator: 'add', value: { tier: 'edge' } }] };
  return object('policy.karmada.io/v1alpha1', key, {
    spec: { resourceSelectors: selects.map(selectorOf), overrideRules: [{ overriders }] },
  });
}

/** A placement that gives each of these clusters the full number. */
export function duplicatedOver(...clusterNames: readonly string[]): object {
  return { clusterAffinity: { clusterNames }, replicaScheduling: { replicaSchedulingType: 'Duplicated' } };
}

/** Static weights: `[weight, targetCluster]`, where a string names clusters, separated by commas. */
export function weighted(
  affinity: object,
  weights: readonly (readonly [weight: number, target: string | object])[],
): object {
  const staticWeightList = weights.map(([weight, target]) => ({
    targetCluster: typeof target === 'string' ? { clusterNames: target.split(',') } : target,
    weight,
  }));
  return {
    ...affinity,
    replicaScheduling: {
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: { staticWeightList },
    },
  };
}

function selectorOf(selected: Selected): object {
  if (typeof selected !== 'string') return selected;
  const [apiVersion, kind, name] = selected.split(' ');
  return { apiVersion, kind, ...(name !== undefined && { name }) };
}
