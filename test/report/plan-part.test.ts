import { describe, expect, test } from 'vitest';
import { partOf, planText } from '../../src/report';
import { deployment, planFor, policy, service } from '../support/report-plans';

const fleet = [
  { name: 'eu-1', region: 'eu', provider: 'p1' },
  { name: 'eu-2', region: 'eu' },
  { name: 'us-1', region: 'us', zones: ['us-a', 'us-b'] },
];
const web = deployment('web', 2);
const shop = deployment('shop', 4);
const objects = [
  web,
  shop,
  service('alone'),
  policy('web', [web], { clusterAffinity: { clusterNames: ['eu-1'] } }),
  policy('shop', [shop], { clusterAffinity: { clusterNames: ['us-1'] } }),
];
const plan = planFor(objects, { fleet });
const keysOf = (selection: Parameters<typeof partOf>[1]) => partOf(plan, selection).templates.map(({ key }) => key);

describe('a part of a plan', () => {
  test.each([
    [{ template: ['web'] }, ['Deployment/default/web']],
    [{ template: ['Deployment/shop', 'web'] }, ['Deployment/default/web', 'Deployment/default/shop']],
    [{ template: ['Deployment/*'] }, ['Deployment/default/web', 'Deployment/default/shop']],
    [{ template: ['*o*'] }, ['Deployment/default/web', 'Deployment/default/shop', 'Service/default/alone']],
    [{ cluster: ['eu-*'] }, ['Deployment/default/web']],
    [{ cluster: ['region=us'] }, ['Deployment/default/shop']],
    [{ cluster: ['provider=p1'] }, ['Deployment/default/web']],
    [{ cluster: ['zone=us-b'] }, ['Deployment/default/shop']],
    [{ only: 'problems' }, ['Service/default/alone']],
    [{ only: 'problems', cluster: ['us-1'] }, []],
  ] as const)('%j', (selection, keys) => {
    expect(keysOf(selection)).toEqual(keys);
  });

  test('changes: what the current bindings do not have', () => {
    const binding = (name: string, clusters: object[]) => ({
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: { name: `${name}-deployment`, namespace: 'default' },
      spec: { resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name }, clusters },
    });
    const now = planFor(objects, {
      fleet,
      bindings: [binding('web', [{ name: 'eu-1', replicas: 2 }]), binding('shop', [{ name: 'us-1', replicas: 3 }])],
    });
    const changed = partOf(now, { only: 'changes' }).templates.map(({ key }) => key);
    expect(changed).toEqual(['Deployment/default/shop', 'Service/default/alone']);
  });

  test('a name that stands for nothing is an error with the nearest name', () => {
    expect(() => keysOf({ template: ['wep'] })).toThrow(/the plan has no template "wep"[\s\S]*did you mean "web"/);
    expect(() => keysOf({ cluster: ['region=e'] })).toThrow(/no cluster of the fleet has region=e[\s\S]*write eu/);
    expect(() => keysOf({ cluster: ['*'.repeat(5000).concat('x')] })).toThrow(/the plan has no cluster/);
  });
});

describe('the text of a large plan', () => {
  const many = Array.from({ length: 1000 }, (_, index) => deployment(`app-${index}`, 3));
  const clusters = Array.from({ length: 100 }, (_, index) => ({
    name: `member-${index}`,
    region: `region-${index % 5}`,
  }));
  const placed = many.slice(0, 990);
  const large = planFor(
    [...many, policy('all', placed, { clusterAffinity: { clusterNames: ['member-0', 'member-6'] } })],
    {
      fleet: clusters,
    },
  );

  test('begins with what has no cluster, adds up regions and clusters, and fits on a screen', () => {
    const text = planText(large, { width: 120 });
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(50);
    expect(lines.every((line) => line.length <= 120)).toBe(true);
    expect(text).toMatch(
      /^1000 templates over 100 clusters, .*\n\n10 templates with no cluster\n {2}nowhere {2}Deployment\/default\/app-990: /,
    );
    expect(text).toMatch(/│ region-0 │ +990 │ +2970 │/);
    expect(text).toMatch(/│ member-6 │ +990 │ +2970 │/);
    expect(text).toContain('98 clusters with nothing');
    expect(text).toContain('and 2 more: --only problems');
    expect(text).not.toContain('app-500');
  });

  test('lists everything on request, after the overview', () => {
    const text = planText(large, { width: 120, details: true });
    expect(text).toMatch(/98 clusters with nothing[\s\S]*Deployment\/default\/app-500/);
  });

  test('lists the part that was asked for', () => {
    const text = planText(large, { width: 120, part: partOf(large, { template: ['app-5*'] }) });
    expect(text).toMatch(/^111 templates over 100 clusters of 1000 templates over 100, /);
    expect(text).toContain('Deployment/default/app-500');
    expect(text).not.toContain('Deployment/default/app-600');
  });

  test('a region counts a replica once, although a tie may send it to either of its clusters', () => {
    const tie = deployment('tie', 1);
    const apps = [...many, policy('all', placed, { clusterAffinity: { clusterNames: ['member-0'] } })];
    const split = planFor(
      [
        tie,
        policy('tie', [tie], {
          clusterAffinity: { clusterNames: ['member-1', 'member-6'] },
          replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' },
        }),
        ...apps,
      ],
      { fleet: clusters },
    );
    expect(planText(split, { width: 120 })).toMatch(/│ region-1 │ +1 │ +1 │/);
  });
});
