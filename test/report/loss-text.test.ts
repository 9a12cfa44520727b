import { describe, expect, test } from 'vitest';
import { type Loss, planAfterLoss } from '../../src/planner';
import { lossText } from '../../src/report';
import { demo, deployment, policy } from '../support/report-plans';

const fleet = ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'].map((name) => ({ name }));
const textOf = (kind: Loss['kind'], cluster: string, width = 120): string =>
  lossText(cluster, planAfterLoss(demo(), { fleet }, { kind, clusters: [cluster] }), { width });

describe('lossText', () => {
  test('shows what is left, and that nothing moves', () => {
    const text = textOf('lost', 'k3d-cluster-1');
    expect(text).toContain('  replicas 2 before, 1 to 2 left\n');
    expect(text).toMatch(
      /│ Deployment\/default\/pipy │ +2 +│ +1 to 2 +│ 1 in k3d-cluster-2; or 1 each in k3d-cluster-2 and k3d-cluster-3 +│/,
    );
    expect(text).toContain('Nothing is evicted.');
    expect(text).not.toContain('Evicted');
  });

  test('shows what failover moves, what stays gone, and when', () => {
    const text = textOf('evicted', 'k3d-cluster-3');
    expect(text).toContain('  gone     none left: Deployment/default/curl\n');
    expect(text).toContain('NoClusterFit: no other place');
    expect(text).toMatch(/\n {2}31 s +Deployment\/default\/pipy, .*: Evicted and scheduled\n/);
    expect(text).toMatch(/When the clusters answer again\n {2}40 s/);
  });

  test('keeps to the width of the terminal', () => {
    for (const line of textOf('evicted', 'k3d-cluster-3', 80).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('says when nothing was there', () => {
    const plan = planAfterLoss(demo().slice(0, 0), { fleet }, { kind: 'lost', clusters: ['k3d-cluster-1'] });
    expect(lossText('k3d-cluster-1', plan)).toContain('nothing that is planned there is lost');
  });

  describe('with dynamic weights and a policy that spreads nothing', () => {
    const dynamic = {
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: { dynamicWeight: 'AvailableReplicas' },
    };
    const objects = (replicas: number) => [
      deployment('web', replicas),
      policy('web', [deployment('web', replicas)], { replicaScheduling: dynamic }),
      deployment('alone', replicas),
    ];
    const loss = planAfterLoss(objects(3), { fleet }, { kind: 'lost', clusters: ['k3d-cluster-1'] });

    test('says what is only known at run time', () => {
      const scaled = [
        {
          name: 'web=6',
          templates: ['Deployment/default/web', 'Deployment/default/alone'],
          change: loss.changed(objects(6)),
        },
      ];
      const text = lossText('k3d-cluster-1', loss, { scaled, width: 200 });
      expect(text).toContain('at run time: k3d-cluster-2 and k3d-cluster-3');
      expect(text).toMatch(/web=6 +Deployment\/default\/web: 6 over 2 clusters that answer.*: decided at run time/);
      expect(text).toContain('Deployment/default/alone: not scheduled: no PropagationPolicy');
      expect(text).toContain('1 template not affected');
    });

    test('narrows to the templates asked for', () => {
      const part = { templates: loss.before.templates.slice(2), clusters: fleet, narrowed: true };
      expect(lossText('k3d-cluster-1', loss, { part })).toContain('nothing that is planned there is lost');
    });
  });
});
