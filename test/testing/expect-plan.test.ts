import { AssertionError } from 'node:assert';
import { App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Federation, Fleet, Placement } from '../../src';
import { Pipy } from '../../src/apps/pipy';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { planOf } from '../../src/planner';
import { expectPlan } from '../../src/testing';
import { refusal } from '../support/refusal';

const fleet = Fleet.of({ member1: { region: 'eu' }, member2: { region: 'eu' }, member3: { region: 'us' } });
const lab = Fleet.of({ 'k3d-cluster-1': {}, 'k3d-cluster-2': {}, 'k3d-cluster-3': {} });

/** The application of the demo: 2 replicas over 10:10:10. */
function demo() {
  const federation = new Federation({ fleet: lab });
  new Pipy(federation, 'pipy');
  return federation;
}

/** A chart with a Deployment and a Service `web`, in a plain cdk8s app. */
function web(placement: Placement, replicas = 3) {
  const app = new App();
  const chart = new Chart(app, 'web', { namespace: 'default' });
  new FederatedApp(chart, 'web', {
    placement,
    image: 'nginx',
    replicas,
    port: 80,
    overrides: [fleet.in('member2').image({ tag: 'edge' })],
  });
  return app;
}

const weighted = web(fleet.weighted({ member1: 2, member2: 1 }));

/** What a statement throws when it does not hold. */
function failureOf(statement: () => unknown): AssertionError {
  try {
    statement();
  } catch (error) {
    if (error instanceof AssertionError) return error;
    throw error;
  }
  throw new Error('the statement holds');
}

describe('expectPlan', () => {
  test('takes fleet, release and gates from the Federation that the constructs are in', () => {
    expectPlan(demo()).toGuarantee('Deployment/pipy', { 'k3d-cluster-2': 1 });
  });

  test('takes a chart, objects, a plan, and the path of a folder', () => {
    const placed = { member1: 2, member2: 1 };
    const chart = weighted.charts[0]!;
    expectPlan(chart, { fleet }).toPlace('Deployment/web', placed);
    expectPlan(chart.toJson(), { fleet }).toPlace('Deployment/web', placed);
    expectPlan(planOf(weighted, { fleet })).toPlace('Deployment/web', placed);
    expectPlan('dist', { fleet: lab }).toPlace('Deployment/curl', { 'k3d-cluster-3': 1 });
  });

  test('prefers the options given to those of the Federation', () => {
    const { 'k3d-cluster-3': _, ...two } = { 'k3d-cluster-1': {}, 'k3d-cluster-2': {}, 'k3d-cluster-3': {} };
    expectPlan(demo(), { fleet: Fleet.of(two) }).toPlace('Deployment/pipy', { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1 });
  });

  test('holds the plan, for snapshots', () => {
    expect(expectPlan(weighted, { fleet }).plan.toString()).toContain('certain member1 2, member2 1');
  });

  test('fails when nothing says which clusters there are', () => {
    expect(refusal(() => expectPlan(weighted))).toMatchObject({ code: 'testing.fleet' });
  });

  test('fails when a path cannot be read', () => {
    expect(refusal(() => expectPlan('no-such-folder', { fleet }))).toMatchObject({
      code: 'testing.unreadable',
      message: expect.stringContaining('no-such-folder: no such file or folder'),
    });
  });
});

