import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { nativeReplicas } from '../../../src/kubernetes/replicas';
import { type PlanOptions, planOf, type TemplatePlan } from '../../../src/planner';
import { bindingOf, core, deployment, duplicated, even, fleet, pipy, policy, weighted } from '../plan/builders';

/** The final numbers of one template, as a plain object: `2`, `2..3`, `held`. */
function finalOf(
  objects: readonly KubernetesObject[],
  options: Partial<PlanOptions> = {},
  key = 'Deployment/default/pipy',
) {
  const template = planOf(objects, { fleet, ...options }).template(key) as TemplatePlan;
  return Object.fromEntries(
    Array.from(template.final, ([cluster, { min, max, held }]) => [
      cluster,
      held === undefined ? (min === max ? min : `${min}..${max}`) : 'held',
    ]),
  );
}

function override(overriders: object, clusterNames: readonly string[], kind = 'OverridePolicy'): KubernetesObject {
  const metadata = kind === 'OverridePolicy' ? { name: 'o', namespace: 'default' } : { name: 'o' };
  const overrideRules = [{ targetCluster: { clusterNames }, overriders }];
  return { apiVersion: 'policy.karmada.io/v1alpha1', kind, metadata, spec: { overrideRules } };
}

const replaced = (path: string, value: unknown) => ({ plaintext: [{ path, operator: 'replace', value }] });
const all = duplicated('member1', 'member2');

function autoscaler(kind: string, spec: object, apiVersion = 'autoscaling.karmada.io/v1alpha1'): KubernetesObject {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'pipy' };
  return { apiVersion, kind, metadata: { name: 'pipy', namespace: 'default' }, spec: { scaleTargetRef, ...spec } };
}
const hpa = (spec: object) => autoscaler('HorizontalPodAutoscaler', spec, 'autoscaling/v2');
const withHpa = [...[pipy], ['autoscaling/v2', 'HorizontalPodAutoscaler', 'pipy'] as const];

