import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KubernetesObject } from '../../src/kubernetes/object';

interface RecordedBinding {
  readonly name: string;
  readonly resource: { readonly apiVersion?: string; readonly kind: string; readonly name: string };
  readonly templateUID: string;
  readonly clusters: readonly { readonly name: string; readonly replicas?: number }[];
  readonly requiredBy?: readonly object[];
  readonly conditions: Readonly<Record<string, object>>;
  readonly aggregatedStatus: readonly object[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** One step of a recorded scenario: all objects applied so far, and the bindings as kubectl would print them. */
export interface RecordedStep {
  readonly scenario: string;
  readonly step: number;
  readonly objects: readonly KubernetesObject[];
  readonly bindings: readonly KubernetesObject[];
  readonly bindingsBefore: readonly KubernetesObject[];
}

interface Scenario {
  readonly id: string;
  readonly steps: readonly {
    readonly apply?: readonly KubernetesObject[];
    readonly state: 'unchanged' | { readonly resourceBindings: readonly RecordedBinding[] };
  }[];
}

const apiVersions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  ConfigMap: 'v1',
  Secret: 'v1',
  Service: 'v1',
  PropagationPolicy: 'policy.karmada.io/v1alpha1',
  ClusterPropagationPolicy: 'policy.karmada.io/v1alpha1',
  OverridePolicy: 'policy.karmada.io/v1alpha1',
};

/** The steps of the scenarios that a running Karmada v1.18.2 was recorded in, up to the first that deletes something; what is done in a member is no step. */
export function recordedSteps(): RecordedStep[] {
  const { cases } = JSON.parse(readFileSync(resolve('test/vectors/live_scenarios.json'), 'utf8')) as {
    cases: Scenario[];
  };
  return cases.flatMap(({ id, steps }) => {
    const objects = new Map<string, KubernetesObject>();
    const found: RecordedStep[] = [];
    let bindings: readonly KubernetesObject[] = [];
    for (const [step, { apply = [], state, ...rest }] of steps.entries()) {
      if ('delete' in rest) break;
      for (const object of apply) objects.set(`${object.kind}/${object.metadata?.name}`, complete(object, id));
      const bindingsBefore = bindings;
      if (state !== 'unchanged') bindings = state.resourceBindings.map((binding) => bindingObject(binding, id));
      found.push({ scenario: id, step, objects: [...objects.values()], bindings, bindingsBefore });
    }
    return found;
  });
}

function complete(object: KubernetesObject, namespace: string): KubernetesObject {
  const apiVersion = object.apiVersion ?? apiVersions[object.kind]!;
  const isCluster = object.kind.startsWith('Cluster');
  return { ...object, apiVersion, metadata: { ...object.metadata, ...(!isCluster && { namespace }) } };
}

function bindingObject(binding: RecordedBinding, namespace: string): KubernetesObject {
  const { name, resource, templateUID, clusters, requiredBy, conditions, aggregatedStatus } = binding;
  const { labels, annotations } = binding;
  return {
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: 'ResourceBinding',
    metadata: {
      name,
      namespace,
      generation: 1,
      resourceVersion: '1',
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
    spec: {
      resource: {
        apiVersion: resource.apiVersion ?? apiVersions[resource.kind],
        kind: resource.kind,
        namespace,
        name: resource.name,
        uid: templateUID,
      },
      ...('Scheduled' in conditions && { placement: {} }),
      clusters,
      ...(requiredBy && { requiredBy }),
    },
    status: {
      ...('Scheduled' in conditions && { schedulerObservedGeneration: 1 }),
      conditions: Object.entries(conditions).map(([type, condition]) => ({ type, ...condition })),
      aggregatedStatus,
    },
  };
}
