import { expect, test } from 'vitest';
import { karmadaKind } from '../../../src/admission/schema/tables';
import { schemaProblems } from '../../../src/admission/schema/validator';
import { defaultKarmadaVersion } from '../../../src/karmada/release';

const serviceExport = karmadaKind('multicluster.x-k8s.io/v1alpha1', 'ServiceExport', defaultKarmadaVersion)!;

function condition(type: string): object {
  return { type, status: 'True', reason: 'Ready', message: 'ready', lastTransitionTime: '2026-01-31T12:00:00Z' };
}

test('items of a list map may differ in one key', () => {
  const status = { conditions: [condition('Valid'), condition('Ready')] };
  expect(schemaProblems(serviceExport, { status })).toEqual([]);
});

test('fails when an item repeats the keys of a list map', () => {
  const status = { conditions: [condition('Valid'), condition('Ready'), condition('Valid')] };
  expect(schemaProblems(serviceExport, { status })).toMatchObject([
    { instancePath: '/status/conditions', keyword: 'x-kubernetes-list-type', params: { repeated: 2, keys: ['type'] } },
  ]);
});

test('fails when a time is none', () => {
  const status = { conditions: [{ ...condition('Valid'), lastTransitionTime: 'yesterday' }] };
  expect(schemaProblems(serviceExport, { status })).toMatchObject([{ keyword: 'format' }]);
});
