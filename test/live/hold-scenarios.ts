import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { config, deployment, dividing } from '../support/workloads';
import { type LiveLab, outcomeOf } from './live-lab';

/** Clusters that `suspension.dispatchingOnClusters` of a policy holds. */
export function holdScenarios(labOf: () => LiveLab): void {
  test('a held cluster keeps what it has, and its release brings the newest', async () => {
    const lab = labOf();
    const [first, second, third] = lab.names;
    const weights = [first, second, third].map((name) => ({ targetCluster: { clusterNames: [name] }, weight: 1 }));
    const evenly = { replicaDivisionPreference: 'Weighted', weightPreference: { staticWeightList: weights } };
    const objects = (version: number, held: readonly string[]): KubernetesObject[] => {
      const web = deployment('held', 3 * version, { namespace: lab.namespace, image: `nginx:${version}` });
      const conf = config('ConfigMap', 'held', `${version}`, lab.namespace);
      const policy = dividing([web, conf], lab.names, evenly);
      const suspension = { dispatchingOnClusters: { clusterNames: [...held] } };
      return [web, conf, held.length === 0 ? policy : { ...policy, spec: { ...(policy.spec as object), suspension } }];
    };
    const [web, conf] = objects(1, []) as [KubernetesObject, KubernetesObject];
    const seenIn = async (cluster: string) => {
      const spec = (await lab.getIn(cluster, web))?.spec as {
        replicas: number;
        template: { spec: { containers: [{ image: string }] } };
      };
      const data = (await lab.getIn(cluster, conf))?.['data'];
      return [spec.replicas, spec.template.spec.containers[0].image, (data as { value: string }).value];
    };
    const seen = async () => Promise.all(lab.names.map(seenIn));

    // Another scenario may have left a Work that is held.
    const others = await lab.heldWorks(second);
    expect(outcomeOf(await lab.applied('held', objects(1, [])))).toBe('applied');
    expect(await seen()).toEqual(lab.names.map(() => [1, 'nginx:1', '1']));
    // Templates that change together with the hold may still be dispatched, so it is acknowledged first.
    expect(outcomeOf(await lab.applied('held', objects(1, [second])))).toBe('applied');
    await expect.poll(() => lab.heldWorks(second), lab.polling).toBe(others + 2);
    for (const version of [2, 3]) {
      const held = objects(version, [second]);
      const plan = await lab.planBefore(held);
      const result = await lab.applied('held', held);
      expect(outcomeOf(result)).toBe('applied');
      expect(result.rollouts.map(({ state }) => state)).toEqual(['paused', 'paused']);
      expect(await lab.surprises(plan)).toEqual([]);
      expect(await lab.placement(web)).toEqual(Object.fromEntries(lab.names.map((name) => [name, version])));
      expect(await lab.disagreements(held)).toEqual([]);
      const newest = [version, `nginx:${version}`, `${version}`];
      expect(await seen()).toEqual([newest, [1, 'nginx:1', '1'], newest]);
    }
    expect(outcomeOf(await lab.applied('held', objects(3, [])))).toBe('applied');
    expect(await seen()).toEqual(lab.names.map(() => [3, 'nginx:3', '3']));
    expect(await lab.heldWorks(second)).toBe(others);
    expect(await lab.disagreements(objects(3, []))).toEqual([]);
  });
}