describe('toPlace', () => {
  test('holds for a certain result, by short and by whole name, in any order', () => {
    expectPlan(weighted, { fleet })
      .toPlace('Deployment/web', { member2: 1, member1: 2 })
      .toPlace('Deployment/default/web', { member1: 2, member2: 1 })
      .toPlace('Deployment.apps/web', { member1: 2, member2: 1 });
  });

  test('takes clusters alone, for what has no replicas or where they are no matter', () => {
    expectPlan(weighted, { fleet })
      .toPlace('Service/web', ['member2', 'member1'])
      .toPlace('Deployment/web', ['member1', 'member2']);
  });

  test('fails when the UID decides, with both results', () => {
    const failure = failureOf(() =>
      expectPlan(demo()).toPlace('Deployment/pipy', { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1 }),
    );
    expect(failure.message).toBe(
      [
        'expected Deployment/default/pipy to be placed, for certain, in k3d-cluster-1 1, k3d-cluster-2 1',
        `planned under Karmada ${defaultKarmadaVersion}:`,
        '  Deployment/default/pipy  2 replicas  PropagationPolicy/default/pipy-propagation',
        '    either k3d-cluster-1 1, k3d-cluster-2 1',
        '        or k3d-cluster-2 1, k3d-cluster-3 1',
      ].join('\n'),
    );
    expect(failure.expected).toEqual({ certain: { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1 } });
    expect(failure.actual).toEqual({
      either: [
        { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1 },
        { 'k3d-cluster-2': 1, 'k3d-cluster-3': 1 },
      ],
    });
  });

  test('fails when replicas differ, or a cluster is missing', () => {
    const plan = expectPlan(weighted, { fleet });
    expect(failureOf(() => plan.toPlace('Deployment/web', { member1: 1, member2: 2 })).actual).toEqual({
      certain: { member1: 2, member2: 1 },
    });
    expect(failureOf(() => plan.toPlace('Service/web', ['member1'])).actual).toEqual({
      certain: ['member1', 'member2'],
    });
  });

  test('says why an expected cluster is excluded', () => {
    const tainted = Fleet.of({
      member1: {},
      member2: { taints: [{ key: 'maintenance', effect: 'NoSchedule' }] },
    });
    const app = web(Placement.duplicated('member1', 'member2'));
    const failure = failureOf(() => expectPlan(app, { fleet: tainted }).toPlace('Service/web', ['member1', 'member2']));
    expect(failure.message).toMatch(/\n {2}not in member2: .*maintenance/);
  });

  test('fails when the fleet has no such cluster, naming the one that is meant', () => {
    expect(refusal(() => expectPlan(weighted, { fleet }).toPlace('Service/web', ['member1', 'membr2']))).toMatchObject({
      code: 'testing.cluster',
      message: 'cluster "membr2" is expected, but is not in the fleet\n  fix: write "member2"',
    });
  });

  test('fails when there is no such template, or more than one', () => {
    const plan = expectPlan(weighted, { fleet });
    expect(refusal(() => plan.toPlace('Deployment/wbe', {}))).toMatchObject({
      message: 'there is no template "Deployment/wbe"\n  fix: name one of Deployment/default/web',
    });
    const service = (namespace: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace },
    });
    const twice = expectPlan([service('blue'), service('green')], { fleet });
    expect(refusal(() => twice.toBeUnmatched('Service/web'))).toMatchObject({
      message:
        '"Service/web" is the name of 2 templates: Service/blue/web, Service/green/web\n' +
        '  fix: add the namespace or the API group, as in "Service/blue/web"',
    });
    twice.toBeUnmatched('Service/blue/web');
  });

  test('fails when replicas are expected of what has none', () => {
    expect(refusal(() => expectPlan(weighted, { fleet }).toPlace('Service/web', { member1: 1 }))).toMatchObject({
      message: 'Service/default/web has no replicas\n  fix: give a list of clusters: ["member1"]',
    });
  });
});

describe('toPlaceEither', () => {
  const one = { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1 };
  const other = { 'k3d-cluster-2': 1, 'k3d-cluster-3': 1 };

  test('holds for the two results of the demo, in either order', () => {
    expectPlan(demo()).toPlaceEither('Deployment/pipy', one, other).toPlaceEither('Deployment/pipy', other, one);
  });

  test('fails when one of them is not among the results', () => {
    const failure = failureOf(() =>
      expectPlan(demo()).toPlaceEither('Deployment/pipy', one, { 'k3d-cluster-1': 1, 'k3d-cluster-3': 1 }),
    );
    expect(failure.message).toContain(
      'to be placed either in k3d-cluster-1 1, k3d-cluster-2 1\n  or in k3d-cluster-1 1, k3d-cluster-3 1',
    );
  });

  test('fails when the result is certain', () => {
    const failure = failureOf(() =>
      expectPlan(weighted, { fleet }).toPlaceEither('Deployment/web', ['member1'], ['member2']),
    );
    expect(failure.actual).toEqual({ certain: ['member1', 'member2'] });
  });
});

