import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Federation, Fleet, Placement } from '../../src';
import { lint } from '../../src/lint';
import { planOf } from '../../src/planner';
import { planText } from '../../src/report';

const fleet = Fleet.of({ m1: { region: 'eu' }, m2: { region: 'us' } });

function shop(placement: Placement, propagateDeps?: boolean): Federation {
  const federation = new Federation({ fleet });
  const chart = new Chart(federation, 'shop', { namespace: 'default' });
  const app = new FederatedApp(chart, 'web', {
    placement,
    port: 80,
    image: 'nginx',
    replicas: 2,
    ...(propagateDeps !== undefined && { propagateDeps }),
  });
  new ApiObject(app, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  const envFrom = [{ configMapRef: { name: 'settings' } }];
  app.deployment?.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/envFrom', envFrom));
  return federation;
}

const open = Placement.duplicated('m1', 'm2').spreadOver({ cluster: { min: 1, max: 1 } });
const ordered = Placement.duplicated('m1').named('first').orElse('second', 'm2');
const byCapacity = Placement.aggregated('m1').named('first').orElse('second', 'm2');

const rulesOf = (federation: Federation) =>
  lint(federation, { fleet })
    .findings.filter(({ severity }) => severity !== 'info')
    .map(({ rule }) => rule);

describe('objects that choose their clusters apart from their workload', () => {
  test('are noted in the plan, in its text and in its JSON', () => {
    const plan = planOf(shop(open), { fleet });
    const deployment = plan.template('Deployment/default/web');
    expect(deployment?.separate).toEqual([
      { template: 'Service/default/web', clusters: ['m2'] },
      { template: 'ConfigMap/default/settings', clusters: ['m2'] },
    ]);
    expect(deployment?.notes).toEqual([
      'Service/default/web chooses its clusters on its own and may be missing in m2',
      'ConfigMap/default/settings chooses its clusters on its own and may be missing in m2',
    ]);
    expect(planText(plan)).toContain('note     Service/default/web chooses its clusters on its own');
    const json = plan.toJSON().templates.find(({ template }) => template === 'Deployment/default/web');
    expect(json?.separate).toEqual(deployment?.separate);
    expect(rulesOf(shop(open))).toEqual(['no-separate-choice']);
  });

  test('are found for affinity groups by capacity, too', () => {
    const deployment = planOf(shop(byCapacity), { fleet }).template('Deployment/default/web');
    expect(deployment?.separate.map(({ template }) => template)).toEqual([
      'Service/default/web',
      'ConfigMap/default/settings',
    ]);
    expect(rulesOf(shop(byCapacity))).toContain('no-separate-choice');
  });

  test('follow the workload where propagateDeps does, which is not for Services', () => {
    const deployment = planOf(shop(open, true), { fleet }).template('Deployment/default/web');
    expect(deployment?.separate).toEqual([{ template: 'Service/default/web', clusters: ['m2'] }]);
  });

  test('make the same choice with groups that do not depend on capacity, also where a cluster is lost', () => {
    for (const [clusters, chosen] of [
      [fleet, 'm1'],
      [Fleet.of({ m1: { taints: [{ key: 'down', effect: 'NoSchedule' }] }, m2: {} }), 'm2'],
    ] as const) {
      const plan = planOf(shop(ordered), { fleet: clusters });
      for (const template of plan.templates) expect(template.guaranteedClusters).toEqual([chosen]);
      expect(plan.templates.map(({ separate }) => separate)).toEqual([[], [], []]);
    }
    expect(rulesOf(shop(ordered))).toEqual([]);
  });
});
