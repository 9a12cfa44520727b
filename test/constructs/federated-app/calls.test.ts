import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Placement } from '../../../src';
import { callsIn } from '../../../src/constructs/federated-app/calls';

const placement = Placement.duplicated('member1');

describe('callsIn', () => {
  test('finds who sends requests to which Service, across charts', () => {
    const root = new App();
    const server = new FederatedApp(new Chart(root, 'a', { namespace: 'back' }), 'pipy', {
      placement,
      image: 'pipy',
      port: 80,
    });
    const chart = new Chart(root, 'b', { namespace: 'front' });
    new FederatedApp(chart, 'curl', { placement, image: 'curl', calls: [server] });
    expect(callsIn(root)).toStrictEqual([{ client: 'Deployment/front/curl', server: 'Service/back/pipy' }]);
  });

  test('names the workload where there is no Service, and each of several', () => {
    const root = new App();
    const chart = new Chart(root, 'a', { namespace: 'shop' });
    const server = new FederatedApp(chart, 'server', { placement, image: 'server' });
    const client = new FederatedApp(chart, 'client', { placement, calls: [server] });
    server.addCalls(client);
    for (const name of ['one', 'two']) {
      new ApiObject(client, name, {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name },
        spec: { template: { spec: { containers: [] } } },
      });
    }
    expect(callsIn(root)).toStrictEqual([
      { client: 'Deployment/shop/server', server: 'DaemonSet/shop/one' },
      { client: 'Deployment/shop/server', server: 'DaemonSet/shop/two' },
      { client: 'DaemonSet/shop/one', server: 'Deployment/shop/server' },
      { client: 'DaemonSet/shop/two', server: 'Deployment/shop/server' },
    ]);
  });
});
