import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Override, OverridePolicy, Placement } from '../../../src';
import { Federation } from '../../../src/constructs/federation';
import { chartIn, names, ofKind, selected, synth, synthYaml } from '../../support/synthesis';

const placement = Placement.duplicated('member1', 'member2');

function configMap(scope: Construct, name: string, namespace?: string): ApiObject {
  return new ApiObject(scope, `ConfigMap-${name}-${namespace ?? ''}`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(namespace && { namespace }) },
    data: { key: 'value' },
  });
}

function deployment(scope: Construct, name: string, podSpec: object = {}): ApiObject {
  return new ApiObject(scope, `Deployment-${name}`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: 'nginx' }], ...podSpec },
      },
    },
  });
}

describe('FederatedApp', () => {
  test('sends what a validation has added to it', () => {
    const federation = new Federation({ lint: false });
    const app = new FederatedApp(new Chart(federation, 'shop', { namespace: 'shop' }), 'web', {
      placement,
      image: 'nginx',
    });
    app.node.addValidation({
      validate: () => {
        if (app.node.tryFindChild('ConfigMap-late-') === undefined) configMap(app, 'late');
        return [];
      },
    });
    const objects = synthYaml(federation);
    expect(selected(ofKind(objects, 'PropagationPolicy')[0])).toEqual(['Deployment web', 'ConfigMap late']);
    expect(names(objects)).toContain('ConfigMap shop/late');
  });

  test('makes one PropagationPolicy, named by its id, for what is under it', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    configMap(app, 'settings');
    configMap(new Construct(app, 'deeper'), 'more');
    const objects = synth(chart);
    expect(objects.at(-1)).toStrictEqual({
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: { name: 'web-propagation', namespace: 'shop' },
      spec: {
        resourceSelectors: [
          { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' },
          { apiVersion: 'v1', kind: 'ConfigMap', name: 'more' },
        ],
        placement: {
          clusterAffinity: { clusterNames: ['member1', 'member2'] },
          replicaScheduling: { replicaSchedulingType: 'Duplicated' },
        },
      },
    });
    expect(names(objects)).toStrictEqual([
      'ConfigMap shop/settings',
      'ConfigMap shop/more',
      'PropagationPolicy shop/web-propagation',
    ]);
  });

  test('makes the same of it under App.synth, App.synthYaml, Testing.synth and Federation.synth', () => {
    const build = (root: App) => {
      const chart = new Chart(root, 'web', { namespace: 'shop' });
      const app = new FederatedApp(chart, 'web', {
        placement,
        image: 'nginx',
        port: 80,
        clusterScoped: ['Tenant.example.com'],
      });
      new ApiObject(app, 'Tenant', { apiVersion: 'example.com/v1', kind: 'Tenant', metadata: { name: 'acme' } });
      configMap(app, 'elsewhere', 'other');
      return chart;
    };
    const synthFolder = (root: App) => {
      build(root);
      root.synth();
      const files = readdirSync(root.outdir).filter((file) => file.endsWith('.yaml'));
      return names(files.flatMap((file) => Yaml.load(join(root.outdir, file))));
    };
    const outdir = () => mkdtempSync(join(tmpdir(), 'federated-app-'));

    const root = new App();
    build(root);
    const expected = [
      'Deployment shop/web',
      'Service shop/web',
      // cdk8s writes the namespace of the chart on objects that have none; the API server ignores it.
      'Tenant shop/acme',
      'ConfigMap other/elsewhere',
      'ClusterPropagationPolicy shop-web-propagation',
      'PropagationPolicy shop/web-propagation',
      'PropagationPolicy other/web-propagation',
    ];
    expect(names(synth(build(new App())))).toStrictEqual(expected);
    expect(names(synthYaml(root))).toStrictEqual(expected);
    expect(synthFolder(new App({ outdir: outdir() }))).toStrictEqual(expected);
    expect(synthFolder(new Federation({ outdir: outdir(), lint: false }))).toStrictEqual(expected);
  });

  test('sends what is added after it was made, and after the first synthesis', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    const first = configMap(app, 'first');
    expect(selected(ofKind(synth(chart), 'PropagationPolicy')[0])).toStrictEqual(['ConfigMap first']);
    configMap(app, 'second');
    configMap(app, 'third', 'other');
    const again = synth(chart);
    expect(ofKind(again, 'PropagationPolicy').map(selected)).toStrictEqual([
      ['ConfigMap first', 'ConfigMap second'],
      ['ConfigMap third'],
    ]);
    app.node.tryRemoveChild('ConfigMap-third-other');
    app.node.tryRemoveChild(first.node.id);
    expect(ofKind(synth(chart), 'PropagationPolicy').map(selected)).toStrictEqual([['ConfigMap second']]);
  });

  test('makes the same however often it is synthesized', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx' });
    configMap(app, 'other', 'other');
    const first = synth(chart);
    expect(synth(chart)).toStrictEqual(first);
    expect(synthYaml(chart.node.root as App)).toStrictEqual(first);
  });

  test('makes one PropagationPolicy for each namespace among its objects', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    configMap(app, 'here');
    configMap(app, 'there', 'other');
    configMap(app, 'there-too', 'other');
    const policies = ofKind(synth(chart), 'PropagationPolicy');
    expect(names(policies)).toStrictEqual([
      'PropagationPolicy shop/web-propagation',
      'PropagationPolicy other/web-propagation',
    ]);
    expect(policies.map(selected)).toStrictEqual([['ConfigMap here'], ['ConfigMap there', 'ConfigMap there-too']]);
  });

  test('makes a policy without a namespace in a chart without one', () => {
    const chart = chartIn({});
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx' });
    new ApiObject(app, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
    });
    expect(names(synth(chart))).toStrictEqual([
      'Deployment web',
      'ClusterRole r',
      'ClusterPropagationPolicy default-web-propagation',
      'PropagationPolicy web-propagation',
    ]);
  });

  test('makes a ClusterPropagationPolicy for what is cluster-scoped', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx' });
    new ApiObject(app, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'system:web' },
    });
    const objects = synth(chart);
    expect(ofKind(objects, 'ClusterPropagationPolicy')).toStrictEqual([
      {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'ClusterPropagationPolicy',
        metadata: { name: 'shop-web-propagation' },
        spec: {
          resourceSelectors: [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'system:web' }],
          placement: {
            clusterAffinity: { clusterNames: ['member1', 'member2'] },
            replicaScheduling: { replicaSchedulingType: 'Duplicated' },
          },
        },
      },
    ]);
    expect(ofKind(objects, 'PropagationPolicy').map(selected)).toStrictEqual([['Deployment web']]);
  });

  test('leaves the objects of a nested FederatedApp to that one', () => {
    const chart = chartIn();
    const outer = new FederatedApp(chart, 'outer', { placement, image: 'nginx' });
    const inner = new FederatedApp(outer, 'inner', { placement: Placement.duplicated('member3') });
    configMap(inner, 'settings');
    const policies = ofKind(synth(chart), 'PropagationPolicy');
    expect(Object.fromEntries(policies.map((policy) => [policy.metadata?.name, selected(policy)]))).toStrictEqual({
      'outer-propagation': ['Deployment outer'],
      'inner-propagation': ['ConfigMap settings'],
    });
  });

  test('sends the objects of charts under it, and of each its own namespace', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx' });
    configMap(new Chart(app, 'sub', { namespace: 'other' }), 'settings');
    const policies = ofKind(synth(chart), 'PropagationPolicy');
    expect(policies.map(selected)).toStrictEqual([['Deployment web'], ['ConfigMap settings']]);
  });

  test('unfolds a List, wherever under it', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    const deeper = new Construct(app, 'deeper');
    new ApiObject(deeper, 'list', {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { a: 'b' } },
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'two', namespace: 'other' } },
        {
          apiVersion: 'v1',
          kind: 'List',
          items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'three' } }],
        },
      ],
    });
    const objects = synth(chart);
    expect(names(objects)).toStrictEqual([
      'ConfigMap shop/one',
      'ConfigMap other/two',
      'Secret shop/three',
      'PropagationPolicy shop/web-propagation',
      'PropagationPolicy other/web-propagation',
    ]);
    expect(ofKind(objects, 'PropagationPolicy').map(selected)).toStrictEqual([
      ['ConfigMap one', 'Secret three'],
      ['ConfigMap two'],
    ]);
    expect(objects[0]).toStrictEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'one', namespace: 'shop' },
      data: { a: 'b' },
    });
    expect(synth(chart)).toStrictEqual(objects);
  });

  test('leaves Namespaces and the kinds of Karmada alone', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx' });
    new ApiObject(app, 'Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    new ApiObject(app, 'Rebalancer', {
      apiVersion: 'apps.karmada.io/v1alpha1',
      kind: 'WorkloadRebalancer',
      metadata: { name: 'now' },
    });
    const objects = synth(chart);
    expect(ofKind(objects, 'PropagationPolicy').map(selected)).toStrictEqual([['Deployment web']]);
    expect(ofKind(objects, 'ClusterPropagationPolicy')).toStrictEqual([]);
  });

  test('sends objects that were made elsewhere and passed in', () => {
    const chart = chartIn();
    const shared = configMap(chart, 'shared');
    const set = new Construct(chart, 'set');
    configMap(set, 'one');
    configMap(set, 'two', 'other');
    const list = new ApiObject(chart, 'list', {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'listed' } }],
    });
    new FederatedApp(chart, 'web', { placement, image: 'nginx', resources: [shared, set, list] });
    const objects = synth(chart);
    expect(ofKind(objects, 'PropagationPolicy').map(selected)).toStrictEqual([
      ['Deployment web', 'ConfigMap shared', 'ConfigMap one', 'ConfigMap listed'],
      ['ConfigMap two'],
    ]);
    expect(ofKind(objects, 'List')).toHaveLength(1);
  });

  test('selects an object by the name that a JSON patch gives it', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    configMap(app, 'before').addJsonPatch(JsonPatch.replace('/metadata/name', 'after'));
    expect(ofKind(synth(chart), 'PropagationPolicy').map(selected)).toStrictEqual([['ConfigMap after']]);
  });

  test('sees the dependencies of what it derives', () => {
    const build = (run: (chart: Chart) => string[]) => {
      const chart = chartIn();
      const app = new FederatedApp(chart, 'web', { placement, image: 'nginx' });
      const settings = configMap(chart, 'last');
      app.node.addDependency(settings);
      return run(chart);
    };
    const expected = ['ConfigMap shop/last', 'Deployment shop/web', 'PropagationPolicy shop/web-propagation'];
    expect(build((chart) => names(Testing.synth(chart)))).toStrictEqual(expected);
    expect(build((chart) => names(synthYaml(chart.node.root as App)))).toStrictEqual(expected);
  });

  test('lets patches and labels reach its policies, before there is anything to select', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    ApiObject.of(app.propagationPolicy).addJsonPatch(JsonPatch.add('/spec/priority', 7));
    ApiObject.of(app.clusterPropagationPolicy).metadata.addLabel('team', 'shop');
    configMap(app, 'settings');
    const objects = synth(chart);
    expect(ofKind(objects, 'PropagationPolicy')[0]?.spec).toMatchObject({ priority: 7 });
    expect(ofKind(objects, 'ClusterPropagationPolicy')).toStrictEqual([]);
  });

  test('says the same about the propagation of every namespace', () => {
    const chart = chartIn();
    const mine = new OverridePolicy(chart, 'mine', { overrideRules: [Override.image({ tag: 'edge' })] });
    const app = new FederatedApp(chart, 'web', {
      placement,
      priority: 3,
      preemption: 'Always',
      schedulerName: 'my-scheduler',
      conflictResolution: 'Overwrite',
      activationPreference: 'Lazy',
      preserveResourcesOnDeletion: true,
      schedulePriority: { priorityClassName: 'high' },
      dependentOverrides: [mine],
      propagateDeps: true,
    });
    configMap(app, 'here');
    configMap(app, 'there', 'other');
    const [home, other] = ofKind(synth(chart), 'PropagationPolicy');
    const common = {
      priority: 3,
      preemption: 'Always',
      schedulerName: 'my-scheduler',
      conflictResolution: 'Overwrite',
      activationPreference: 'Lazy',
      preserveResourcesOnDeletion: true,
      schedulePriority: { priorityClassSource: 'KubePriorityClass', priorityClassName: 'high' },
      propagateDeps: true,
    };
    expect(home?.spec).toMatchObject({ ...common, dependentOverrides: ['mine'] });
    expect(other?.spec).toMatchObject(common);
    expect(other?.spec).not.toHaveProperty('dependentOverrides');
  });

  test('remembers which apps it calls, and writes nothing about it', () => {
    const chart = chartIn();
    const server = new FederatedApp(chart, 'server', { placement, image: 'nginx' });
    const before = synth(chart);
    const client = new FederatedApp(chart, 'client', { placement, image: 'curl', calls: [server] });
    server.addCalls(client);
    expect(client.calls).toStrictEqual([server]);
    expect(server.calls).toStrictEqual([client]);
    expect(synth(chart).slice(0, before.length)).toStrictEqual(before);
  });

  test('lists the objects it sends', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx', port: 80 });
    const settings = configMap(app, 'settings');
    expect(app.resources).toStrictEqual([app.deployment, app.service, settings]);
  });
});

