import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cluster } from '../../../src/karmada/cluster';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { type Plan, type PlanOptions, planOf } from '../../../src/planner';
import { bindingOf, clusterPolicy, deployment, outcomeOf, policy, weighted } from './builders';

// Issue 11: matchers were kept by object identity for ever, so an edit in place did not reach the next plan.
test('a cluster affinity that is edited in place places anew', () => {
  const labelSelector = { matchLabels: { env: 'prod' } };
  const placement = { clusterAffinity: { labelSelector } };
  const objects = [deployment('pipy', 2), policy('p', [['apps/v1', 'Deployment', 'pipy']], { placement })];
  const fleet = [
    { name: 'member1', labels: { env: 'prod' } },
    { name: 'member2', labels: { env: 'test' } },
  ];
  expect(outcomeOf(objects, { fleet })).toEqual({ kind: 'certain', replicas: { member1: 2 } });
  labelSelector.matchLabels.env = 'test';
  expect(outcomeOf(objects, { fleet })).toEqual({ kind: 'certain', replicas: { member2: 2 } });
});

const names = ['member1', 'member2', 'member3'];
const anyEnv = fc.constantFrom('prod', 'test');
const anyLabels = fc.record({ env: anyEnv });
const anySelector = fc.oneof(
  anyLabels.map((matchLabels) => ({ matchLabels })),
  fc
    .tuple(fc.constantFrom('In', 'NotIn'), anyEnv)
    .map(([operator, env]) => ({ matchExpressions: [{ key: 'env', operator, values: [env] }] })),
);

const anyAffinity = fc.record(
  {
    clusterNames: fc.subarray(names),
    exclude: fc.subarray(names),
    labelSelector: anySelector,
    fieldSelector: fc
      .tuple(fc.constantFrom('zone', 'region'), fc.constantFrom('In', 'NotIn'), fc.constantFrom('a', 'b'))
      .map(([key, operator, value]) => ({ matchExpressions: [{ key, operator, values: [value] }] })),
  },
  { requiredKeys: [] },
);

const anyFleet: fc.Arbitrary<readonly Cluster[]> = fc.tuple(
  ...names.map((name) =>
    fc.record({
      name: fc.constant(name),
      region: fc.constantFrom('a', 'b'),
      zones: fc.subarray(['a', 'b']),
      labels: anyLabels,
      taints: fc.constantFrom([], [], [{ key: 'dedicated', effect: 'NoSchedule' }]),
    }),
  ),
);

const anyPlacement = fc.oneof(
  fc.record({ clusterAffinity: anyAffinity }),
  fc.record({
    clusterAffinities: fc
      .array(anyAffinity, { minLength: 1, maxLength: 2 })
      .map((affinities) => affinities.map((affinity, index) => ({ affinityName: `group-${index}`, ...affinity }))),
  }),
  fc.record({
    replicaScheduling: fc.record({
      replicaSchedulingType: fc.constant('Divided'),
      weightPreference: fc.record({
        staticWeightList: fc.array(fc.record({ targetCluster: anyAffinity, weight: fc.integer({ min: 1, max: 5 }) })),
      }),
    }),
  }),
  fc
    .constantFrom(weighted({ member1: 1, member2: 2 }), weighted({ member1: 2, member2: 1 }))
    .map((spec) => (spec as { placement: object }).placement),
);

const anyTemplate = fc
  .tuple(fc.nat(9), anyEnv)
  .map(([replicas, env]) => deployment('pipy', replicas, { labels: { env } }));

const anyPolicy = fc
  .tuple(fc.constantFrom(policy, clusterPolicy), anySelector, anyPlacement, fc.integer({ min: 0, max: 1 }))
  .map(([make, labelSelector, placement, priority]) => {
    const resourceSelectors = [{ apiVersion: 'apps/v1', kind: 'Deployment', labelSelector }];
    return make('p', [], { resourceSelectors, placement, priority });
  });

const anyOverride = fc
  .tuple(anySelector, anyAffinity, fc.constantFrom('x', 'y'))
  .map(([labelSelector, targetCluster, value]): KubernetesObject => {
    const labelsOverrider = [{ operator: 'add', value: { added: value } }];
    return {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'ClusterOverridePolicy',
      metadata: { name: 'o' },
      spec: {
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', labelSelector }],
        overrideRules: [{ targetCluster, overriders: { labelsOverrider } }],
      },
    };
  });

const anyScript = fc.integer({ min: 1, max: 3 }).map((replicas): KubernetesObject => {
  const luaScript = `function GetReplicas(obj)\n  return ${replicas}, nil\nend`;
  return {
    apiVersion: 'config.karmada.io/v1alpha1',
    kind: 'ResourceInterpreterCustomization',
    metadata: { name: 'c' },
    spec: {
      target: { apiVersion: 'apps/v1', kind: 'Deployment' },
      customizations: { replicaResource: { luaScript } },
    },
  };
});

const anyInput = fc.record({
  objects: fc.tuple(anyTemplate, anyPolicy, anyOverride, anyScript),
  fleet: anyFleet,
  bindings: fc.dictionary(fc.constantFrom(...names), fc.nat(3)).map((targets) => [bindingOf('pipy', targets)]),
  scripted: fc.boolean(),
  bound: fc.boolean(),
});

type Input = typeof anyInput extends fc.Arbitrary<infer Value> ? Value : never;

function planned({ objects, fleet, bindings, scripted, bound }: Input): unknown {
  const options: PlanOptions = { fleet, ...(bound && { bindings }) };
  return everythingIn(planOf(scripted ? objects : objects.slice(0, 3), options));
}

/** All that a plan says, also what it computes when asked. */
function everythingIn(plan: Plan): unknown {
  return JSON.parse(JSON.stringify([plan, String(plan), plan.clusters.map(({ name }) => plan.objectsIn(name))]));
}

/** Gives an object or a list the content of another one, and keeps every object and list inside it that both have. */
function edit(now: Tree, wanted: Tree): void {
  for (const key of Object.keys(now)) if (!Object.hasOwn(wanted, key)) delete now[key];
  if (Array.isArray(now)) now.length = Object.keys(wanted).length;
  for (const [key, next] of Object.entries(wanted)) {
    const part = now[key];
    if (isTree(part) && isTree(next) && Array.isArray(part) === Array.isArray(next)) edit(part, next);
    else now[key] = structuredClone(next);
  }
}

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

test('inputs that are edited in place are planned as a copy of them is', () => {
  fc.assert(
    fc.property(anyInput, anyInput, (first, second) => {
      const input = structuredClone(first);
      planned(input);
      edit(input as unknown as Tree, second as unknown as Tree);
      expect(input).toEqual(second);
      expect(planned(input)).toEqual(planned(structuredClone(second)));
    }),
    { numRuns: 300 },
  );
});
