import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit, callWebhooks } from '../../src/admission';
import { karmadaKinds } from '../../src/admission/schema/tables';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { readTopic } from '../conformance/support';
import { propertyRuns } from '../support/property-runs';

const kinds = karmadaKinds(defaultKarmadaVersion).map(({ apiVersion, kind }) => ({ apiVersion, kind }));

interface Recorded {
  readonly id: string;
  readonly object: KubernetesObject;
  readonly live: { readonly allowed: boolean };
}

const recorded = readTopic<Recorded>('admission')?.cases ?? [];

/** Any JSON, with the fields that Karmada's objects have more often than others. */
const { anyValue } = fc.letrec((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, 0, 1, -1, 1.5, '', 'a', 'A b', 'Divided', '1Gi'),
    fc.array(tie('anyValue'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'spec',
        'placement',
        'clusterAffinities',
        'overrideRules',
        'overriders',
        'rules',
        'metrics',
        'name',
        'types',
        '__proto__',
        'overall',
        'taints',
      ),
      tie('anyValue'),
      { maxKeys: 4 },
    ),
  ),
}));

describe('any object of any kind', () => {
  test('has an answer: causes, or what is stored', () => {
    const object = fc.record({
      identity: fc.constantFrom(...kinds),
      metadata: anyValue,
      spec: anyValue,
      webhooks: anyValue,
    });
    fc.assert(
      fc.property(object, fc.constantFrom('CREATE', 'UPDATE'), ({ identity, ...fields }, operation) => {
        const sent = { ...identity, ...fields } as unknown as KubernetesObject;
        const { causes, stored } = admit(sent, { operation, oldObject: sent });
        expect(causes.length === 0).toBe(stored !== undefined);
        for (const { code, message, fix } of causes)
          expect([code, message, fix].every((text) => text !== '')).toBe(true);
        callWebhooks(sent, { operation, oldObject: sent });
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

describe('what Karmada allowed', () => {
  const karmada = '1.18'; // the release that was recorded
  const allowed = recorded.filter(({ live }) => live.allowed);

  test.each(allowed)('$id: is stored alike when what is stored is sent again', ({ object }) => {
    const { stored } = admit(object, { karmada });
    expect(admit(stored!, { karmada })).toEqual({ causes: [], stored });
  });

  test.each(allowed)('$id: is left as it was', ({ object }) => {
    const before = JSON.stringify(object);
    admit(deepFrozen(object), { karmada });
    expect(JSON.stringify(object)).toBe(before);
  });
});

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const one of Object.values(value)) deepFrozen(one);
  }
  return value;
}
