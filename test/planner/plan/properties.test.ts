import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../../src/karmada/cluster';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { type Plan, planOf, type TemplatePlan } from '../../../src/planner';
import { deployment, policy } from './builders';

const names = ['member1', 'member2', 'member3', 'member4', 'member5'];
const someNames = fc.subarray(names, { minLength: 1 });

const anyCluster = (name: string): fc.Arbitrary<Cluster> =>
  fc.record({
    name: fc.constant(name),
    region: fc.constantFrom('eu', 'us'),
    labels: fc.record({ env: fc.constantFrom('prod', 'test') }),
    taints: fc.constantFrom([], [], [{ key: 'dedicated', effect: 'NoSchedule' }]),
  });
const anyFleet = fc.tuple(...names.map(anyCluster));

const anyAffinity = fc.oneof(
  someNames.map((clusterNames) => ({ clusterNames })),
  fc.constantFrom('prod', 'test').map((env) => ({ labelSelector: { matchLabels: { env } } })),
  someNames.map((exclude) => ({ exclude })),
);
const anyWeights = fc.array(fc.record({ targetCluster: anyAffinity, weight: fc.integer({ min: 1, max: 20 }) }), {
  maxLength: 6,
});
const anyReplicaScheduling = fc.oneof(
  fc.constant({ replicaSchedulingType: 'Duplicated' }),
  fc.constant({ replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' }),
  anyWeights.map((staticWeightList) => ({
    replicaSchedulingType: 'Divided',
    replicaDivisionPreference: 'Weighted',
    weightPreference: { staticWeightList },
  })),
);
const anyPlacement = fc.record(
  { clusterAffinity: anyAffinity, replicaScheduling: anyReplicaScheduling },
  { requiredKeys: [] },
);

/** A few Deployments and the policies that select some of them, by name or all. */
const anyFederation = fc.record({
  deployments: fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(30)), {
    selector: ([name]) => name,
    minLength: 1,
  }),
  policies: fc.uniqueArray(
    fc.tuple(
      fc.constantFrom('p', 'q', 'r'),
      fc.option(fc.constantFrom('a', 'b', 'c')),
      anyPlacement,
      fc.integer({ min: -1, max: 1 }),
    ),
    {
      selector: ([name]) => name,
    },
  ),
});

function objectsOf({
  deployments,
  policies,
}: typeof anyFederation extends fc.Arbitrary<infer Value> ? Value : never): readonly KubernetesObject[] {
  return [
    ...deployments.map(([name, replicas]) => deployment(name, replicas)),
    ...policies.map(([name, selected, placement, priority]) =>
      policy(name, [selected === null ? ['apps/v1', 'Deployment'] : ['apps/v1', 'Deployment', selected]], {
        placement,
        priority,
      }),
    ),
  ];
}

function results({ outcome }: TemplatePlan): readonly ReadonlyMap<string, number>[] {
  if (outcome.kind === 'certain') return [outcome.replicas];
  return outcome.kind === 'either' ? [outcome.ascending, outcome.descending] : [];
}

const textOf = (plan: Plan) =>
  `${plan}\n${JSON.stringify([...plan.templates].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ outcome }) => [...results({ outcome } as TemplatePlan)].map((each) => [...each])))}`;

describe('a plan', () => {
  test('gives divided replicas out exactly, and the full number to each cluster otherwise', () => {
    fc.assert(
      fc.property(anyFederation, anyFleet, (federation, fleet) => {
        for (const template of planOf(objectsOf(federation), { fleet }).templates) {
          for (const result of results(template).filter(({ size }) => size > 0)) {
            const counts = [...result.values()];
            if (template.divided) expect(counts.reduce((sum, each) => sum + each, 0)).toBe(template.replicas);
            else expect(new Set(counts)).toEqual(new Set([template.replicas]));
          }
        }
      }),
    );
  });

  test('names no cluster outside the candidates', () => {
    fc.assert(
      fc.property(anyFederation, anyFleet, (federation, fleet) => {
        for (const template of planOf(objectsOf(federation), { fleet }).templates) {
          for (const cluster of template.possibleClusters) expect(template.candidates).toContain(cluster);
          expect(template.possibleClusters).toEqual(expect.arrayContaining([...template.guaranteedClusters]));
        }
      }),
    );
  });

  test('is the same for the same input, in whatever order it is written', () => {
    fc.assert(
      fc.property(anyFederation, anyFleet, (federation, fleet) => {
        const objects = objectsOf(federation);
        const plan = textOf(planOf(objects, { fleet }));
        expect(textOf(planOf(objects, { fleet }))).toBe(plan);
        expect(textOf(planOf([...objects].reverse(), { fleet: [...fleet].reverse() }))).toBe(plan);
      }),
    );
  });

  test('changes no input', () => {
    fc.assert(
      fc.property(anyFederation, anyFleet, (federation, fleet) => {
        const objects = objectsOf(federation);
        const before = JSON.stringify([objects, fleet]);
        const plan = planOf(objects, { fleet });
        for (const { name } of fleet) plan.objectsIn(name);
        JSON.stringify(plan);
        expect(JSON.stringify([objects, fleet])).toBe(before);
      }),
    );
  });

  test('with static weights, one more replica takes none away', () => {
    fc.assert(
      fc.property(anyWeights, fc.nat(40), anyFleet, (staticWeightList, replicas, fleet) => {
        const placed = (count: number) => {
          const scheduling = { replicaSchedulingType: 'Divided', weightPreference: { staticWeightList } };
          const objects = [
            deployment('a', count),
            policy('p', [['apps/v1', 'Deployment']], { placement: { replicaScheduling: scheduling } }),
          ];
          return results(planOf(objects, { fleet }).templates[0] as TemplatePlan);
        };
        const [before, after] = [placed(replicas + 1), placed(replicas + 2)];
        for (const [cluster, count] of before[0] ?? [])
          expect(after[0]?.get(cluster) ?? 0).toBeGreaterThanOrEqual(count);
        for (const [cluster, count] of before.at(-1) ?? [])
          expect(after.at(-1)?.get(cluster) ?? 0).toBeGreaterThanOrEqual(count);
      }),
    );
  });
});
