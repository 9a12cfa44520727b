import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cluster } from '../../src/karmada/cluster';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { lint } from '../../src/lint';
import { planOf } from '../../src/planner';

/** A federation whose objects are edited in place, as no author should and some do. */
interface Draft {
  readonly objects: KubernetesObject[];
  readonly fleet: Cluster[];
}

type Fields = Record<string, never>;

function draft(): Draft {
  const labels = { app: 'pipy' };
  const namespace = 'default';
  const selector = (kind: string, apiVersion: string) => ({ apiVersion, kind, labelSelector: { matchLabels: labels } });
  const objects: unknown = [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'pipy', namespace, labels: { ...labels } },
      spec: {
        replicas: 3,
        selector: { matchLabels: { ...labels } },
        template: {
          metadata: { labels: { ...labels } },
          spec: {
            containers: [{ name: 'pipy', image: 'flomesh/pipy:1', envFrom: [{ configMapRef: { name: 'pipy' } }] }],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'pipy', namespace, labels: { ...labels } },
      spec: { selector: { ...labels }, ports: [{ port: 80 }] },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'pipy', namespace, labels: { ...labels } }, data: {} },
    {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: { name: 'pipy', namespace },
      spec: {
        resourceSelectors: [selector('Deployment', 'apps/v1'), selector('Service', 'v1'), selector('ConfigMap', 'v1')],
        placement: {
          clusterAffinity: { labelSelector: { matchLabels: { env: 'prod' } } },
          replicaScheduling: {
            replicaSchedulingType: 'Divided',
            replicaDivisionPreference: 'Weighted',
            weightPreference: {
              staticWeightList: [
                { targetCluster: { labelSelector: { matchLabels: { env: 'prod' } } }, weight: 2 },
                { targetCluster: { clusterNames: ['member3'] }, weight: 1 },
              ],
            },
          },
        },
      },
    },
    {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'pipy', namespace },
      spec: {
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'pipy' }],
        overrideRules: [
          {
            targetCluster: { clusterNames: ['member1'] },
            overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: '2' }] },
          },
        ],
      },
    },
  ];
  const fleet: Cluster[] = [
    { name: 'member1', labels: { env: 'prod' } },
    { name: 'member2', labels: { env: 'prod' } },
    { name: 'member3', labels: { env: 'test' } },
  ];
  return { objects: objects as KubernetesObject[], fleet };
}

/** Sets a field in place, such as `3.spec.placement.clusterAffinity`. */
const set =
  (path: string, value: unknown) =>
  ({ objects, fleet }: Draft): void => {
    const steps = path.split('.');
    const last = steps.pop() as string;
    const holder = steps.reduce<unknown>((at, step) => (at as Fields)[step], { objects, fleet });
    (holder as Record<string, unknown>)[last] = structuredClone(value);
  };

const placement = 'objects.3.spec.placement';
const anyEdit = fc.constantFrom(
  set('objects.0.spec.replicas', 1),
  set('objects.0.spec.replicas', 0),
  set('objects.0.metadata.labels.app', 'other'),
  set('objects.0.metadata.name', 'renamed'),
  set('objects.0.spec.template.metadata.labels.app', 'other'),
  set('objects.0.spec.template.spec.containers.0.envFrom.0.configMapRef.name', 'missing'),
  set('objects.1.spec.selector.app', 'other'),
  set('objects.2.metadata.labels.app', 'other'),
  set('objects.3.spec.resourceSelectors.0.labelSelector.matchLabels', { app: 'other' }),
  set('objects.3.spec.resourceSelectors.0.labelSelector.matchLabels.app', 'other'),
  set(`${placement}.clusterAffinity.labelSelector.matchLabels.env`, 'test'),
  set(`${placement}.clusterAffinity.labelSelector.matchLabels`, {}),
  set(`${placement}.replicaScheduling.weightPreference.staticWeightList.0.weight`, 5),
  set(
    `${placement}.replicaScheduling.weightPreference.staticWeightList.0.targetCluster.labelSelector.matchLabels.env`,
    'test',
  ),
  set(`${placement}.replicaScheduling.weightPreference.staticWeightList.1.targetCluster.clusterNames.0`, 'member9'),
  set('objects.4.spec.overrideRules.0.overriders.imageOverrider.0.value', '/'),
  set('objects.4.spec.overrideRules.0.targetCluster.clusterNames.0', 'member3'),
  set('objects.4.spec.resourceSelectors.0.name', 'renamed'),
  set('fleet.0.labels.env', 'test'),
  set('fleet.2.labels.env', 'prod'),
  set('fleet.1.taints', [{ key: 'maintenance', effect: 'NoSchedule' }]),
  set('fleet.3', { name: 'member4', labels: { env: 'prod' } }),
);

function answersTo({ objects, fleet }: Draft) {
  const plan = planOf(objects, { fleet });
  const outcomes = plan.templates.map(({ key, outcome }) => ({ key, outcome }));
  const results = [lint(objects, { fleet }), lint(objects), lint(objects, { fleet, karmada: '1.16' })];
  return { outcomes, findings: results.map(({ findings }) => findings) };
}

test('an answer follows from the input as it is now, not from what it was in an earlier run', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(anyEdit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      (rounds) => {
        const edited = draft();
        answersTo(edited);
        for (const edits of rounds) {
          for (const edit of edits) edit(edited);
          const copy = structuredClone(edited);
          expect(answersTo(edited)).toEqual(answersTo(copy));
        }
      },
    ),
    { numRuns: 50 },
  );
});
