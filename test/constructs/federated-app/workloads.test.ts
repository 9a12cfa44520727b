import { join } from 'node:path';
import { ApiObject, type Chart, Helm, Include } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus33 from 'cdk8s-plus-33';
import { describe, expect, test } from 'vitest';
import { ServiceExport } from '../../../imports/multicluster.x-k8s.io';
import { FederatedApp, Placement } from '../../../src';
import { chartIn, names, ofKind, selected, synth } from '../../support/synthesis';

const fixtures = join(__dirname, '../../fixtures/workloads');
const placement = Placement.duplicated('member1');

/** What the namespaced and the cluster policy of a chart select, and whether they send dependencies. */
function policies(chart: Chart) {
  const objects = synth(chart);
  const [policy, ...more] = ofKind(objects, 'PropagationPolicy');
  expect(more).toStrictEqual([]);
  const spec = policy?.spec as { propagateDeps?: boolean } | undefined;
  return {
    selected: selected(policy),
    cluster: selected(ofKind(objects, 'ClusterPropagationPolicy')[0]),
    propagateDeps: spec?.propagateDeps,
  };
}

// The casts: cdk8s-plus does not compile with exactOptionalPropertyTypes.
describe('a FederatedApp sends', () => {
  test.each([
    { name: 'cdk8s-plus-27', plus: plus27 },
    { name: 'cdk8s-plus-33', plus: plus33 as unknown as typeof plus27 },
  ])('a workload of $name, with the ConfigMap and Secret it mentions, and its Service', ({ plus }) => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    const settings = new plus.ConfigMap(app, 'settings', { metadata: { name: 'settings' }, data: { a: 'b' } });
    const secret = new plus.Secret(app, 'token', { metadata: { name: 'token' }, stringData: { a: 'b' } });
    const web = new plus.Deployment(app, 'web', {
      metadata: { name: 'web' },
      containers: [
        { image: 'nginx', portNumber: 80, envFrom: [plus.Env.fromConfigMap(settings as plus27.IConfigMap)] },
      ],
      volumes: [plus.Volume.fromSecret(app, 'volume', secret as plus27.ISecret)],
    });
    web.exposeViaService({ name: 'web' });
    expect(policies(chart)).toStrictEqual({
      selected: ['ConfigMap settings', 'Secret token', 'Deployment web', 'Service web'],
      cluster: [],
      propagateDeps: undefined,
    });
  });

  test('what a cdk8s-plus workload mentions and the chart has elsewhere, by propagateDeps', () => {
    const chart = chartIn();
    const settings = new plus27.ConfigMap(chart, 'settings', { metadata: { name: 'settings' } });
    const app = new FederatedApp(chart, 'web', { placement });
    new plus27.StatefulSet(app, 'db', {
      metadata: { name: 'db' },
      service: new plus27.Service(app, 'service', { metadata: { name: 'db' }, ports: [{ port: 80 }] }),
      containers: [{ image: 'redis', envFrom: [plus27.Env.fromConfigMap(settings as plus27.IConfigMap)] }],
    });
    expect(policies(chart)).toStrictEqual({
      selected: ['Service db', 'StatefulSet db'],
      cluster: [],
      propagateDeps: true,
    });
  });

  test('a cdk8s-plus construct that was made elsewhere and passed in', () => {
    const chart = chartIn();
    const web = new plus33.Deployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'nginx' }] });
    new FederatedApp(chart, 'app', { placement, resources: [web] });
    expect(policies(chart).selected).toStrictEqual(['Deployment web']);
  });

  test('L1 objects: those of Kubernetes and those of the Multi-Cluster Services API', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    new plus27.k8s.KubeJob(app, 'job', {
      metadata: { name: 'migrate' },
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'main', image: 'migrate' }],
            imagePullSecrets: [{ name: 'registry' }],
          },
        },
      },
    });
    new ServiceExport(app, 'export', { metadata: { name: 'web' } });
    expect(policies(chart)).toStrictEqual({
      selected: ['Job migrate', 'ServiceExport web'],
      cluster: [],
      propagateDeps: true,
    });
  });

  test('an Include, with the List in it unfolded', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'store', { placement });
    new Include(app, 'include', { url: join(fixtures, 'include.yaml') });
    expect(policies(chart)).toStrictEqual({
      selected: ['ConfigMap motd', 'StatefulSet store'],
      cluster: ['ClusterRole store:reader'],
      propagateDeps: undefined,
    });
    expect(names(synth(chart))).toStrictEqual([
      'ConfigMap shop/motd',
      'StatefulSet shop/store',
      'ClusterRole shop/store:reader',
      'ClusterPropagationPolicy shop-store-propagation',
      'PropagationPolicy shop/store-propagation',
    ]);
  });

  test('a Helm chart, though it writes a namespace on what is cluster-scoped', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    new Helm(app, 'helm', { chart: 'bitnami/web', releaseName: 'web', helmExecutable: join(fixtures, 'helm') });
    expect(policies(chart)).toStrictEqual({
      selected: ['ServiceAccount web', 'Deployment web'],
      cluster: ['ClusterRole web'],
      propagateDeps: undefined,
    });
  });

  describe('a custom resource', () => {
    const definition = (scope: 'Cluster' | 'Namespaced') => ({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: { group: 'example.com', scope, names: { kind: 'Widget', plural: 'widgets' } },
    });
    const widget = (app: FederatedApp, kind = 'Widget') =>
      new ApiObject(app, kind, { apiVersion: 'example.com/v1', kind, metadata: { name: 'one' } });

    test('with its definition', () => {
      const chart = chartIn();
      const app = new FederatedApp(chart, 'web', { placement });
      new ApiObject(app, 'crd', definition('Namespaced'));
      widget(app);
      expect(policies(chart)).toMatchObject({
        selected: ['Widget one'],
        cluster: ['CustomResourceDefinition widgets.example.com'],
      });
    });

    test('outside all namespaces, as its definition says, wherever that is', () => {
      const chart = chartIn();
      new ApiObject(chart, 'crd', definition('Cluster'));
      widget(new FederatedApp(chart, 'web', { placement }));
      expect(policies(chart)).toMatchObject({ selected: [], cluster: ['Widget one'] });
    });

    test('outside all namespaces, as its definition in a List says', () => {
      const chart = chartIn();
      new ApiObject(chart, 'crds', { apiVersion: 'v1', kind: 'List', items: [definition('Cluster')] } as never);
      widget(new FederatedApp(chart, 'web', { placement }));
      expect(policies(chart)).toMatchObject({ selected: [], cluster: ['Widget one'] });
    });

    test('outside all namespaces, as the author says', () => {
      const chart = chartIn();
      widget(new FederatedApp(chart, 'web', { placement, clusterScoped: ['Widget.example.com'] }));
      expect(policies(chart)).toMatchObject({ selected: [], cluster: ['Widget one'] });
    });

    test('outside all namespaces, as its name says', () => {
      const chart = chartIn();
      widget(new FederatedApp(chart, 'web', { placement }), 'ClusterWidget');
      expect(policies(chart)).toMatchObject({ selected: [], cluster: ['ClusterWidget one'] });
    });

    test('in the namespace of the chart, when nothing says otherwise', () => {
      const chart = chartIn();
      widget(new FederatedApp(chart, 'web', { placement }));
      expect(policies(chart)).toMatchObject({ selected: ['Widget one'], cluster: [] });
    });
  });

  test('the same application however many look at each other for definitions', () => {
    const chart = chartIn();
    for (let index = 0; index < 40; index++) {
      const app = new FederatedApp(chart, `app-${index}`, { placement });
      new ApiObject(app, 'thing', {
        apiVersion: 'example.com/v1',
        kind: 'Thing',
        metadata: { name: `thing-${index}` },
      });
    }
    expect(ofKind(synth(chart), 'PropagationPolicy')).toHaveLength(40);
  });
});
