import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { karmadaVersions } from '../../src/karmada/release';
import { Contract } from '../../src/model/contract';
import type { ContractSpec } from '../../src/model/contract-spec';
import { Fleet } from '../../src/model/fleet';
import { applicationData, applicationFrom } from '../../src/model/recorded-application';
import { anyClusters } from '../support/arbitrary-clusters';
import { anyFleetClusters } from '../support/arbitrary-fleet';
import { propertyRuns } from '../support/property-runs';

const anyName = fc.constantFrom('web', 'Deployment/shop/web', 'namespace/shop', 'shop-*');
const anySubject = fc.oneof(
  anyName,
  anyName.map((path) => ({ node: { path } })),
);
const anyStart = anySubject.map((subject) => Contract.on(subject));
const anyGroup = fc.constantFrom('cluster' as const, 'region' as const, 'provider' as const, 'zone' as const);
const anyLoss = fc.oneof(
  anyGroup.map((group) => `any ${group}` as const),
  fc.constantFrom(['member1'], ['region=eu', 'member2']),
);
const anyMode = fc.constantFrom('lost' as const, 'evicted' as const, 'unjoined' as const);

const anyContract: fc.Arbitrary<ContractSpec> = fc
  .oneof(
    fc
      .tuple(anyStart, fc.integer({ min: 1, max: 9 }), anyLoss, anyMode)
      .map(([start, replicas, loss, mode]) => start.keeps(replicas).whenLosing(loss, { mode })),
    fc
      .tuple(anyStart, fc.constantFrom(0.6, 1), anyLoss)
      .map(([start, share, loss]) => start.keepsShare(share).whenLosing(loss)),
    fc.tuple(anyStart, anyClusters).map(([start, clusters]) => start.only(clusters)),
    fc.tuple(anyStart, anySubject, anyGroup).map(([start, other, by]) => start.apartFrom(other, { by })),
    fc.tuple(anyStart, anySubject, anyGroup).map(([start, other, by]) => start.togetherWith(other, { by })),
    fc.tuple(anyStart, fc.nat(9), anyGroup).map(([start, replicas, by]) => start.atMost(replicas, { by })),
    fc.tuple(anyStart, fc.nat(9), anyGroup).map(([start, replicas, by]) => start.maxSkew(replicas, { by })),
  )
  .map(({ spec }) => spec);

const anyApplication = fc.record(
  {
    karmada: fc.constantFrom(...karmadaVersions),
    featureGates: fc.subarray(['Failover', 'PropagateDeps=false']),
    clusters: anyFleetClusters.map((clusters) => Fleet.of(clusters).clusters),
    calls: fc.array(fc.record({ client: fc.string(), server: fc.string() }), { maxLength: 2 }),
    contracts: fc.array(anyContract, { maxLength: 3 }),
  },
  { requiredKeys: ['karmada', 'featureGates', 'calls', 'contracts'] },
);

describe('a recorded application', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(anyApplication, (application) => {
        const text = JSON.stringify(applicationData(application));
        const read = applicationFrom(JSON.parse(text));
        expect(read).toEqual({ ...application, contracts: JSON.parse(JSON.stringify(application.contracts)) });
        expect(JSON.stringify(applicationData(read))).toBe(text);
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  test('any JSON is read, or refused with a ModelError', () => {
    fc.assert(
      fc.property(anyApplication, fc.jsonValue(), fc.nat(20), (application, value, position) => {
        const data = JSON.parse(JSON.stringify(applicationData(application)));
        const holders = [data, data.fleet?.clusters, ...(data.contracts ?? []), ...(data.calls ?? [])].filter(Boolean);
        const holder = holders[position % holders.length];
        const [key = 'x'] = Object.keys(holder).slice(position % Math.max(1, Object.keys(holder).length));
        holder[key] = value;
        try {
          for (const spec of applicationFrom(data).contracts) Contract.of(spec).toString();
        } catch (error) {
          expect((error as Error).name).toBe('ModelError');
        }
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  test.each([
    ['no kind', {}, 'contracts[0].kind of the application must be'],
    ['no subject', { kind: 'atMost', replicas: 1, by: 'cluster' }, 'contracts[0].on of the application is missing'],
    ['a property of another kind', { on: { name: 'web' }, kind: 'only', clusters: {}, by: 'zone' }, 'no property "by"'],
    [
      'a share of 0',
      { on: { name: 'web' }, kind: 'keeps', replicas: { share: 0 }, losing: 'zone', mode: 'lost' },
      'share',
    ],
  ])('refuses a contract with %s', (_, contract, problem) => {
    expect(() => applicationFrom({ version: 1, karmada: '1.19', contracts: [contract] })).toThrow(problem);
  });
});
