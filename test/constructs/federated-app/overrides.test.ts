import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Federation, Fleet, Override, Placement } from '../../../src';
import { chartIn, names, ofKind, synth, synthYaml } from '../../support/synthesis';

const fleet = Fleet.of({ member1: {}, member2: {}, member3: {} });
const placement = fleet.duplicated('member1', 'member2', 'member3');

function workload(app: FederatedApp, kind: string, name: string, containers = ['main']): ApiObject {
  return new ApiObject(app, `${kind}-${name}`, {
    apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name },
    spec:
      kind === 'CronJob'
        ? { jobTemplate: { spec: { template: podTemplate(containers) } } }
        : { template: podTemplate(containers) },
  });
}

function podTemplate(containers: readonly string[]) {
  return { spec: { containers: containers.map((name) => ({ name, image: 'nginx:1' })) } };
}

/** `policy: object` for each override policy. */
function overridden(chart: Chart): string[] {
  const objects = synth(chart);
  return [...ofKind(objects, 'OverridePolicy'), ...ofKind(objects, 'ClusterOverridePolicy')].map((policy) => {
    const { resourceSelectors } = policy.spec as { resourceSelectors: { kind: string; name: string }[] };
    return `${policy.kind} ${policy.metadata?.name}: ${resourceSelectors.map(({ kind, name }) => `${kind} ${name}`).join()}`;
  });
}