describe('toGuarantee', () => {
  test('holds for what both results have, and for less', () => {
    expectPlan(demo())
      .toGuarantee('Deployment/pipy', { 'k3d-cluster-2': 1 })
      .toGuarantee('Deployment/pipy', ['k3d-cluster-2']);
    expectPlan(weighted, { fleet }).toGuarantee('Deployment/web', { member1: 1 });
  });

  test('fails when only one of the results has it', () => {
    const failure = failureOf(() => expectPlan(demo()).toGuarantee('Deployment/pipy', { 'k3d-cluster-1': 1 }));
    expect(failure.expected).toEqual({ guaranteed: { 'k3d-cluster-1': 1 } });
    expect(failure.actual).toEqual({ guaranteed: { 'k3d-cluster-2': 1 } });
  });
});

describe('toAvoid', () => {
  test('holds for clusters that never receive the template', () => {
    expectPlan(weighted, { fleet }).toAvoid('Deployment/web', ['member3']);
  });

  test('fails when one of the results has a cluster', () => {
    const failure = failureOf(() => expectPlan(demo()).toAvoid('Deployment/pipy', ['k3d-cluster-3']));
    expect(failure.message).toContain('never to be placed in k3d-cluster-3');
    expect(failure.actual).toEqual({ comesTo: ['k3d-cluster-3'] });
  });
});

describe('toBeDecidedAtRunTime', () => {
  const dynamic = web(Placement.dynamicallyWeighted('member1', 'member2'));

  test('holds for dynamic weights without given capacities, with the clusters that are possible', () => {
    expectPlan(dynamic, { fleet })
      .toBeDecidedAtRunTime('Deployment/web')
      .toBeDecidedAtRunTime('Deployment/web', ['member2', 'member1']);
  });

  test('fails when other clusters are possible, and when the planner knows', () => {
    expect(
      failureOf(() => expectPlan(dynamic, { fleet }).toBeDecidedAtRunTime('Deployment/web', ['member1'])),
    ).toMatchObject({ expected: { atRunTime: ['member1'] }, actual: { atRunTime: ['member1', 'member2'] } });
    expect(failureOf(() => expectPlan(weighted, { fleet }).toBeDecidedAtRunTime('Deployment/web')).actual).toEqual({
      certain: { member1: 2, member2: 1 },
    });
  });
});

describe('toBeUnschedulable and toBeUnmatched', () => {
  const nowhere = web(Placement.duplicated('member9'));
  const lonely = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'lonely', namespace: 'default' } }];

  test('hold for a policy that fits no cluster, and for a template without a policy', () => {
    expectPlan(nowhere, { fleet })
      .toBeUnschedulable('Deployment/web')
      .toBeUnschedulable('Deployment/web', 'NoClusterFit');
    expectPlan(lonely, { fleet }).toBeUnmatched('ConfigMap/lonely');
  });

  test('fail when the reason is another, and when the template is placed', () => {
    expect(
      failureOf(() => expectPlan(nowhere, { fleet }).toBeUnschedulable('Deployment/web', 'Unschedulable')),
    ).toMatchObject({
      expected: { unschedulable: 'Unschedulable' },
      actual: { unschedulable: 'NoClusterFit' },
    });
    expect(failureOf(() => expectPlan(weighted, { fleet }).toBeUnmatched('Service/web')).message).toMatch(
      /^expected Service\/default\/web to be unmatched\n/,
    );
  });
});

