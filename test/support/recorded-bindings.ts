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
    readonly delete?: readonly { readonly kind: string; readonly name: string }[];
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

/** The steps of the scenarios recorded with Karmada v1.18.2, up to the first that deletes something. Actions in members are not steps. */
export function recordedSteps(): RecordedStep[] {
  return allSteps().filter(({ deletes }) => !deletes);
}

interface AnyStep extends RecordedStep {
  /** Whether it, or a step before it, deletes something. */
  readonly deletes: boolean;
}

function allSteps(): AnyStep[] {
  const { cases } = JSON.parse(readFileSync(resolve('test/vectors/live_scenarios.json'), 'utf8')) as {
    cases: Scenario[];
  };
  return cases.flatMap(({ id, steps }) => {
    const objects = new Map<string, KubernetesObject>();
    const found: AnyStep[] = [];
    let bindings: readonly KubernetesObject[] = [];
    let deletes = false;
    for (const [step, { apply = [], delete: deleted = [], state }] of steps.entries()) {
      deletes ||= deleted.length > 0;
      for (const object of apply) objects.set(`${object.kind}/${object.metadata?.name}`, complete(object, id));
      for (const { kind, name } of deleted) objects.delete(`${kind}/${name}`);
      const bindingsBefore = bindings;
      if (state !== 'unchanged') bindings = state.resourceBindings.map((binding) => bindingObject(binding, id));
      found.push({ scenario: id, step, objects: [...objects.values()], bindings, bindingsBefore, deletes });
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

/** Where a running Karmada put a template, by its placement. */
export interface RecordedPlacement {
  readonly id: string;
  readonly placement: object;
  /** @default - the kind counts none */
  readonly replicas?: number;
  readonly uid: string;
  readonly clusters: readonly { readonly name: string; readonly replicas?: number }[];
}

interface StaticWeightCase {
  readonly id: string;
  readonly placement: object;
  readonly templateUID: string;
  readonly steps: readonly {
    readonly replicas: number;
    readonly bindingClusters: readonly { readonly name: string; readonly replicas?: number }[];
  }[];
}

/** Every placement that was recorded: of single Deployments, and of the scenarios. */
export function recordedPlacements(): RecordedPlacement[] {
  const { cases } = JSON.parse(readFileSync(resolve('test/vectors/live_static_weight.json'), 'utf8')) as {
    cases: StaticWeightCase[];
  };
  const single = cases.flatMap(({ id, placement, templateUID: uid, steps }) =>
    steps.map(({ replicas, bindingClusters: clusters }) => ({ id, placement, replicas, uid, clusters })),
  );
  return [...single, ...allSteps().flatMap(placementsOf)];
}

function placementsOf({ scenario, objects, bindings }: RecordedStep): RecordedPlacement[] {
  return bindings.flatMap(({ metadata, spec }) => {
    const { resource, clusters } = spec as {
      resource: { uid: string; kind: string; name: string };
      clusters: { name: string }[];
    };
    const policy = objects.find(
      ({ kind, metadata: { name } = {} }) =>
        kind === 'PropagationPolicy' && name === metadata?.annotations?.['propagationpolicy.karmada.io/name'],
    );
    const template = objects.find(
      ({ kind, metadata: { name } = {} }) => kind === resource.kind && name === resource.name,
    );
    if (!policy || !template) return [];
    const { placement } = policy.spec as { placement: object };
    const { replicas } = (template.spec ?? {}) as { replicas?: number };
    return [{ id: scenario, placement, uid: resource.uid, clusters, ...(replicas !== undefined && { replicas }) }];
  });
}

/** A placement that was recorded, by the id of its case. @param policy - which one, where the case has several */
export function recordedPlacement(id: string, policy = 0): RecordedPlacement {
  const ofCase = recordedPlacements().filter((each) => each.id === id);
  const distinct = new Map(ofCase.map((each) => [JSON.stringify(each.placement), each]));
  return [...distinct.values()][policy]!;
}

/** Karmada's report about an object that a member had before, for another object. */
export function recordedConflict(cluster: string, { kind, metadata }: KubernetesObject): object {
  const step = recordedSteps().find(({ scenario, step: index }) => scenario === 'scenario-12' && index === 2)!;
  const { aggregatedStatus } = step.bindings[0]!['status'] as { aggregatedStatus: { appliedMessage?: string }[] };
  const item = aggregatedStatus.find(({ appliedMessage }) => appliedMessage !== undefined)!;
  const appliedMessage = item.appliedMessage
    ?.replace('kind=ConfigMap, scenario-12/conf', `kind=${kind}, ${metadata?.namespace}/${metadata?.name}`)
    .replace('k3d-cluster-1', cluster);
  return { ...item, clusterName: cluster, appliedMessage };
}