describe('overrides of a FederatedApp', () => {
  test('have the names that policies had before', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', {
      placement,
      image: 'nginx:1',
      overrides: [fleet.in('member1').image({ tag: 'edge' })],
      overrideNames: { 'Deployment/web': 'web-images' },
    });
    const store = workload(app, 'StatefulSet', 'store');
    app.addOverride(fleet.in('member2').labels({ add: { tier: 'gold' } }), store);
    expect(overridden(chart)).toEqual([
      'OverridePolicy web-images: Deployment web',
      'OverridePolicy store-statefulset-override: StatefulSet store',
    ]);
  });

  test('have names for objects that they edit only', () => {
    const overrideNames = { 'Deployment/wep': 'web-images' };
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx:1', overrideNames });
    expect(() => synth(chart)).toThrow(/overrideNames has a name for "Deployment\/wep".*add an override/s);
    app.addOverride(fleet.in('member1').image({ tag: 'edge' }));
    expect(() => synth(chart)).toThrow('"Deployment/web"');
    const wrong = { placement, image: 'nginx:1', overrideNames: { 'Deployment/other': '' } };
    expect(() => new FederatedApp(chart, 'other', wrong)).toThrow('overrideNames');
  });

  test('edit the object that a construct stands for, not those below it', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    const deployment = new kplus.Deployment(app, 'server', { metadata: { name: 'server' }, replicas: 1 });
    deployment.addContainer({ image: 'nginx', portNumber: 80 });
    deployment.exposeViaService({ name: 'server' });
    app.addOverride(Override.labels({ add: { tier: 'edge' } }).for('member2'), deployment);
    expect(overridden(chart)).toEqual(['OverridePolicy server-deployment-override: Deployment server']);
  });

  test('edit every object below a construct that stands for none', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    const group = new Construct(app, 'group');
    for (const name of ['a', 'b'])
      new ApiObject(group, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    app.addOverride(Override.labels({ add: { tier: 'edge' } }).for('member2'), group);
    expect(overridden(chart)).toEqual([
      'OverridePolicy a-configmap-override: ConfigMap a',
      'OverridePolicy b-configmap-override: ConfigMap b',
    ]);
  });

  test('become one OverridePolicy for the object, before the policy that sends it', () => {
    const chart = chartIn();
    new FederatedApp(chart, 'web', {
      placement,
      image: 'nginx',
      port: 80,
      overrides: [fleet.in('member3').image({ tag: 'edge' }), fleet.in('member1').labels({ add: { tier: 'gold' } })],
    });
    const objects = synth(chart);
    expect(names(objects)).toStrictEqual([
      'Deployment shop/web',
      'Service shop/web',
      'OverridePolicy shop/web-deployment-override',
      'PropagationPolicy shop/web-propagation',
    ]);
    expect(objects[2]).toStrictEqual({
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'web-deployment-override', namespace: 'shop' },
      spec: {
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
        overrideRules: [
          {
            targetCluster: { clusterNames: ['member3'] },
            overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: 'edge' }] },
          },
          {
            targetCluster: { clusterNames: ['member1'] },
            overriders: { labelsOverrider: [{ operator: 'add', value: { tier: 'gold' } }] },
          },
        ],
      },
    });
  });

  test('of images are for all workloads whose containers Karmada finds', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, overrides: [fleet.in('member1').image({ tag: 'edge' })] });
    workload(app, 'Deployment', 'web');
    workload(app, 'StatefulSet', 'store');
    workload(app, 'CronJob', 'nightly');
    expect(overridden(chart)).toStrictEqual([
      'OverridePolicy web-deployment-override: Deployment web',
      'OverridePolicy store-statefulset-override: StatefulSet store',
    ]);
  });

  test('of an image at a path are for the objects that have the path', () => {
    const path = '/spec/jobTemplate/spec/template/spec/containers/0/image';
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', {
      placement,
      overrides: [fleet.in('member1').image({ tag: 'edge', path })],
    });
    workload(app, 'Deployment', 'web');
    workload(app, 'CronJob', 'nightly');
    expect(overridden(chart)).toStrictEqual(['OverridePolicy nightly-cronjob-override: CronJob nightly']);
  });

  test('of arguments are for the workloads with that container', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', {
      placement,
      overrides: [fleet.in('member1').args({ container: 'worker', add: ['-v'] })],
    });
    workload(app, 'Deployment', 'web');
    workload(app, 'Deployment', 'worker', ['main', 'worker']);
    expect(overridden(chart)).toStrictEqual(['OverridePolicy worker-deployment-override: Deployment worker']);
  });

  test('of a text in a field are for the objects with that text', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', {
      placement,
      image: 'nginx',
      overrides: [
        fleet
          .in('member1')
          .fieldPatch('/data/app.yaml', { yaml: [{ operator: 'replace', path: '/level', value: 'debug' }] }),
      ],
    });
    const data = (id: string, data: object) =>
      new ApiObject(app, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data });
    data('settings', { 'app.yaml': 'level: info' });
    data('other', { 'other.yaml': 'level: info' });
    expect(overridden(chart)).toStrictEqual(['OverridePolicy settings-configmap-override: ConfigMap settings']);
  });

  test('by JSON patch are for the workloads, unless they name an object', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', {
      placement,
      image: 'nginx',
      port: 80,
      overrides: [fleet.in('member1').jsonPatch({ operator: 'replace', path: '/spec/replicas', value: 1 })],
    });
    const patch = fleet.in('member2').jsonPatch({ operator: 'replace', path: '/spec/ports/0/port', value: 81 });
    app.addOverride(patch, app.service!);
    expect(overridden(chart)).toStrictEqual([
      'OverridePolicy web-deployment-override: Deployment web',
      'OverridePolicy web-service-override: Service web',
    ]);
  });

  test('of what is cluster-scoped become a ClusterOverridePolicy', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    const role = new ApiObject(app, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'system:web' },
    });
    app.addOverride(Override.labels({ add: { tier: 'gold' } }), role);
    expect(overridden(chart)).toStrictEqual([
      'ClusterOverridePolicy system.web-clusterrole-override: ClusterRole system:web',
    ]);
    expect(ofKind(synth(chart), 'ClusterOverridePolicy')[0]?.metadata).toStrictEqual({
      name: 'system.web-clusterrole-override',
    });
  });

  test('may be added after a synthesis', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx' });
    expect(overridden(chart)).toStrictEqual([]);
    app.addOverride(fleet.in('member1').image({ tag: 'one' }));
    expect(overridden(chart)).toHaveLength(1);
    app.addOverride(fleet.in('member2').image({ tag: 'two' }));
    expect(ofKind(synth(chart), 'OverridePolicy')[0]?.spec).toMatchObject({
      overrideRules: [
        { targetCluster: { clusterNames: ['member1'] } },
        { targetCluster: { clusterNames: ['member2'] } },
      ],
    });
  });

  test.each([{ make: () => new App() }, { make: () => new Federation({ lint: false }) }])(
    'stay in the order they were asked for, by object or not',
    ({ make }) => {
      const app = make();
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      const web = new FederatedApp(chart, 'web', {
        placement: fleet.duplicated('member1'),
        image: 'nginx:1',
        port: 80,
      });
      const labels = (value: string) => Override.labels({ add: { value } });
      web.addOverride(labels('one'));
      web.addOverride(labels('two'), web.deployment!, web.service!);
      web.addOverride(labels('three'), web);
      const values = ofKind(synthYaml(app), 'OverridePolicy').map(({ metadata, spec }) => [
        metadata?.name,
        JSON.stringify(spec)
          .match(/one|two|three/g)
          ?.join(),
      ]);
      expect(values).toEqual([
        ['web-deployment-override', 'one,two,three'],
        ['web-service-override', 'two,three'],
      ]);
    },
  );

  test('are in the namespace of the object', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    const one = (id: string, namespace: string) =>
      new ApiObject(app, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same', namespace } });
    app.addOverride(Override.labels({ add: { tier: 'gold' } }), one('a', 'shop'), one('b', 'other'));
    expect(names(ofKind(synth(chart), 'OverridePolicy'))).toStrictEqual([
      'OverridePolicy shop/same-configmap-override',
      'OverridePolicy other/same-configmap-override',
    ]);
  });

  test('fails when nothing has what the override edits', () => {
    const chart = chartIn();
    new FederatedApp(chart, 'web', {
      placement: Placement.duplicated('member1'),
      image: 'nginx',
      overrides: [fleet.in('member1').args({ container: 'wbe', add: ['-v'] })],
    });
    expect(() => synth(chart)).toThrow(
      new Error(`Validation failed with the following errors:
  [shop/web] no object of the app has what the override for member1 edits (argsOverrider)
    why: Karmada would store an override without effect
    fix: correct the container name or the path, or name the object: addOverride(override, object)`),
    );
  });

  test('fails when the object named is not of the app', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx' });
    const stranger = new ApiObject(chart, 'stranger', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
    app.addOverride(Override.labels({ add: { tier: 'gold' } }), stranger);
    expect(() => synth(chart)).toThrow(
      new Error(`Validation failed with the following errors:
  [shop/web] the override (labelsOverrider) is for shop/stranger, which this app does not send
    why: other policies decide which clusters the object goes to, if any
    fix: put the object under shop/web, or pass it as one of \`resources\``),
    );
  });
});