describe('the final numbers', () => {
  test('are those of the scheduler where nothing changes them', () => {
    expect(finalOf([deployment('pipy', 4), policy('p', [pipy], weighted({ member1: 1, member2: 1 }))])).toEqual({
      member1: 2,
      member2: 2,
    });
  });

  test('are a range where the UID decides, and one number for each result', () => {
    const objects = [deployment('pipy', 4), policy('p', [pipy], even)];
    expect(finalOf(objects)).toEqual({ member1: '1..2', member2: 1, member3: '1..2' });
    const template = planOf(objects, { fleet }).template('Deployment/default/pipy') as TemplatePlan;
    expect(template.finalWhen('ascending').get('member1')).toMatchObject({ min: 2, max: 2 });
    expect(template.finalWhen('descending').get('member1')).toMatchObject({ min: 1, max: 1 });
  });

  test('have the replicas that an override writes, and say which', () => {
    const objects = [
      deployment('pipy', 2),
      policy('p', [pipy], all),
      override(replaced('/spec/replicas', 0), ['member2'], 'ClusterOverridePolicy'),
    ];
    const template = planOf(objects, { fleet }).template('Deployment/default/pipy') as TemplatePlan;
    expect(Object.fromEntries(template.final)).toEqual({
      member1: { min: 2, max: 2, because: [] },
      member2: { min: 0, max: 0, because: ['ClusterOverridePolicy/o sets the replicas'] },
    });
    expect(template.outcome).toEqual({
      kind: 'certain',
      replicas: new Map([
        ['member1', 2],
        ['member2', 2],
      ]),
    });
  });

  test.each([
    [
      'a removed number is the default of the API server',
      { plaintext: [{ path: '/spec/replicas', operator: 'remove' }] },
      1,
    ],
    ['a number that a member refuses is held', replaced('/spec/replicas', 'three'), 'held'],
  ])('after an override: %s', (_, overriders, expected) => {
    const objects = [deployment('pipy', 2), policy('p', [pipy], all), override(overriders, ['member2'])];
    expect(finalOf(objects)).toEqual({ member1: 2, member2: expected });
  });

  test('are held where an override fails, also for objects without replicas', () => {
    const objects = [
      core('ConfigMap', 'pipy', { data: { tier: 'a' } }),
      policy('p', [['v1', 'ConfigMap']], all),
      override(replaced('/spec/replicas', 1), ['member2']),
    ];
    expect(finalOf(objects, {}, 'ConfigMap/default/pipy')).toEqual({ member1: 0, member2: 'held' });
  });

  test('are not held where an override needs a default of the API server', () => {
    const objects = [
      deployment('pipy', 2),
      policy('p', [pipy], all),
      override(replaced('/spec/revisionHistoryLimit', 1), ['member2']),
    ];
    expect(finalOf(objects)).toEqual({ member1: 2, member2: 2 });
  });

  test('of a failed override may be those of the earlier copy', () => {
    const objects = [
      deployment('pipy', 5),
      policy('p', [pipy], all),
      override(replaced('/spec/no/such', 1), ['member2']),
    ];
    const bindings = [bindingOf('pipy', { member1: 2, member2: 2 })];
    const final = planOf(objects, { fleet, bindings }).template('Deployment/default/pipy')?.final;
    expect(final?.get('member2')).toMatchObject({ min: 0, max: 2 });
    expect(final?.get('member2')?.held).toContain('OverridePolicy/default/o');
  });

  test('may be the earlier ones where the copies retain their replicas', () => {
    const labels = { 'resourcetemplate.karmada.io/retain-replicas': 'true' };
    const objects = [deployment('pipy', 5, { labels }), policy('p', [pipy], all)];
    expect(finalOf(objects)).toEqual({ member1: 5, member2: 5 });
    expect(finalOf(objects, { bindings: [bindingOf('pipy', { member1: 2 })] })).toEqual({
      member1: '2..5',
      member2: 5,
    });
  });

  test('are held in a cluster whose dispatching is suspended', () => {
    const suspension = { dispatchingOnClusters: { clusterNames: ['member2'] } };
    const objects = [deployment('pipy', 2), policy('p', [pipy], { ...all, suspension })];
    expect(finalOf(objects)).toEqual({ member1: 2, member2: 'held' });
  });

  test('are all replicas in each cluster for a kind that Karmada cannot revise', () => {
    const flink = {
      apiVersion: 'flink.apache.org/v1beta1',
      kind: 'FlinkDeployment',
      metadata: { name: 'pipy', namespace: 'default' },
      spec: { jobManager: { replicas: 1 }, taskManager: { replicas: 3 } },
    };
    const serving = fleet.map(({ name }) => ({
      name,
      apiEnablements: [{ groupVersion: flink.apiVersion, kinds: [flink.kind] }],
    }));
    const selected = [[flink.apiVersion, flink.kind]] as const;
    expect(
      finalOf(
        [flink, policy('p', selected, weighted({ member1: 1, member2: 1 }))],
        { fleet: serving },
        'FlinkDeployment/default/pipy',
      ),
    ).toEqual({ member1: 4, member2: 4 });
  });

  test('are all components in each cluster with the gate MultiplePodTemplatesScheduling', () => {
    const job = {
      apiVersion: 'kubeflow.org/v1',
      kind: 'PyTorchJob',
      metadata: { name: 'pipy', namespace: 'default' },
      spec: { pytorchReplicaSpecs: { Master: { template: {} }, Worker: { replicas: 3, template: {} } } },
    };
    const serving = fleet.map(({ name }) => ({
      name,
      apiEnablements: [{ groupVersion: job.apiVersion, kinds: [job.kind] }],
    }));
    const objects = [job, policy('p', [[job.apiVersion, job.kind]], weighted({ member1: 1, member2: 1 }))];
    const gates = { featureGates: { MultiplePodTemplatesScheduling: true }, fleet: serving };
    const template = planOf(objects, gates).template('PyTorchJob/default/pipy') as TemplatePlan;
    expect(template.outcome).toEqual({
      kind: 'certain',
      replicas: new Map([
        ['member1', 0],
        ['member2', 0],
      ]),
    });
    expect(template.components).toEqual([
      { name: 'master', replicas: 1 },
      { name: 'worker', replicas: 3 },
    ]);
    expect(template.final.get('member2')).toEqual({
      min: 4,
      max: 4,
      because: ['a PyTorchJob goes whole to each cluster: 1 master and 3 worker'],
    });
    expect(finalOf(objects, { fleet: serving }, 'PyTorchJob/default/pipy')).toEqual({ member1: 0, member2: 0 });
  });

  test('of a Job are at most its share of the completions', () => {
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'pipy', namespace: 'default' },
      spec: { parallelism: 4, completions: 4, template: { spec: { containers: [] } } },
    };
    const objects = [job, policy('p', [['batch/v1', 'Job']], weighted({ member1: 3, member2: 1 }))];
    expect(finalOf(objects, {}, 'Job/default/pipy')).toEqual({ member1: 3, member2: 1 });
  });

  test('agree with the copies that the members receive', () => {
    const anyOverrider = fc.oneof(
      fc.nat(9).map((value) => replaced('/spec/replicas', value)),
      fc.constant(replaced('/spec/no/such', 1)),
      fc.constant(replaced('/spec/template/spec/containers/0/image', 'nginx:2')),
      fc.constant({ labelsOverrider: [{ operator: 'add', value: { tier: 'a' } }] }),
      fc.constant({ imageOverrider: [{ component: 'Tag', operator: 'replace', value: '2' }] }),
    );
    const anyOverride = fc.tuple(
      anyOverrider,
      fc.subarray(fleet.map(({ name }) => name)),
      fc.constantFrom('OverridePolicy', 'ClusterOverridePolicy'),
    );
    fc.assert(
      fc.property(
        fc.nat(9),
        fc.constantFrom(all, even, {}),
        fc.array(anyOverride, { maxLength: 3 }),
        (replicas, placement, overrides) => {
          const objects = [
            deployment('pipy', replicas),
            policy('p', [pipy], placement),
            ...overrides.map(([overriders, names, kind], index) => {
              const written = override(overriders, names, kind);
              const selector = {
                apiVersion: 'apps/v1',
                kind: 'Deployment',
                labelSelector: { matchLabels: { tier: 'a' } },
              };
              const resourceSelectors = index === 2 ? [selector] : [];
              const metadata = { ...written.metadata, name: `o${index}` };
              return { ...written, metadata, spec: { ...(written.spec as object), resourceSelectors } };
            }),
          ];
          const template = planOf(objects, { fleet }).template('Deployment/default/pipy') as TemplatePlan;
          for (const { name } of fleet) {
            const copies = (['ascending', 'descending'] as const).map((tie) => template.objectsIn(name, tie)[0]);
            const failed = copies.find((copy) => copy?.kind === 'failed');
            const numbers = copies.map(
              (copy) => (copy?.kind === 'received' ? nativeReplicas(copy.object) : 0) as number,
            );
            const final = template.final.get(name);
            expect(final?.min ?? 0).toBe(Math.min(...numbers));
            expect(final?.max ?? 0).toBe(Math.max(...numbers));
            expect(final?.held).toBe(failed?.kind === 'failed' ? failed.why : undefined);
          }
        },
      ),
    );
  });
});

