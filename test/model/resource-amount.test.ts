import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { type Quantity, quantitiesSpec, quantitySpec } from '../../src/model/resource-amount';
import { refusal, untyped } from '../support/refusal';

describe('quantitySpec', () => {
  test.each<[Quantity, number | string]>([
    [2, 2],
    [0.5, '0.5'],
    [1e21, '1e+21'],
    ['500m', '500m'],
    ['4Gi', '4Gi'],
    ['1e3', '1e3'],
    ['.5', '.5'],
    [Size.gibibytes(20), '20Gi'],
    [Cpu.millis(250), '250m'],
  ])('writes %j as %j', (quantity, written) => {
    expect(quantitySpec(quantity, 'cpu')).toBe(written);
  });

  test.each(['ten', '4 Gi', '4GB', '', '1e', Number.NaN, Number.POSITIVE_INFINITY, true, null, undefined, {}])(
    'fails when the amount is %j',
    (quantity) => {
      expect(refusal(() => quantitySpec(untyped(quantity), 'cpu')).code).toBe('quantity.syntax');
    },
  );

  test('fails when the amount is negative', () => {
    expect(refusal(() => quantitySpec('-500m', 'overall.cpu'))).toEqual({
      code: 'quantity.negative',
      message: 'overall.cpu must not be negative, got "-500m"\n  fix: write 0 or more',
    });
  });

  test('writes of any number what the schema takes', () => {
    const amount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(amount, (number) => {
        const quota = { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'FederatedResourceQuota' };
        const spec = { overall: { cpu: quantitySpec(number, 'cpu') } };
        expect(checkSchema({ ...quota, spec }, { karmada: defaultKarmadaVersion })).toEqual([]);
      }),
    );
  });
});

describe('quantitiesSpec', () => {
  test('writes amounts by resource, and drops what is undefined', () => {
    expect(quantitiesSpec(untyped({ cpu: 1, memory: undefined }), 'overall')).toEqual({ cpu: 1 });
  });

  test.each([[undefined], [5], [['cpu']]])('fails when the amounts are %j', (quantities) => {
    expect(refusal(() => quantitiesSpec(untyped(quantities), 'overall')).code).toBe('property.type');
  });
});
