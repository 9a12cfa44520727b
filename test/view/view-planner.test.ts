import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { withReplicas } from '../../src/kubernetes/replicas';
import { planAfterLoss, planOf } from '../../src/planner';
import { viewData } from '../../src/view/view-of';
import { ViewPlanner } from '../../src/view/view-planner';
import { asWritten, type WhatIf } from '../../src/view/what-if';
import { propertyRuns } from '../support/property-runs';
import { demo, demoFleet, deployment, policy, service, weighted } from '../support/report-plans';

const calls = [{ client: 'Deployment/default/curl', server: 'Service/default/pipy' }];

function manifestsOf(objects: readonly KubernetesObject[]) {
  return objects.map((object, index) => ({ object, origin: { type: 'memory' as const, index } }));
}

function planner(objects: readonly KubernetesObject[], before?: readonly KubernetesObject[]): ViewPlanner {
  return new ViewPlanner(
    viewData({
      title: 'demo',
      manifests: manifestsOf(objects),
      ...(before && { before: manifestsOf(before) }),
      planOptions: { fleet: demoFleet },
      calls,
      contracts: [],
      findings: [],
    }),
  );
}

const pipy = 'Deployment/default/pipy';
const texts = (view: ViewPlanner, whatIf: WhatIf, key = pipy) =>
  view
    .answer(whatIf)
    .rows.find((row) => row.key === key)
    ?.cells.map(({ text }) => text);

