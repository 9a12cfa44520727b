import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { planOf } from '../../../src/planner';
import { propertyRuns } from '../../support/property-runs';
import { deployment, policy } from './builders';

const names = ['member1', 'member2', 'member3', 'member4', 'member5'];

describe('a plan of broken manifests', () => {
  test('is made of whatever people write: broken manifests never crash it', () => {
    const junk = fc.jsonValue({ maxDepth: 3 });
    const broken = fc.record(
      {
        apiVersion: fc.constantFrom(
          'v1',
          'apps/v1',
          'batch/v1',
          'policy.karmada.io/v1alpha1',
          'work.karmada.io/v1alpha2',
        ),
        kind: fc.constantFrom(
          'Deployment',
          'Job',
          'Secret',
          'Namespace',
          'PropagationPolicy',
          'ClusterPropagationPolicy',
          'OverridePolicy',
        ),
        metadata: fc.oneof(
          junk,
          fc.record(
            {
              name: fc.constantFrom('a', 'b'),
              namespace: fc.constantFrom('default', 'x'),
              labels: junk,
              annotations: junk,
            },
            { requiredKeys: ['name'] },
          ),
        ),
        spec: fc.oneof(
          junk,
          fc.record(
            {
              replicas: junk,
              template: junk,
              resourceSelectors: fc.oneof(
                junk,
                fc.array(
                  fc.record(
                    {
                      apiVersion: fc.constant('apps/v1'),
                      kind: fc.constant('Deployment'),
                      name: junk,
                      labelSelector: junk,
                    },
                    { requiredKeys: ['apiVersion', 'kind'] },
                  ),
                ),
              ),
              placement: fc.oneof(
                junk,
                fc.record(
                  {
                    clusterAffinity: junk,
                    clusterAffinities: fc.array(junk),
                    clusterTolerations: fc.array(junk),
                    spreadConstraints: fc.array(junk),
                    replicaScheduling: fc.oneof(
                      junk,
                      fc.record({ weightPreference: fc.record({ staticWeightList: fc.array(junk) }) }),
                    ),
                  },
                  { requiredKeys: [] },
                ),
              ),
              dependentOverrides: junk,
              suspension: junk,
              propagateDeps: junk,
              overrideRules: fc.array(junk),
            },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: ['apiVersion', 'kind'] },
    );
    const selectsAll = policy('zz', [['apps/v1', 'Deployment']], { propagateDeps: true });
    fc.assert(
      fc.property(fc.array(broken, { maxLength: 6 }), fc.array(broken, { maxLength: 2 }), (objects, bindings) => {
        const plan = planOf([...objects, selectsAll] as KubernetesObject[], {
          fleet: names.map((name) => ({ name })),
          bindings: bindings as KubernetesObject[],
          deployed: objects as KubernetesObject[],
        });
        for (const name of names) plan.objectsIn(name);
        expect(`${plan}${JSON.stringify(plan)}`).not.toBe('');
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  test('survives a placement, an override and a pod template of any content', () => {
    const junk = fc.jsonValue({ maxDepth: 2 });
    const listed = (fields: Record<string, fc.Arbitrary<unknown>>) =>
      fc.oneof(junk, fc.array(fc.oneof(junk, fc.record(fields, { requiredKeys: [] })), { maxLength: 3 }));
    const affinity = fc.oneof(
      junk,
      fc.record(
        {
          clusterNames: listed({}),
          exclude: junk,
          labelSelector: fc.oneof(
            junk,
            fc.record({ matchLabels: junk, matchExpressions: listed({ key: junk, operator: junk, values: junk }) }),
          ),
          fieldSelector: fc.oneof(
            junk,
            fc.record({
              matchExpressions: listed({
                key: fc.constantFrom('zone', 'region', 1),
                operator: fc.constantFrom('In', 'Exists', 2),
                values: junk,
              }),
            }),
          ),
        },
        { requiredKeys: [] },
      ),
    );
    const placement = fc.record(
      {
        clusterAffinity: affinity,
        clusterAffinities: listed({
          affinityName: junk,
          clusterNames: junk,
          overflowAffinities: listed({ clusterNames: junk }),
        }),
        clusterTolerations: listed({ key: junk, operator: junk }),
        spreadConstraints: listed({
          spreadByField: fc.constantFrom('cluster', 'region', 'zone', 3),
          minGroups: junk,
          maxGroups: junk,
        }),
        replicaScheduling: fc.oneof(
          junk,
          fc.record(
            {
              replicaSchedulingType: fc.constantFrom('Divided', 'Duplicated', 4),
              replicaDivisionPreference: fc.constantFrom('Weighted', 'Aggregated', 5),
              weightPreference: fc.oneof(
                junk,
                fc.record(
                  { staticWeightList: listed({ targetCluster: affinity, weight: junk }), dynamicWeight: junk },
                  { requiredKeys: [] },
                ),
              ),
            },
            { requiredKeys: [] },
          ),
        ),
        workloadAffinity: junk,
      },
      { requiredKeys: [] },
    );
    const federation = fc.record({
      placement,
      replicas: junk,
      podSpec: fc.oneof(
        junk,
        fc.record({
          volumes: listed({ configMap: junk, secret: junk }),
          containers: listed({ env: junk, envFrom: junk, resources: junk, image: junk }),
        }),
      ),
      overrideRules: listed({
        targetCluster: affinity,
        overriders: fc.oneof(
          junk,
          fc.record(
            {
              plaintext: listed({ path: junk, operator: junk, value: junk }),
              imageOverrider: listed({ component: junk, operator: junk, value: junk }),
              labelsOverrider: listed({ operator: junk, value: junk }),
            },
            { requiredKeys: [] },
          ),
        ),
      }),
      capacities: fc.dictionary(fc.constantFrom('member1', 'gone'), fc.nat(9)),
      targets: listed({ name: fc.constantFrom('member1', 'gone'), replicas: junk }),
    });
    fc.assert(
      fc.property(federation, ({ placement: placed, replicas, podSpec, overrideRules, capacities, targets }) => {
        const { spec, ...rest } = deployment('a', 1);
        const override = {
          apiVersion: 'policy.karmada.io/v1alpha1',
          kind: 'OverridePolicy',
          metadata: { name: 'o', namespace: 'default' },
          spec: { overrideRules },
        };
        const binding = {
          apiVersion: 'work.karmada.io/v1alpha2',
          kind: 'ResourceBinding',
          metadata: { name: 'a-deployment', namespace: 'default' },
          spec: { clusters: targets, placement: {} },
        };
        const workload = { ...rest, spec: { ...(spec as object), replicas, template: { spec: podSpec } } };
        const objects = [
          workload,
          policy('p', [['apps/v1', 'Deployment', 'a']], { placement: placed, propagateDeps: true }),
          override,
        ];
        for (const bindings of [[], [binding]]) {
          const plan = planOf(objects, {
            fleet: names.map((name) => ({ name, region: 'eu' })),
            bindings,
            capacities: { 'Deployment/default/a': capacities },
            featureGates: { WorkloadAffinity: true, MultiClusterService: true, PropagationPolicyPreemption: true },
          });
          for (const name of names) plan.objectsIn(name);
          expect(`${plan}${JSON.stringify(plan)}`).not.toBe('');
        }
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});
