import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit } from '../../src/admission/admit';
import { checkSchema } from '../../src/admission/schema/check';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { Clusters } from '../../src/model/clusters';
import { Override } from '../../src/model/override';
import { Placement } from '../../src/model/placement';
import { divideByWeight } from '../../src/planner/schedule/webster';
import { anyClusterName, anyClusters } from '../support/arbitrary-clusters';
import { anyOverride } from '../support/arbitrary-override';
import { anyPlacement } from '../support/arbitrary-placement';

const karmada = defaultKarmadaVersion;
const resourceSelectors = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'pipy' }];

function propagationPolicy(placement: Placement) {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'pipy-propagation', namespace: 'default' },
    spec: { resourceSelectors, placement: placement.toSpec() },
  };
}

function overridePolicy(override: Override) {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name: 'pipy-override', namespace: 'default' },
    spec: { resourceSelectors, overrideRules: [override.toRule()] },
  };
}

describe('any clusters that can be chosen', () => {
  test('are the same when written and read', () => {
    fc.assert(
      fc.property(anyClusters, (clusters) => {
        expect(Clusters.fromSpec(clusters.toSpec())).toEqual(clusters);
      }),
    );
  });
});

describe('any placement that the factories make', () => {
  test('is the same when written and read', () => {
    fc.assert(
      fc.property(anyPlacement, (placement) => {
        const again = Placement.fromSpec(placement.toSpec());
        expect(again.toSpec()).toEqual(placement.toSpec());
        // A manifest does not tell exact replicas from the same weights.
        if (placement.division?.type !== 'exactly') expect(again).toEqual(placement);
      }),
    );
  });

  test('passes the schema of its CustomResourceDefinition', () => {
    fc.assert(
      fc.property(anyPlacement, (placement) => {
        expect(checkSchema(propagationPolicy(placement), { karmada })).toEqual([]);
      }),
    );
  });

  test('is admitted by Karmada, which stores what was written', () => {
    fc.assert(
      fc.property(anyPlacement, (placement) => {
        const { causes, stored } = admit(propagationPolicy(placement), { karmada });
        expect(causes).toEqual([]);
        // The webhook adds a minimum of 1 to a spread without one.
        expect(stored?.spec).toMatchObject({ placement: placement.toSpec() });
      }),
    );
  });
});

describe('any placement of exactly so many here and so many there', () => {
  test('gives every cluster its own number, however ties are decided', () => {
    const anyReplicas = fc.dictionary(anyClusterName, fc.integer({ min: 1, max: 1000 }), { minKeys: 1 });
    fc.assert(
      fc.property(anyReplicas, fc.constantFrom('ascending', 'descending'), (replicas, tieBreak) => {
        const placement = Placement.exactly(replicas);
        const list = placement.toSpec().replicaScheduling!.weightPreference!.staticWeightList!;
        const weights = new Map(list.map(({ targetCluster, weight }) => [targetCluster.clusterNames![0]!, weight]));
        const divided = divideByWeight(placement.replicas!, weights, tieBreak);
        expect(Object.fromEntries(divided)).toEqual(Object.fromEntries(Object.entries(replicas)));
      }),
    );
  });
});

describe('any override that the factories make', () => {
  test('is the same when written and read', () => {
    fc.assert(
      fc.property(anyOverride, (override) => {
        expect(Override.fromRule(override.toRule())).toEqual(override);
      }),
    );
  });

  test('passes the schema and is admitted', () => {
    fc.assert(
      fc.property(anyOverride, (override) => {
        expect(checkSchema(overridePolicy(override), { karmada })).toEqual([]);
        expect(admit(overridePolicy(override), { karmada }).causes).toEqual([]);
      }),
    );
  });
});