describe('toDeliver', () => {
  const image = (reference: string) => ({ spec: { template: { spec: { containers: [{ image: reference }] } } } });

  test('holds for part of what a member receives, after revision and overrides', () => {
    expectPlan(weighted, { fleet })
      .toDeliver('Deployment/web', 'member1', { ...image('nginx'), metadata: { name: 'web' } })
      .toDeliver('Deployment/web', 'member2', image('nginx:edge'))
      .toDeliver('Deployment/web', 'member2', { spec: { replicas: 1 } });
  });

  test('fails when a field differs, naming it', () => {
    const failure = failureOf(() =>
      expectPlan(weighted, { fleet }).toDeliver('Deployment/web', 'member2', image('nginx')),
    );
    expect(failure.message).toContain(
      'to be delivered to member2 with the given fields, and spec.template.spec.containers[0].image differs',
    );
    expect(failure).toMatchObject({ expected: 'nginx', actual: 'nginx:edge' });
  });

  test('fails when the cluster never receives it, or only perhaps', () => {
    const never = () => expectPlan(weighted, { fleet }).toDeliver('Deployment/web', 'member3', {});
    expect(failureOf(never).actual).toEqual({ receives: 'never' });
    const perhaps = () => expectPlan(demo()).toDeliver('Deployment/pipy', 'k3d-cluster-1', {});
    expect(failureOf(perhaps).actual).toEqual({ receives: 'perhaps' });
  });
});

describe('toPlaceEverything', () => {
  test('holds where every template is claimed and scheduled', () => {
    expectPlan(demo()).toPlaceEverything();
  });

  test('fails when a template is unmatched', () => {
    const lonely = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'lonely', namespace: 'default' } };
    expect(
      failureOf(() => expectPlan([...weighted.charts[0]!.toJson(), lonely], { fleet }).toPlaceEverything()).message,
    ).toMatch(/^expected ConfigMap\/default\/lonely to be placed\n/);
  });

  test('fails when Karmada cannot make what a member receives', () => {
    const app = new App();
    const chart = new Chart(app, 'web', { namespace: 'default' });
    new FederatedApp(chart, 'web', {
      placement: fleet.duplicated('member1'),
      image: 'nginx',
      overrides: [fleet.in('member1').jsonPatch({ operator: 'remove', path: '/spec/nothing' })],
    });
    expect(failureOf(() => expectPlan(app, { fleet }).toPlaceEverything()).message).toMatch(
      /^expected Deployment\/default\/web to be delivered to member1, but Karmada fails to make it: /,
    );
  });
});

describe('toRun', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 2, template: { spec: { containers: [{ name: 'web', image: 'nginx' }] } } },
  };
  const policy = {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment' }],
      placement: { clusterAffinity: { clusterNames: ['member1', 'member2'] } },
    },
  };
  const override = (value: number) => ({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      overrideRules: [
        {
          targetCluster: { clusterNames: ['member2'] },
          overriders: { plaintext: [{ path: '/spec/replicas', operator: 'replace', value }] },
        },
      ],
    },
  });
  const scaler = {
    apiVersion: 'autoscaling.karmada.io/v1alpha1',
    kind: 'FederatedHPA',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 2,
      maxReplicas: 9,
    },
  };

  test('holds for what runs after overrides and between the bounds of autoscalers', () => {
    expectPlan([deployment, policy, override(0)], { fleet })
      .toPlace('Deployment/web', { member1: 2, member2: 2 })
      .toRun('Deployment/web', { member1: 2 });
    expectPlan([deployment, policy, override(1), scaler], { fleet })
      .toRun('Deployment/web', { member1: [2, 9], member2: 1 })
      .toGuarantee('Deployment/web', { member1: 2, member2: 1 });
  });

  test('fails with both numbers', () => {
    const failure = failureOf(() =>
      expectPlan([deployment, policy, override(0)], { fleet }).toRun('Deployment/web', { member1: 2, member2: 2 }),
    );
    expect(failure.message).toContain('to run member1 2, member2 2, and it runs member1 2');
  });
});
