import { describe, expect, test } from 'vitest';
import { whatIfText } from '../../src/report';
import { demo, demoFleet, deployment, planFor, policy } from '../support/report-plans';

describe('whatIfText', () => {
  const replicas = [1, 2, 3].map((count) => ({ name: `pipy=${count}`, series: 'pipy', plan: planFor(demo(count)) }));

  test('shows replicas side by side, and what moves', () => {
    expect(whatIfText(planFor(demo()), replicas)).toMatchInlineSnapshot(`
      "Deployment/default/pipy: 2 replicas now
      ┌───────────────┬────────┬────────┬────────┬─────────┐
      │               │  now   │ pipy=1 │ pipy=2 │ pipy=3  │
      ├───────────────┼────────┼────────┼────────┼─────────┤
      │ k3d-cluster-1 │ 0 or 1 │ 0 or 1 │ 0 or 1 │    1    │
      │ k3d-cluster-2 │   1    │   -    │   1    │    1    │
      │ k3d-cluster-3 │ 0 or 1 │ 0 or 1 │ 0 or 1 │    1    │
      │ outcome       │ either │ either │ either │ certain │
      └───────────────┴────────┴────────┴────────┴─────────┘

      pipy=1
        moves    Deployment/default/pipy: k3d-cluster-2 1 → none

      pipy=2
        nothing changes

      pipy=3
        moves    Deployment/default/pipy: k3d-cluster-1 0 or 1 → 1, k3d-cluster-3 0 or 1 → 1

      2 templates do not change
      "
    `);
  });

  test('shows what has nowhere to go when a cluster is lost', () => {
    const lost = { name: 'without k3d-cluster-3', plan: planFor(demo(), { fleet: demoFleet.slice(0, 2) }) };
    expect(whatIfText(planFor(demo()), [lost])).toMatchInlineSnapshot(`
      "Deployment/default/pipy: 2 replicas now
      ┌───────────────┬────────┬───────────────────────┐
      │               │  now   │ without k3d-cluster-3 │
      ├───────────────┼────────┼───────────────────────┤
      │ k3d-cluster-1 │ 0 or 1 │           1           │
      │ k3d-cluster-2 │   1    │           1           │
      │ k3d-cluster-3 │ 0 or 1 │         lost          │
      │ outcome       │ either │        certain        │
      └───────────────┴────────┴───────────────────────┘

      Service/default/pipy
      ┌───────────────┬─────────┬───────────────────────┐
      │               │   now   │ without k3d-cluster-3 │
      ├───────────────┼─────────┼───────────────────────┤
      │ k3d-cluster-1 │   yes   │          yes          │
      │ k3d-cluster-2 │   yes   │          yes          │
      │ k3d-cluster-3 │   yes   │         lost          │
      │ outcome       │ certain │        certain        │
      └───────────────┴─────────┴───────────────────────┘

      Deployment/default/curl: 1 replica now
      ┌───────────────┬─────────┬───────────────────────┐
      │               │   now   │ without k3d-cluster-3 │
      ├───────────────┼─────────┼───────────────────────┤
      │ k3d-cluster-3 │    1    │         lost          │
      │ outcome       │ certain │     unschedulable     │
      └───────────────┴─────────┴───────────────────────┘

      without k3d-cluster-3
        moves    Deployment/default/pipy: k3d-cluster-1 0 or 1 → 1, k3d-cluster-3 0 or 1 → none
        moves    Service/default/pipy: k3d-cluster-3 yes → none
        nowhere  Deployment/default/curl has nowhere to go: none of the 2 clusters passes the scheduler's filters
      "
    `);
  });

  test('breaks tables that are too wide', () => {
    const text = whatIfText(planFor(demo()), replicas, { width: 40 });
    expect(
      Math.max(
        ...text
          .split('\n')
          .filter((line) => /[│┌]/.test(line))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(40);
    expect(text.match(/┌/g)?.length).toBe(2);
  });

  test('says so where nothing changes', () => {
    expect(whatIfText(planFor(demo()), [{ name: 'the same', plan: planFor(demo()) }])).toBe(
      'the same\n  nothing changes\n\n3 templates do not change\n',
    );
  });

  test('tells of a change of outcome without a change of numbers', () => {
    const web = deployment('web', 1);
    const one = { clusterAffinity: { clusterNames: ['k3d-cluster-1'] } };
    const aggregated = {
      ...one,
      replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' },
    };
    const now = planFor([web, policy('web', [web], one)]);
    const text = whatIfText(now, [{ name: 'aggregated', plan: planFor([web, policy('web', [web], aggregated)]) }]);
    expect(text).toContain('aggregated\n');
  });
});
