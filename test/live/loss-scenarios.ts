import { expect, test } from 'vitest';
import { readControlPlane } from '../../src/apply/control-plane';
import { type KubernetesObject, objectKey } from '../../src/kubernetes/object';
import { planAfterLoss } from '../../src/planner';
import { runProgram } from '../../src/process/run-program';
import { deployment, dividing } from '../support/workloads';
import { type LiveLab, outcomeOf, titled } from './live-lab';

const evenly = { replicaDivisionPreference: 'Weighted' };

/** The default flags of Karmada: a member that does not answer gets a NoSchedule taint, and nothing moves. */
export function lossScenarios(labOf: () => LiveLab): void {
  const command = process.env['LIVE_MEMBER_COMMAND'];
  const reason = command ? false : 'no member can be stopped: LIVE_MEMBER_COMMAND is not set';

  async function memberCommand(action: 'stop' | 'start', cluster: string): Promise<void> {
    const { exitCode, stderr } = await runProgram({ program: command!, args: [action, cluster], timeLimit: 120 });
    if (exitCode !== 0) throw new Error(`${command} ${action} ${cluster}: ${stderr}`);
  }

  test.skipIf(reason)(
    titled('while a member is lost, it gets its share of a scale-up, as planned', reason),
    async () => {
      const lab = labOf();
      const [first, second, third] = lab.names;
      const objects = (replicas: number) => {
        const web = deployment('lost', replicas, { namespace: lab.namespace });
        return [web, dividing([web], lab.names, evenly)];
      };
      const fresh = deployment('fresh', 2, { namespace: lab.namespace });
      const [web] = objects(3) as [KubernetesObject];
      const changed = [...objects(6), fresh, dividing([fresh], lab.names, evenly)];
      expect(outcomeOf(await lab.applied('lost', objects(3)))).toBe('applied');

      const { objects: input, options } = await lab.planningBefore(objects(3));
      const loss = planAfterLoss(input, options, { kind: 'lost', clusters: [third] });
      const left = { kind: 'certain', replicas: new Map([first, second].map((name) => [name, 1])) };
      expect(loss.running(objectKey(web))).toEqual(left);
      const { plan } = loss.changed((await lab.planningBefore(changed)).objects);

      const ready = async () => {
        const { clusters } = await readControlPlane(lab.karmada);
        return clusters.find(({ name }) => name === third)?.ready;
      };
      try {
        await memberCommand('stop', third);
        await expect.poll(ready, { timeout: 120_000 }).toBe(false);
        expect(await lab.placement(web)).toEqual({ [first]: 1, [second]: 1, [third]: 1 });
        for (const object of changed) await lab.applyAs('live-suite', object);
        expect(await lab.surprises(plan)).toEqual([]);
        expect(await lab.placement(web)).toEqual({ [first]: 2, [second]: 2, [third]: 2 });
        expect(await lab.placement(fresh)).toEqual({ [first]: 1, [second]: 1 });
      } finally {
        await memberCommand('start', third);
        await expect.poll(ready, { timeout: 180_000 }).toBe(true);
      }
      // What is scheduled stays.
      expect(await lab.placement(fresh)).toEqual({ [first]: 1, [second]: 1 });
    },
  );
}
