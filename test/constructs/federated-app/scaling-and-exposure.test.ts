import { ApiObject, Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  type Autoscaling,
  type Exposure,
  Failover,
  FederatedApp,
  type FederatedAppProps,
  Placement,
  Suspension,
} from '../../../src';
import { refusal, untyped } from '../../support/refusal';
import { chartIn, names, ofKind, selected, synth } from '../../support/synthesis';

const placement = Placement.duplicated('member1', 'member2');
const make = (props: Partial<FederatedAppProps>) =>
  refusal(() => new FederatedApp(chartIn(), 'web', { placement, image: 'nginx', ...props }));

/** What a web app with a Deployment and a Service synthesizes to. */
function web(props: Partial<FederatedAppProps>) {
  const chart = chartIn();
  new FederatedApp(chart, 'web', { placement, image: 'nginx', port: 80, ...props });
  return synth(chart);
}

function workload(app: FederatedApp, kind: string, name: string, spec: object = {}): ApiObject {
  return new ApiObject(app, `${kind}-${name}`, { apiVersion: 'apps/v1', kind, metadata: { name }, spec });
}

function failure(build: (app: FederatedApp) => void, props: Partial<FederatedAppProps> = {}): string {
  const chart = chartIn();
  build(new FederatedApp(chart, 'web', { placement, ...props }));
  try {
    synth(chart);
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).join('\n');
  }
  return '';
}

describe('autoscale of a FederatedApp', () => {
  test('by load makes a FederatedHPA, named as the workload', () => {
    const objects = web({ autoscale: { minReplicas: 2, maxReplicas: 10 } });
    expect(objects.at(-1)).toStrictEqual({
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'FederatedHPA',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 2,
        maxReplicas: 10,
      },
    });
    expect(selected(ofKind(objects, 'PropagationPolicy')[0])).toStrictEqual(['Deployment web', 'Service web']);
  });

  test('by the clock makes a CronFederatedHPA', () => {
    const rules = [{ name: 'morning', schedule: '0 8 * * *', targetReplicas: 5 }];
    expect(web({ autoscale: { rules } }).at(-1)).toStrictEqual({
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'CronFederatedHPA',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, rules },
    });
  });

  test('by both lets the clock move the limits of the other', () => {
    const rules = [{ name: 'morning', schedule: '0 8 * * *', targetMinReplicas: 5 }];
    const objects = web({ autoscale: { maxReplicas: 10, rules } });
    expect(names(objects.slice(-2))).toStrictEqual(['FederatedHPA shop/web', 'CronFederatedHPA shop/web']);
    expect(objects.at(-1)?.spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'autoscaling.karmada.io/v1alpha1', kind: 'FederatedHPA', name: 'web' },
    });
  });

  test('is for the only workload with replicas, however late it comes', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement, autoscale: { maxReplicas: 3 } });
    workload(app, 'DaemonSet', 'agent');
    workload(app, 'StatefulSet', 'store');
    expect(ofKind(synth(chart), 'FederatedHPA')[0]).toMatchObject({
      metadata: { name: 'store' },
      spec: { scaleTargetRef: { kind: 'StatefulSet', name: 'store' } },
    });
  });

  test('is for the workload that is named', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', { placement });
    const [one, two] = ['one', 'two'].map((name) => workload(app, 'Deployment', name));
    app.addAutoscaling({ maxReplicas: 3 }, one);
    app.addAutoscaling({ maxReplicas: 4 }, two);
    const autoscalers = ofKind(synth(chart), 'FederatedHPA');
    expect(names(autoscalers)).toStrictEqual(['FederatedHPA shop/one', 'FederatedHPA shop/two']);
  });

  test('fails when it could be for several workloads', () => {
    const build = (app: FederatedApp) => {
      for (const name of ['one', 'two']) workload(app, 'Deployment', name);
    };
    expect(
      failure(build, { autoscale: { maxReplicas: 3 } }),
    ).toBe(`  [shop/web] autoscale could be for shop/web/Deployment-one or shop/web/Deployment-two
    why: Karmada refers to one object by its name
    fix: say which: addAutoscaling(autoscaling, workload)`);
  });

  test('fails when there is no workload to scale', () => {
    expect(
      failure((app) => workload(app, 'DaemonSet', 'agent'), { autoscale: { maxReplicas: 3 } }),
    ).toBe(`  [shop/web] autoscale is set, but the app has no workload with replicas
    why: Karmada refers to one object by its name
    fix: put a workload with replicas under the app, or leave autoscale out`);
  });

  test('fails when the workload is not of the app', () => {
    expect(
      failure((app) => {
        workload(app, 'Deployment', 'web');
        const stranger = new ApiObject(app.node.scope!, 'x', { apiVersion: 'apps/v1', kind: 'Deployment' });
        app.addAutoscaling({ maxReplicas: 3 }, stranger);
      }),
    ).toBe(`  [shop/web] autoscale is for shop/x, which is not a workload with replicas of this app
    why: Karmada has to send both to the same clusters
    fix: put the object under the app, or pass it as one of \`resources\``);
  });

  test('fails when the workload stands at 0 replicas', () => {
    expect(
      failure(() => {}, { image: 'nginx', replicas: 0, autoscale: { maxReplicas: 3 } }),
    ).toBe(`  [shop/web] autoscale is for Deployment "web" at shop/web/Deployment, which has replicas 0
    why: Karmada does not scale up from 0
    fix: set replicas to at least 1, or leave it out`);
  });

  test('fails when the placement is exactly so many replicas', () => {
    expect(make({ placement: Placement.exactly({ member1: 2 }), autoscale: { maxReplicas: 3 } })).toStrictEqual({
      code: 'app.autoscale',
      message: `FederatedApp "shop/web": autoscale is set, but the placement is exactly 2
  why: an autoscaler changes the replicas that the placement fixes
  fix: leave autoscale out, or choose Placement.weighted`,
    });
  });

  test.each<{ autoscale: Autoscaling; code: string; what: string }>([
    { autoscale: {}, code: 'app.autoscale', what: 'autoscale has neither maxReplicas nor rules' },
    {
      autoscale: { minReplicas: 2, rules: [] },
      code: 'app.autoscale',
      what: 'autoscale has minReplicas, but no maxReplicas',
    },
  ])('fails when $what', ({ autoscale, code, what }) => {
    expect(make({ autoscale })).toStrictEqual({
      code,
      message: `FederatedApp "shop/web": ${what}
  why: Karmada scales by load up to a maximum, or on a schedule
  fix: give maxReplicas to scale by load, rules to scale on a schedule`,
    });
  });

  test('fails when a property is misspelled', () => {
    expect(make({ autoscale: untyped({ maxReplica: 3 }) }).message).toBe(
      'autoscale of FederatedApp "shop/web" has no property "maxReplica"\n  fix: write "maxReplicas" in place of "maxReplica"',
    );
  });
});

