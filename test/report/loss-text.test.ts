import { describe, expect, test } from 'vitest';
import { type Loss, planAfterLoss } from '../../src/planner';
import { lossText } from '../../src/report';
import { demo } from '../support/report-plans';

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
});
