import { ApiObject, Chart } from 'cdk8s';
import { Service } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { MultiClusterService, type MultiClusterServiceProps } from '../../src/constructs/multi-cluster-service';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { Clusters } from '../../src/model/clusters';
import { refusal, untyped } from '../support/refusal';
import { chartIn, ofKind, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

const service = { apiVersion: 'v1', kind: 'Service', name: 'web' };

describe('MultiClusterService', () => {
  test('writes what its author says, every field of the kind', () => {
    const chart = chartIn();
    new MultiClusterService(chart, 'expose', {
      service,
      types: ['LoadBalancer'],
      ports: [{ name: 'http', port: 80 }],
      providerClusters: Clusters.in('member1'),
      consumerClusters: ['member2', 'member3'],
      range: { clusterNames: ['member1'] },
      serviceProvisionClusters: ['member1'],
      serviceConsumptionClusters: ['member2'],
    });
    const [object] = synth(chart);
    expect(object).toEqual({
      apiVersion: 'networking.karmada.io/v1alpha1',
      kind: 'MultiClusterService',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        types: ['LoadBalancer'],
        ports: [{ name: 'http', port: 80 }],
        providerClusters: [{ name: 'member1' }],
        consumerClusters: [{ name: 'member2' }, { name: 'member3' }],
        range: { clusterNames: ['member1'] },
        serviceProvisionClusters: ['member1'],
        serviceConsumptionClusters: ['member2'],
      },
    });
    expect(checkSchema(object!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(object!)).toEqual([]);
  });

  test('has the name and namespace of its Service, wherever it is made', () => {
    const chart = chartIn();
    const bank = new Chart(chart, 'bank', { namespace: 'bank' });
    const plus = new Service(bank, 'ledger', { metadata: { name: 'ledger' }, ports: [{ port: 80 }] });
    const object = new MultiClusterService(chart, 'expose', { service: plus });
    expect([object.name, object.namespace]).toEqual(['ledger', 'bank']);
    expect(ofKind(synth(chart), 'MultiClusterService')).toMatchObject([
      { metadata: { name: 'ledger', namespace: 'bank' }, spec: { types: ['CrossCluster'] } },
    ]);
  });

  test.each([
    ['a property is misspelled', { provider: ['member1'] }, 'property.unknown'],
    ['there is no Service', { service: undefined }, 'reference.object'],
    ['the Service is none', { service: { ...service, kind: 'Deployment', apiVersion: 'apps/v1' } }, 'reference.object'],
    ['the name is another', { metadata: { name: 'other' } }, 'object.name'],
    ['there are two types', { types: ['CrossCluster', 'LoadBalancer'] }, 'service.types'],
    ['there is no type', { types: [] }, 'service.types'],
    ['the type is no list', { types: 'CrossCluster' }, 'property.type'],
    ['clusters are no list', { providerClusters: 'member1' }, 'property.type'],
    ['a type is unknown', { types: ['ClusterIP'] }, 'property.value'],
    ['a port is too high', { ports: [{ port: 65536 }] }, 'number.range'],
    [
      'two ports have one name',
      {
        ports: [
          { name: 'a', port: 1 },
          { name: 'a', port: 2 },
        ],
      },
      'service.ports',
    ],
    ['clusters are not chosen by name', { providerClusters: Clusters.where({ region: 'eu' }) }, 'clusters.byName'],
    ['a cluster is named twice', { providerClusters: ['member1', 'member1'] }, 'clusters.duplicate'],
  ])('fails when %s', (_, props, code) => {
    const all: MultiClusterServiceProps = untyped({ service, ...props });
    expect(refusal(() => new MultiClusterService(chartIn(), 'expose', all)).code).toBe(code);
  });

  test('fails when metadata put it into another namespace than its Service', () => {
    const chart = chartIn();
    const own = new ApiObject(chart, 'web', { ...service, metadata: { name: 'web' } });
    const props = { service: own, metadata: { namespace: 'bank' } };
    expect(refusal(() => new MultiClusterService(chart, 'expose', props))).toEqual({
      code: 'object.namespace',
      message: `MultiClusterService "shop/expose": metadata.namespace is "bank", but the Service has "shop"
  why: Karmada finds the Service only by its name and namespace
  fix: leave metadata.namespace out`,
    });
  });
});
