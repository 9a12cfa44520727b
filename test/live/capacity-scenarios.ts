import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { milliValue, parseQuantity } from '../../src/kubernetes/quantity';
import { dividing, requesting } from '../support/workloads';
import { type LiveLab, outcomeOf, titled } from './live-lab';

const dynamic = { replicaDivisionPreference: 'Weighted', weightPreference: { dynamicWeight: 'AvailableReplicas' } };
const aggregated = { replicaDivisionPreference: 'Aggregated' };

/** Plans by the free capacity that the Clusters report, made before the objects are applied. */
export function capacityScenarios(labOf: () => LiveLab): void {
  const withoutNodes = process.env['LIVE_HEALTH'] === 'no' && 'the members have no nodes';
  const withoutKwok = process.env['LIVE_NODES'] !== 'kwok' && 'no nodes can be added: LIVE_NODES is not kwok';

  test.skipIf(withoutNodes).each([
    ['dynamic', dynamic],
    ['aggregated', aggregated],
  ])(titled('%s division is decided before, also of a scale-up', withoutNodes), async (name, division) => {
    const lab = labOf();
    const requested = await requestedCpu(lab);
    for (const replicas of [5, 9]) {
      const web = requesting(name, replicas, { cpu: '100m' }, lab.namespace);
      const objects = [web, dividing([web], lab.names, division)];
      const plan = await lab.planBefore(objects);
      expect(['certain', 'either'], 'equal clusters tie').toContain(plan.templates[0]?.outcome.kind);
      expect(outcomeOf(await lab.applied(name, objects))).toBe('applied');
      expect(await lab.surprises(plan)).toEqual([]);
      expect(await lab.disagreements(objects)).toEqual([]);
      // The next plan goes by a status that includes these pods.
      await expect.poll(() => requestedCpu(lab), lab.polling).toBe(requested + replicas * 100);
    }
  });

  describe('a node of known size', () => {
    const node = (name: string) => {
      // The highest grade of Karmada's default resource models, so that all of it counts.
      const allocatable = { cpu: '128', memory: '1024Gi', pods: '500' };
      return {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name, labels: { 'kubernetes.io/hostname': name, type: 'kwok' } },
        status: { allocatable, capacity: allocatable },
      };
    };

    test.skipIf(withoutKwok)(titled('receives everything that is aggregated', withoutKwok), async () => {
      const lab = labOf();
      const [, second] = lab.names;
      const member = lab.members.get(second)!;
      const big = node(`${lab.namespace}-big`);
      const allocatable = await allocatableCpu(lab, second);
      const web = requesting('big', 60, { cpu: '2', memory: '4Gi' }, lab.namespace);
      const objects = [web, dividing([web], lab.names, aggregated)];
      try {
        await member.result(['create', '-f', '-'], JSON.stringify(big));
        // Admission taints new nodes, and not every member runs the controller that removes the taint.
        await member.result(['taint', 'nodes', big.metadata.name, 'node.kubernetes.io/not-ready:NoSchedule-']);
        await expect.poll(() => allocatableCpu(lab, second), lab.polling).toBe(allocatable + 128_000);
        const plan = await lab.planBefore(objects);
        expect(plan.templates[0]?.outcome).toEqual({ kind: 'certain', replicas: new Map([[second, 60]]) });
        expect(outcomeOf(await lab.applied('big', objects))).toBe('applied');
        expect(await lab.placement(web)).toEqual({ [second]: 60 });
      } finally {
        await lab.delete(objects);
        await member.result(['delete', 'node', big.metadata.name]);
      }
    });
  });
}

interface ClusterStatus {
  readonly resourceSummary?: Readonly<Partial<Record<'allocatable' | 'allocated' | 'allocating', { cpu?: unknown }>>>;
}

/** Milli-CPU that the pods of all members request, as the Clusters report it. */
async function requestedCpu(lab: LiveLab): Promise<number> {
  const clusters = await lab.clusters();
  return clusters.reduce((sum, cluster) => sum + cpuOf(cluster, 'allocated') + cpuOf(cluster, 'allocating'), 0);
}

/** Milli-CPU of all nodes of a member, as its Cluster reports it. */
async function allocatableCpu(lab: LiveLab, name: string): Promise<number> {
  return cpuOf((await lab.clusters()).find(({ metadata }) => metadata?.name === name)!, 'allocatable');
}

function cpuOf(cluster: KubernetesObject, of: 'allocatable' | 'allocated' | 'allocating'): number {
  const { resourceSummary } = (cluster['status'] ?? {}) as ClusterStatus;
  const quantity = parseQuantity(resourceSummary?.[of]?.cpu ?? '0');
  return quantity ? Number(milliValue(quantity)) : 0;
}