describe('the plan of the page', () => {
  test('shows the trap of the demo: a client whose server may not be there', () => {
    const answer = planner(demo()).answer(asWritten);
    const row = answer.rows.find(({ key }) => key === pipy);
    expect(row?.cells.map(({ text }) => text)).toEqual(['0 or 1', '1', '0 or 1']);
    expect(row?.cells.map(({ missing }) => missing)).toEqual([
      undefined,
      undefined,
      { always: false, clients: ['Deployment/default/curl'] },
    ]);
    expect(row?.problem).toBe(true);
    expect(answer.calls).toEqual([
      {
        client: 'Deployment/default/curl',
        server: 'Service/default/pipy',
        workloads: [pipy],
        declared: true,
        clusters: ['k3d-cluster-3'],
        missing: [{ cluster: 'k3d-cluster-3', always: false }],
      },
    ]);
  });

  test('three replicas are one for each cluster, and every call is answered', () => {
    const answer = planner(demo()).answer({ ...asWritten, replicas: { [pipy]: 3 } });
    expect(answer.calls[0]?.missing).toEqual([]);
    expect(answer.moves).toEqual([
      { template: pipy, cluster: 'k3d-cluster-1', before: '0 or 1', after: '1' },
      { template: pipy, cluster: 'k3d-cluster-3', before: '0 or 1', after: '1' },
    ]);
  });

  test('a cluster that is out runs nothing; with failover its replicas move', () => {
    const view = planner(demo(3));
    const lost: WhatIf = { ...asWritten, out: ['k3d-cluster-3'], how: 'lost' };
    expect(texts(view, lost)).toEqual(['1', '1', '×']);
    const evicted: WhatIf = { ...lost, how: 'evicted' };
    const loss = planAfterLoss(
      demo(3),
      { fleet: demoFleet },
      { kind: 'evicted', clusters: ['k3d-cluster-3'] },
    ).plan.template(pipy);
    const expected = demoFleet.slice(0, 2).map(({ name }) => loss?.replicasIn(name));
    expect(expected).toEqual([
      { min: 1, max: 2 },
      { min: 1, max: 2 },
    ]);
    expect(texts(view, evicted)).toEqual(['1 or 2', '1 or 2', '×']);
    expect(view.answer(evicted).timeline.length).toBeGreaterThan(2);
  });

  test('a release refuses what it does not know', () => {
    const app = deployment('app', 2);
    const placement = {
      clusterAffinities: [
        {
          affinityName: 'one',
          clusterNames: ['k3d-cluster-1'],
          overflowAffinities: [{ clusterNames: ['k3d-cluster-2'] }],
        },
      ],
    };
    const objects = [app, policy('app', [app], placement)];
    const view = planner(objects);
    const key = 'Deployment/default/app';
    for (const karmada of ['1.17', '1.18'] as const) {
      const plan = planOf(objects, { fleet: demoFleet, karmada }).template(key);
      const row = view.answer({ ...asWritten, karmada }).rows.find((each) => each.key === key);
      expect(row?.outcome).toBe(plan?.outcome.kind);
    }
    expect(view.answer({ ...asWritten, karmada: '1.17' }).rows[0]?.outcome).toBe('unmatched');
  });

  test('without a cluster there is no plan', () => {
    const all: WhatIf = { ...asWritten, out: demoFleet.map(({ name }) => name), how: 'unjoined' };
    expect(() => planner(demo()).answer(all)).toThrow('no cluster would be left');
  });

  test('a cluster may have the name of a property of objects', () => {
    const fleet = [{ name: 'constructor' }, ...demoFleet];
    const view = new ViewPlanner(
      viewData({
        title: '',
        manifests: manifestsOf(demo()),
        planOptions: { fleet },
        calls,
        contracts: [],
        findings: [],
      }),
    );
    const row = view.answer(asWritten).rows.find(({ key }) => key === pipy);
    expect(row?.cells.map(({ missing }) => missing !== undefined)).toEqual([false, false, false, true]);
  });

  test('another state is compared with', () => {
    const answer = planner(demo(3), demo(2)).answer(asWritten);
    expect(answer.rows.find(({ key }) => key === pipy)?.cells.map(({ was }) => was)).toEqual([
      '0 or 1',
      undefined,
      '0 or 1',
    ]);
    const without = planner(demo(), [
      ...demo(),
      deployment('old', 1),
      weighted('old', { 'k3d-cluster-1': 1 }, [deployment('old', 1)]),
    ]);
    expect(without.answer(asWritten).rows.find(({ name }) => name === 'old')).toMatchObject({
      only: 'before',
      cells: [{ was: '1' }, {}, {}],
    });
  });

  test('details say who claims it, and what a cluster receives', () => {
    const view = planner(demo());
    const details = view.details(asWritten, pipy);
    expect(details).toMatchObject({
      policy: 'PropagationPolicy/default/pipy-propagation',
      replicas: 2,
      weights: [{ clusters: 'k3d-cluster-1', weight: 10 }, { weight: 10 }, { weight: 10 }],
    });
    expect(details?.lines.map(({ label }) => label)).toEqual(['either', 'or', 'certain', 'why']);
    const [copy] = view.copies(asWritten, pipy, 'k3d-cluster-2');
    expect(copy?.changes).toEqual([{ path: 'spec.replicas', before: '2', after: '1' }]);
    expect(copy?.yaml).toContain('replicas: 1\n');
    expect(view.details(asWritten, 'Deployment/default/nobody')).toBeUndefined();
    expect(view.copies(asWritten, pipy, 'elsewhere')).toEqual([]);
  });

  test('after any change it says what a plan of the changed manifests says', () => {
    const apps = ['a', 'b', 'c'].flatMap((name) => {
      const app = deployment(name, 3);
      return [
        app,
        service(name),
        weighted(`${name}-policy`, { 'k3d-cluster-1': 2, 'k3d-cluster-2': 1, 'k3d-cluster-3': 3 }, [
          app,
          service(name),
        ]),
      ];
    });
    const view = planner([...demo(), ...apps]);
    const anyWeights = fc.array(fc.option(fc.integer({ min: 1, max: 6 })), { minLength: 3, maxLength: 3 });
    const changes = fc.record({
      replicas: fc.dictionary(fc.constantFrom(pipy, 'Deployment/default/a', 'Deployment/default/b'), fc.nat(12)),
      weights: fc.dictionary(
        fc.constantFrom('PropagationPolicy/default/a-policy', 'PropagationPolicy/default/c-policy'),
        anyWeights,
      ),
    });
    fc.assert(
      fc.property(changes, ({ replicas, weights }) => {
        const changed = [...demo(), ...apps].map((object) => {
          const key = `${object.kind}/default/${object.metadata?.name}`;
          const list = weights[key];
          if (!list) return replicas[key] === undefined ? object : withReplicas(object, replicas[key]);
          const copy = structuredClone(object) as unknown as {
            spec: {
              placement: { replicaScheduling: { weightPreference: { staticWeightList: { weight: number }[] } } };
            };
          };
          const entries = copy.spec.placement.replicaScheduling.weightPreference.staticWeightList;
          for (const [at, weight] of list.entries())
            if (weight !== null) (entries[at] as { weight: number }).weight = weight;
          return copy as unknown as KubernetesObject;
        });
        const other = planner(changed).answer(asWritten);
        const answer = view.answer({ ...asWritten, replicas, weights });
        const cellsOf = ({ rows }: typeof answer) =>
          rows.map(({ key, cells, replicas: count, problem }) => [
            key,
            count,
            problem,
            cells.map(({ was: _, ...cell }) => cell),
          ]);
        expect(cellsOf(answer)).toEqual(cellsOf(other));
        expect(answer.calls).toEqual(other.calls);
        const plan = planOf(changed, { fleet: demoFleet });
        for (const row of answer.rows) expect(row.outcome).toBe(plan.template(row.key)?.outcome.kind);
      }),
      { numRuns: propertyRuns(200) },
    );
  });
});
