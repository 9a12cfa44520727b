import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainlyValid } from '../../../src/admission/schema/plainly-valid';
import { defaulted } from '../../../src/admission/schema/stored-form';
import { type KindDefinition, karmadaKind } from '../../../src/admission/schema/tables';
import { schemaProblems } from '../../../src/admission/schema/validator';
import { defaultKarmadaVersion, type KarmadaVersion, karmadaVersions } from '../../../src/karmada/release';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { readTopic } from '../../conformance/support';
import { propertyRuns } from '../../support/property-runs';

interface Recorded {
  readonly id: string;
  readonly object: KubernetesObject;
}

const recorded = readTopic<Recorded>('admission')?.cases ?? [];

/** An object as it is checked, with the validator's judgement. */
function judged(object: KubernetesObject, karmada: KarmadaVersion) {
  const definition = karmadaKind(object.apiVersion, object.kind, karmada);
  if (!definition) return undefined;
  const complete = defaulted(object, karmada);
  return { plain: isPlainlyValid(definition, complete), valid: schemaProblems(definition, complete).length === 0 };
}

describe('what is plainly valid', () => {
  test('is every recorded object that the validator finds valid', () => {
    const different = recorded.flatMap(({ id, object }) =>
      karmadaVersions.flatMap((karmada) => {
        const judgement = judged(object, karmada);
        return judgement && judgement.plain !== judgement.valid ? [`${id} in ${karmada}`] : [];
      }),
    );
    expect(recorded.length).toBeGreaterThan(0);
    expect(different).toEqual([]);
  });

  test('is valid, whatever was done to the object', () => {
    const objects = recorded.map(({ object }) => object);
    fc.assert(
      fc.property(
        fc.constantFrom(...objects),
        fc.constantFrom(...karmadaVersions),
        fc.array(fc.tuple(fc.nat(), fc.nat(), anyValue), { minLength: 1, maxLength: 3 }),
        (object, karmada, changes) => {
          const changed = structuredClone(object);
          for (const [owner, field, value] of changes) change(changed, owner, field, value);
          const judgement = judged(changed, karmada);
          fc.pre(judgement?.plain === true);
          expect(judgement?.valid).toBe(true);
        },
      ),
      { numRuns: propertyRuns(2000), maxSkipsPerRun: 50 },
    );
  });
});

describe('nothing is plainly valid that', () => {
  const quota: KubernetesObject = {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'FederatedResourceQuota',
    metadata: { name: 'quota' },
    spec: { overall: { cpu: 1 } },
  };
  const definition = karmadaKind(quota.apiVersion, quota.kind, defaultKarmadaVersion) as KindDefinition;

  test.each([
    ['has an unknown field', { ...quota, spec: { overall: {}, overal: {} } }],
    ['has an unknown field of metadata', { ...quota, metadata: { name: 'quota', label: {} } }],
    ['misses a field', { ...quota, spec: {} }],
    ['has a value of another type', { ...quota, spec: { overall: [] } }],
    ['has a fraction for an integer', { ...quota, spec: { overall: { cpu: 1.5 } } }],
    ['has text that does not match', { ...quota, spec: { overall: { cpu: 'much' } } }],
    ['has a value that is not JSON', { ...quota, spec: { overall: { cpu: Number.NaN } } }],
  ])('%s', (_, object) => {
    expect(isPlainlyValid(definition, quota)).toBe(true);
    expect(isPlainlyValid(definition, object)).toBe(false);
  });
});

const anyValue = fc.oneof(
  fc.constantFrom(null, true, 0, 1, -1, 33, 1.5, 2 ** 31, Number.NaN, undefined, '', 'a', 'A b', '1Gi', '__proto__'),
  fc.constantFrom({}, [], [{}], [null], { name: 'a' }, { type: 'a' }, [{ type: 'Ready' }, { type: 'Ready' }]),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.json().map((text) => JSON.parse(text) as unknown),
);

/** Puts a value in the place of one that is there, or under a name that stands somewhere in the object. */
function change(object: object, ownerChoice: number, fieldChoice: number, value: unknown): void {
  const owners: Record<string, unknown>[] = [];
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    owners.push(one as Record<string, unknown>);
    for (const child of Object.values(one)) visit(child);
  };
  visit(object);
  const owner = owners[ownerChoice % owners.length]!;
  const own = Object.keys(owner).filter((name) => !(owner === object && ['apiVersion', 'kind'].includes(name)));
  const names = Array.isArray(owner) ? own : [...own, ...own, ...owners.flatMap(Object.keys)];
  const name = names[fieldChoice % names.length];
  if (name !== undefined && (owner !== object || !['apiVersion', 'kind'].includes(name)))
    owner[name] = structuredClone(value);
}

test('an object of a definition as people write it is plainly valid', () => {
  const size = { description: 'In pieces.', example: 3, nullable: true, type: 'integer' };
  const amount = { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] };
  const rules = [{ rule: 'self.size > 0' }];
  const spec = { type: 'object', properties: { size, amount }, 'x-kubernetes-validations': rules };
  const definition = {
    ...{ apiVersion: 'example.com/v1', kind: 'Shop', plural: 'shops', scope: 'Namespaced' },
    schema: { description: 'A shop.', type: 'object', properties: { spec } },
  } as KindDefinition;
  const shop = (fields: object) => ({ apiVersion: 'example.com/v1', kind: 'Shop', spec: fields });
  expect(isPlainlyValid(definition, shop({ size: 3, amount: '25%' }))).toBe(true);
  expect(isPlainlyValid(definition, shop({ size: 'big' }))).toBe(false);
  // Left to the validator, which accepts it.
  expect(isPlainlyValid(definition, shop({ size: null }))).toBe(false);
});