describe('what workloads refer to', () => {
  const policyOf = (chart: Chart) => ofKind(synth(chart), 'PropagationPolicy')[0];
  const mounts = (name: string) => ({ volumes: [{ name: 'v', configMap: { name } }] });

  test('becomes a selector where it is in the scope, and propagateDeps is absent', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    deployment(app, 'web', mounts('settings'));
    configMap(app, 'settings');
    const policy = policyOf(chart);
    expect(selected(policy)).toStrictEqual(['Deployment web', 'ConfigMap settings']);
    expect(policy?.spec).not.toHaveProperty('propagateDeps');
  });

  test('sets propagateDeps where it is outside, and is not selected a second time', () => {
    const chart = chartIn();
    configMap(chart, 'settings');
    const app = new FederatedApp(chart, 'web', { placement });
    deployment(app, 'web', mounts('settings'));
    const policy = policyOf(chart);
    expect(selected(policy)).toStrictEqual(['Deployment web']);
    expect(policy?.spec).toMatchObject({ propagateDeps: true });
  });

  test('counts as outside where the object of that name is in another namespace', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    deployment(app, 'web', mounts('settings'));
    configMap(app, 'settings', 'other');
    expect(policyOf(chart)?.spec).toMatchObject({ propagateDeps: true });
  });

  test('gives way to what the author says', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, propagateDeps: false });
    deployment(app, 'web', mounts('settings'));
    expect(policyOf(chart)?.spec).toMatchObject({ propagateDeps: false });
  });

  test('is nothing for a workload without references', () => {
    const chart = chartIn();
    deployment(new FederatedApp(chart, 'web', { placement }), 'web', { serviceAccountName: 'default' });
    expect(policyOf(chart)?.spec).not.toHaveProperty('propagateDeps');
  });
});