describe('expose of a FederatedApp', () => {
  test('makes a MultiClusterService, whose Service the policy leaves alone', () => {
    const objects = web({ expose: { consumerClusters: ['member3'] } });
    expect(objects.at(-1)).toStrictEqual({
      apiVersion: 'networking.karmada.io/v1alpha1',
      kind: 'MultiClusterService',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        types: ['CrossCluster'],
        providerClusters: [{ name: 'member1' }, { name: 'member2' }],
        consumerClusters: [{ name: 'member3' }],
      },
    });
    expect(selected(ofKind(objects, 'PropagationPolicy')[0])).toStrictEqual(['Deployment web']);
    expect(names(ofKind(objects, 'Service'))).toStrictEqual(['Service shop/web']);
  });

  test.each<{ name: string; exposure: Exposure; placement: Placement; providers: unknown }>([
    { name: 'those given', exposure: { providerClusters: ['member9'] }, placement, providers: [{ name: 'member9' }] },
    {
      name: 'all, where the placement names none',
      exposure: {},
      placement: Placement.aggregated('a').named('x').orElse('y', 'b'),
      providers: undefined,
    },
  ])('has as providers $name', ({ exposure, placement, providers }) => {
    const { spec } = web({ placement, expose: exposure }).at(-1)!;
    expect((spec as { providerClusters?: unknown }).providerClusters).toStrictEqual(providers);
  });

  test('fails when there is no Service', () => {
    expect(
      failure(() => {}, { image: 'nginx', expose: {} }),
    ).toBe(`  [shop/web] expose is set, but the app has no Service
    why: Karmada refers to one object by its name
    fix: put a Service under the app, or leave expose out`);
  });
});

describe('a FederatedApp says to Karmada', () => {
  test('when its workloads move, and that what they refer to moves along', () => {
    const failover = Failover.of({ application: { unhealthyFor: Duration.minutes(1) } });
    const [policy] = ofKind(web({ failover }), 'PropagationPolicy');
    expect(policy?.spec).toMatchObject({
      failover: { application: { decisionConditions: { tolerationSeconds: 60 } } },
      propagateDeps: true,
    });
  });

  test('nothing about moving what is cluster-scoped', () => {
    const chart = chartIn();
    const failover = Failover.of({ application: {} });
    const app = new FederatedApp(chart, 'web', { placement, image: 'nginx', failover });
    new ApiObject(app, 'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' });
    const [policy] = ofKind(synth(chart), 'ClusterPropagationPolicy');
    expect(Object.keys(policy?.spec as object).sort()).toStrictEqual(['placement', 'resourceSelectors']);
  });

  test('which clusters get no updates', () => {
    const [policy] = ofKind(web({ suspension: Suspension.on('member2') }), 'PropagationPolicy');
    expect(policy?.spec).toMatchObject({ suspension: { dispatchingOnClusters: { clusterNames: ['member2'] } } });
  });
});

describe('a FederatedApp fails when, in plain JavaScript,', () => {
  test.each([
    [{ failover: { application: {} } }, 'policy.failover', 'failover is not a Failover'],
    [{ suspension: { dispatching: true } }, 'policy.suspension', 'suspension is not a Suspension'],
    [{ propagateDeps: 'yes' }, 'policy.propagateDeps', 'propagateDeps is "yes"'],
    [{ overrides: [{ overriders: {} }] }, 'override.rule', 'an override is not an Override'],
    [{ resources: [{ kind: 'Pod' }] }, 'app.construct', 'resources names something that is not a construct'],
    [{ calls: [undefined] }, 'app.calls', 'calls names something that is not a FederatedApp'],
  ])('%o is passed', (props, code, what) => {
    const { code: actual, message } = make(untyped(props));
    expect(actual).toBe(code);
    expect(message.split('\n')[0]).toBe(`FederatedApp "shop/web": ${what}`);
  });
});
