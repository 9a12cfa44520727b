import { describe, expect, test } from 'vitest';
import { Clusters } from '../../src/model/clusters';
import { Contract } from '../../src/model/contract';

describe('a contracts file', () => {
  test('says the same as the values', () => {
    const file = `contracts:
  - { on: Deployment/orders/server, keep: 2, losing: cluster }
  - { on: server, keep: 60%, losing: region, mode: evicted }
  - { on: server, keep: 1, losing: [member1, region=eu] }
  - { on: namespace/orders, only: { labels: { residency: eu } } }
  - { on: server, only: [member1] }
  - { on: server, apartFrom: replica, by: provider }
  - { on: client, togetherWith: server }
  - { on: server, atMost: 10 }
  - { on: server, maxSkew: 1, by: region }
`;
    const server = Contract.on('server');
    expect(Contract.parse(file)).toEqual([
      Contract.on({ kind: 'Deployment', metadata: { name: 'server', namespace: 'orders' } })
        .keeps(2)
        .whenLosing('any cluster'),
      server.keepsShare(0.6).whenLosing('any region', { mode: 'evicted' }),
      server.keeps(1).whenLosing(['member1', 'region=eu']),
      Contract.on('namespace/orders').only(Clusters.where({ labels: { residency: 'eu' } })),
      server.only(Clusters.in('member1')),
      server.apartFrom('replica', { by: 'provider' }),
      Contract.on('client').togetherWith('server'),
      server.atMost(10),
      server.maxSkew(1, { by: 'region' }),
    ]);
  });

  test.each([
    ['', /one property "contracts"/],
    ['contracts: {}', /one property "contracts"/],
    ['contracts: [1]', /line 1: contract must be an object/],
    ['contracts:\n  - { on: a, keeps: 2 }', /line 2: contract has no property "keeps"[\s\S]*"keep"/],
    ['contracts:\n  - { on: a }', /line 2: contract: it needs one of keep/],
    ['contracts:\n  - { on: a, keep: 1, atMost: 2 }', /it needs one of keep/],
    ['contracts:\n  - { on: a, keep: 1, by: region }', /"by" has no effect with "keep"/],
    ['contracts:\n  - { on: a, atMost: 1, losing: cluster }', /"losing" has no effect with "atMost"/],
    ['contracts:\n  - { on: a, keep: -1 }', /keeps must be a whole number of at least 1, got -1/],
    ['contracts:\n  - { on: a, keep: 1.5 }', /whole number/],
    [
      'contracts:\n  - { on: a, keep: { toString: 5 } }',
      /keeps must be a whole number of at least 1, got {"toString":5}/,
    ],
    ['contracts:\n  - { on: a, keep: 120% }', /above 0 and at most 1/],
    ['contracts:\n  - { on: a, keep: null, atMost: null }', /it needs one of keep/],
    ['contracts:\n  - { on: a, keep: 1, losing: 5 }', /whenLosing must name a loss/],
    ['contracts:\n  - { on: a, keep: 1, mode: gone }', /mode of whenLosing must be lost/],
    ['contracts:\n  - { on: [], keep: 1 }', /Contract.on must name templates/],
    ['contracts:\n  - { on: a, only: 5 }', /line 2/],
    ['contracts:\n  - { on: a, togetherWith: 5 }', /togetherWith must name templates/],
    ['contracts:\n  - { on: a, atMost: 1, by: rack }', /by of atMost must be cluster/],
    ['contracts: [', /line 1/],
  ])('%j is refused', (text, message) => {
    expect(() => Contract.parse(text)).toThrow(message);
  });
});

test('in words', () => {
  const web = Contract.on('web');
  expect(
    [
      web.keeps(1).whenLosing('any zone'),
      web.keepsShare(0.5).whenLosing(['member1', 'member2'], { mode: 'unjoined' }),
      web.only(Clusters.in('member1')),
      web.only(Clusters.where({ region: 'eu', labels: { tier: { in: ['gold', 'silver'] }, env: 'prod' } })),
      web.apartFrom('db', { by: 'region' }),
      web.togetherWith('db'),
      web.atMost(1),
      web.maxSkew(2, { by: 'zone' }),
    ].map(String),
  ).toEqual([
    'web keeps 1 replica when any zone is lost',
    'web keeps 50% when member1 and member2 are unjoined',
    'web runs only in member1',
    'web runs only in clusters with env=prod, tier In gold or silver, region=eu',
    'web shares no region with db',
    'web runs only in a cluster with db',
    'web has at most 1 replica in a cluster',
    'web differs by at most 2 replicas between zones',
  ]);
});

test.each([null, 5, '', {}, [], { node: {} }, { kind: 'Deployment' }])('Contract.on(%j) is refused', (subject) => {
  expect(() => Contract.on(subject as never)).toThrow(/must name templates/);
});
