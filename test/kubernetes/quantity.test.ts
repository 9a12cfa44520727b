import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { milliValue, parseQuantity } from '../../src/kubernetes/quantity';

const nano = 10n ** 9n;

// Read from Kubernetes apimachinery pkg/api/resource/quantity.go, ParseQuantity and CanonicalizeBytes.
describe('parseQuantity', () => {
  test.each([
    ['1', nano, '1'],
    ['1500m', 1500n * 10n ** 6n, '1500m'],
    ['0.5', nano / 2n, '500m'],
    ['1000m', nano, '1'],
    ['1Gi', 2n ** 30n * nano, '1Gi'],
    ['1024Mi', 2n ** 30n * nano, '1Gi'],
    ['1.5Gi', 3n * 2n ** 29n * nano, '1536Mi'],
    ['1023Ki', 1023n * 1024n * nano, '1023Ki'],
    ['512', 512n * nano, '512'],
    ['1e3', 1000n * nano, '1e3'],
    ['1500e-3', 1500n * 10n ** 6n, '1500e-3'],
    ['1E', 10n ** 18n * nano, '1E'],
    ['100000m', 100n * nano, '100'],
    ['-1.5', -1500n * 10n ** 6n, '-1500m'],
    ['.5', nano / 2n, '500m'],
    ['5.', 5n * nano, '5.'],
    ['001', nano, '001'],
    ['1.500', 1500n * 10n ** 6n, '1.500'],
    ['0.1n', 1n, '1n'],
    ['0Gi', 0n, '0'],
    ['+5', 5n * nano, '+5'],
  ])('%s', (text, nanos, written) => {
    expect(parseQuantity(text)).toEqual({ nanos, text: written });
  });

  test.each(['', 'ten', '1K', '1mi', '1 ', '1,5', '--1', '1.5.1', 'Inf', '1e', '1Gib'])('fails for "%s"', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  test('a typo in an exponent costs nothing', () => {
    expect(parseQuantity('1e99999999999')?.nanos).toBeGreaterThan(10n ** 100n);
  });

  test('what is written back means the same, and is written back alike', () => {
    const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'E-3');
    const number = fc.tuple(fc.integer({ min: -99999, max: 99999 }), fc.option(fc.nat(99999)));
    fc.assert(
      fc.property(number, suffix, ([whole, fraction], unit) => {
        const first = parseQuantity(`${whole}${fraction === null ? '' : `.${fraction}`}${unit}`)!;
        expect(parseQuantity(first.text)).toEqual(first);
      }),
    );
  });
});

test('thousandths are rounded away from zero', () => {
  expect(['1', '1.0001', '-1.0001', '999u'].map((text) => milliValue(parseQuantity(text)!))).toEqual([
    1000n,
    1001n,
    -1001n,
    1n,
  ]);
});

test.each([`${'0'.repeat(1e5)}x`, `${'1'.repeat(1e5)}x`, `${'1'.repeat(5e4)}.${'1'.repeat(5e4)}x`])(
  'a long text that is not an amount is refused at once',
  (text) => {
    const started = performance.now();
    expect(parseQuantity(text)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(500);
  },
);
