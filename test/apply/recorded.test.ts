import { describe, expect, test } from 'vitest';
import { bindingsByTemplate, conditionOf } from '../../src/apply/binding';
import { placementDifferences } from '../../src/apply/placements';
import { identityOf } from '../../src/apply/release';
import { rolloutOf } from '../../src/apply/rollout';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { planOf } from '../../src/planner';
import { recordedSteps } from '../support/recorded-bindings';

const fleet = ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'].map((name) => ({ name }));

// What a running Karmada v1.18.2 with three members without nodes said, once it stood still.
describe('a recorded control plane', () => {
  test.each(recordedSteps())('$scenario, step $step: bindings agree with the plan', ({ objects, bindings }) => {
    expect(placementDifferences(planOf(objects, { fleet, bindings }), bindings)).toEqual([]);
  });

  test.each(recordedSteps())('$scenario, step $step: is done, unless Karmada says otherwise', (step) => {
    const { objects, bindings, bindingsBefore } = step;
    const plan = planOf(objects, { fleet, bindings: bindingsBefore });
    const byTemplate = bindingsByTemplate(bindings);
    for (const template of plan.templates) {
      const binding = byTemplate.get(identityOf(template.manifest.object));
      const live = { ...template.manifest.object, metadata: { uid: binding?.spec.resource.uid ?? '' } };
      const rollout = rolloutOf({ plan: template, live }, byTemplate, { health: false, notReady: [] });
      expect([template.key, rollout.state]).toEqual([
        template.key,
        !binding || template.outcome.kind === 'unmatched'
          ? 'nowhere'
          : conditionOf(binding, 'FullyApplied')?.status === 'True'
            ? 'done'
            : 'failing',
      ]);
    }
  });

  test('an object that a member had before is a failure for good, in the words of Karmada', () => {
    const { objects, bindings } = recordedSteps().find(
      ({ scenario, step }) => scenario === 'scenario-12' && step === 2,
    )!;
    const plan = planOf(objects, { fleet });
    const rollout = rolloutOf(
      { plan: plan.templates[0]!, live: { ...objects[0]!, metadata: { uid: uidIn(bindings) } } },
      bindingsByTemplate(bindings),
      { health: false, notReady: [] },
    );
    expect(rollout).toMatchObject({ state: 'failing', final: true });
    expect(rollout.why).toContain('k3d-cluster-1: Failed to apply all manifests (0/1): resource(kind=ConfigMap, ');
  });

  test('pods that never run are told by cluster', () => {
    const { objects, bindings } = recordedSteps().find(
      ({ scenario, step }) => scenario === 'scenario-05' && step === 1,
    )!;
    const plan = planOf(objects, { fleet });
    const rollout = rolloutOf(
      { plan: plan.templates[0]!, live: { ...objects[0]!, metadata: { uid: uidIn(bindings) } } },
      bindingsByTemplate(bindings),
      { health: true, notReady: ['k3d-cluster-2'] },
    );
    expect(
      rollout.clusters.map(({ cluster, scheduled, applied, health, state, why }) => [
        cluster,
        scheduled,
        applied,
        health,
        state,
        why,
      ]),
    ).toEqual([
      ['k3d-cluster-1', 2, true, 'Unhealthy', 'waiting', 'not healthy, 0 ready'],
      ['k3d-cluster-2', 2, true, 'Unhealthy', 'waiting', 'not healthy, 0 ready; the member is not ready'],
      ['k3d-cluster-3', 2, true, 'Unhealthy', 'waiting', 'not healthy, 0 ready'],
    ]);
  });
});

function uidIn(bindings: readonly KubernetesObject[]): string {
  return (bindings[0]!.spec as { resource: { uid: string } }).resource.uid;
}
