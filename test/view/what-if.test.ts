import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { karmadaVersions } from '../../src/karmada/release';
import { asWritten, isAsWritten, readWhatIf, type WhatIf, whatIfText } from '../../src/view/what-if';

const key = fc.string({ minLength: 1, unit: 'grapheme' });
const count = fc.nat(100_000);
const anyWhatIf: fc.Arbitrary<WhatIf> = fc
  .record({
    replicas: fc.dictionary(key, count, { maxKeys: 4, noNullPrototype: true }),
    weights: fc.dictionary(
      key,
      fc.array(fc.option(fc.integer({ min: 1, max: 100_000 })), { minLength: 1, maxLength: 4 }),
      {
        maxKeys: 3,
        noNullPrototype: true,
      },
    ),
    out: fc.uniqueArray(key, { maxLength: 3 }),
    how: fc.constantFrom('lost', 'evicted', 'unjoined'),
    karmada: fc.option(fc.constantFrom(...karmadaVersions), { nil: undefined }),
  })
  .map(({ karmada, how, ...rest }) => ({
    ...rest,
    // The address has no kind of a loss without a loss.
    how: rest.out.length === 0 ? 'lost' : (how as WhatIf['how']),
    ...(karmada && { karmada }),
  }));

describe('what if', () => {
  test('comes back from the address as it was', () => {
    fc.assert(
      fc.property(anyWhatIf, (whatIf) => {
        expect(readWhatIf(whatIfText(whatIf))).toEqual(whatIf);
      }),
    );
  });

  test('any address can be read', () => {
    fc.assert(
      fc.property(fc.string(), (fragment) => {
        readWhatIf(fragment);
      }),
    );
  });

  test.each([
    'replicas=Deployment/default/pipy:-1',
    'replicas=Deployment/default/pipy:1e9',
    'replicas=:3',
    'weights=PropagationPolicy/default/pipy:1,x',
    'weights=PropagationPolicy/default/pipy:1,0',
    'how=burned',
    'karmada=9.9',
    'open=Deployment/default/pipy',
  ])('%s says nothing', (fragment) => {
    expect(isAsWritten(readWhatIf(fragment))).toBe(true);
  });

  test('is empty as written', () => {
    expect(whatIfText(asWritten)).toBe('');
    expect(isAsWritten({ ...asWritten, weights: { a: [null, null] } })).toBe(true);
  });
});
