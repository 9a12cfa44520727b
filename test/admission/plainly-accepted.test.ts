import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit } from '../../src/admission';
import { isPlainlyAccepted } from '../../src/admission/plainly-accepted';
import { karmadaVersions } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';

const anyText = fc.constantFrom('member1', 'Cluster', '', 'UPPER', 'a.b', 'x'.repeat(70));
const anyValue = fc.oneof(anyText, fc.integer({ min: -1, max: 3 }), fc.constant(null), fc.boolean(), fc.double());
const mostly = <Value>(usual: fc.Arbitrary<Value>) => fc.oneof({ arbitrary: usual, weight: 20 }, anyValue);
const record = (model: Record<string, fc.Arbitrary<unknown>>) => fc.record(model, { requiredKeys: [] });
const anyNames = mostly(fc.array(mostly(fc.constantFrom('member1', 'member2')), { maxLength: 2 }));
const anyMap = mostly(
  fc.dictionary(fc.constantFrom('app', 'a/b', ''), mostly(fc.constantFrom('web', '')), { maxKeys: 1 }),
);
const anyAffinity = mostly(
  record({ clusterNames: anyNames, exclude: anyNames, labelSelector: mostly(record({ matchLabels: anyMap })) }),
);
const anyWeight = record({ targetCluster: anyAffinity, weight: mostly(fc.integer({ min: 0, max: 3 })) });
const anyScheduling = record({
  replicaSchedulingType: mostly(fc.constantFrom('Divided', 'Duplicated')),
  replicaDivisionPreference: mostly(fc.constantFrom('Weighted', 'Aggregated')),
  weightPreference: mostly(
    record({
      staticWeightList: mostly(fc.array(anyWeight, { maxLength: 2 })),
      dynamicWeight: fc.constantFrom('AvailableReplicas', 'Other'),
    }),
  ),
});
const anySelector = mostly(
  record({
    apiVersion: mostly(fc.constant('apps/v1')),
    kind: mostly(fc.constant('Deployment')),
    name: mostly(fc.constant('web')),
    namespace: mostly(fc.constantFrom('default', 'other')),
    labelSelector: mostly(record({ matchLabels: anyMap })),
  }),
);
const selectors = mostly(fc.array(anySelector, { maxLength: 2 }));
const propagation = record({
  resourceSelectors: selectors,
  placement: mostly(record({ clusterAffinity: anyAffinity, replicaScheduling: mostly(anyScheduling) })),
  propagateDeps: mostly(fc.boolean()),
  priority: mostly(fc.integer()),
  conflictResolution: mostly(fc.constantFrom('Abort', 'Overwrite')),
  other: fc.constant(1),
});
const plaintext = record({
  path: mostly(fc.constant('/spec/replicas')),
  operator: mostly(fc.constantFrom('add', 'replace', 'remove')),
  value: anyValue,
});
const image = record({
  component: mostly(fc.constantFrom('Tag', 'Registry')),
  operator: mostly(fc.constantFrom('add', 'replace')),
  value: mostly(fc.constant('v1')),
});
const override = record({
  resourceSelectors: selectors,
  overrideRules: mostly(
    fc.array(
      record({
        targetCluster: anyAffinity,
        overriders: mostly(record({ plaintext: mostly(fc.array(plaintext)), imageOverrider: fc.array(image) })),
      }),
      { maxLength: 2 },
    ),
  ),
});
const anyPolicy = fc
  .tuple(
    fc.constantFrom('PropagationPolicy', 'ClusterPropagationPolicy', 'OverridePolicy', 'ClusterOverridePolicy'),
    record({ name: mostly(fc.constant('web')), namespace: mostly(fc.constant('default')), labels: anyMap }),
    propagation,
    override,
  )
  .map(([kind, metadata, propagates, overrides]): KubernetesObject => {
    const spec = kind.endsWith('OverridePolicy') ? overrides : propagates;
    return { apiVersion: 'policy.karmada.io/v1alpha1', kind, metadata, spec } as KubernetesObject;
  });

describe('isPlainlyAccepted', () => {
  test('never takes what a control plane refuses', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...karmadaVersions), (policy, karmada) => {
        if (isPlainlyAccepted(policy, new WeakSet())) expect(admit(policy, { karmada }).causes).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test('takes a policy of the usual shape', () => {
    const policy = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
        placement: { clusterAffinity: { clusterNames: ['member1'] }, replicaScheduling: {} },
      },
    };
    expect(isPlainlyAccepted(policy, new WeakSet())).toBe(true);
  });
});