describe('autoscalers', () => {
  const scaled = (spec: object) => autoscaler('FederatedHPA', spec);

  test('of the template have their minimum at once', () => {
    const objects = [deployment('pipy', 2), policy('p', [pipy], even), scaled({ minReplicas: 6, maxReplicas: 9 })];
    expect(finalOf(objects)).toEqual({ member1: '2..3', member2: '2..3', member3: '2..3' });
  });

  test('of the template have one replica as the least without a minimum, and scale each cluster if it is duplicated', () => {
    const objects = [deployment('pipy', 2), policy('p', [pipy], all), scaled({ maxReplicas: 9 })];
    expect(finalOf(objects)).toEqual({ member1: '1..9', member2: '1..9' });
  });

  test('of the template do not scale what has 0 replicas', () => {
    const objects = [deployment('pipy', 0), policy('p', [pipy], all), scaled({ minReplicas: 2, maxReplicas: 9 })];
    expect(finalOf(objects)).toEqual({ member1: 0, member2: 0 });
  });

  test('of the template do not reach a cluster whose replicas an override sets', () => {
    const objects = [
      deployment('pipy', 2),
      policy('p', [pipy], all),
      override(replaced('/spec/replicas', 1), ['member2']),
      scaled({ minReplicas: 6, maxReplicas: 9 }),
    ];
    expect(finalOf(objects)).toEqual({ member1: '6..9', member2: 1 });
  });

  test('leave every cluster open where capacity divides', () => {
    const scheduling = { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' };
    const placement = { clusterAffinity: { clusterNames: ['member1', 'member2'] }, replicaScheduling: scheduling };
    const objects = [
      deployment('pipy', 2),
      policy('p', [pipy], { placement }),
      scaled({ minReplicas: 6, maxReplicas: 9 }),
    ];
    expect(finalOf(objects)).toEqual({ member1: '0..9', member2: '0..9' });
  });

  test('by time set one of the numbers of their rules, or leave that of the template', () => {
    const rules = [
      { name: 'day', schedule: '0 8 * * *', targetReplicas: 6 },
      { name: 'night', schedule: '0 20 * * *', targetReplicas: 2 },
      { name: 'off', schedule: '0 1 * * *', targetReplicas: 40, suspend: true },
    ];
    const objects = [deployment('pipy', 3), policy('p', [pipy], all), autoscaler('CronFederatedHPA', { rules })];
    expect(finalOf(objects)).toEqual({ member1: '2..6', member2: '2..6' });
  });

  test('by time change the bounds of a FederatedHPA', () => {
    const scaleTargetRef = { apiVersion: 'autoscaling.karmada.io/v1alpha1', kind: 'FederatedHPA', name: 'pipy' };
    const rules = [{ name: 'day', schedule: '0 8 * * *', targetMinReplicas: 4, targetMaxReplicas: 20 }];
    const objects = [
      deployment('pipy', 3),
      policy('p', [pipy], all),
      scaled({ minReplicas: 2, maxReplicas: 9 }),
      autoscaler('CronFederatedHPA', { scaleTargetRef, rules }),
    ];
    expect(finalOf(objects)).toEqual({ member1: '2..20', member2: '2..20' });
  });

  const retained = { labels: { 'resourcetemplate.karmada.io/retain-replicas': 'true' } };

  test('in a member scale there, within the bounds that the member receives', () => {
    const objects = [
      deployment('pipy', 1, retained),
      policy('p', withHpa, all),
      hpa({ minReplicas: 2, maxReplicas: 9 }),
      {
        ...override(replaced('/spec/maxReplicas', 4), ['member2']),
        spec: {
          resourceSelectors: [{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' }],
          overrideRules: [
            { targetCluster: { clusterNames: ['member2'] }, overriders: replaced('/spec/maxReplicas', 4) },
          ],
        },
      },
    ];
    expect(finalOf(objects)).toEqual({ member1: '2..9', member2: '2..4' });
  });

  test('in a member fight with Karmada over a workload that does not retain its replicas', () => {
    const objects = [deployment('pipy', 1), policy('p', withHpa, all), hpa({ minReplicas: 2, maxReplicas: 9 })];
    expect(finalOf(objects)).toEqual({ member1: '1..9', member2: '1..9' });
  });

  test('that stay in the control plane scale nothing', () => {
    const objects = [
      deployment('pipy', 1, retained),
      policy('p', [pipy], all),
      hpa({ minReplicas: 2, maxReplicas: 9 }),
    ];
    expect(finalOf(objects)).toEqual({ member1: 1, member2: 1 });
  });
});
