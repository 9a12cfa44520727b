import { expect, test } from 'vitest';
import { Demo, type DemoCheck } from '../../scripts/lab/verify-demo';
import { Kubectl } from '../../src/apply/kubectl';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { defaultLabSettings } from '../../src/lab';
import { readManifests } from '../../src/manifests';
import type { RunProgram } from '../../src/process/run-program';
import { FakeKarmada } from '../support/fake-karmada';
import { standInKubectl } from '../support/kubectl-stand-in';
import { recordedPlacement } from '../support/recorded-bindings';

/** The demo, and what runs in the client's cluster is answered from where Karmada placed the server. */
function demoWith(karmada: FakeKarmada): Demo {
  const kubectl = standInKubectl(() => karmada.server);
  const run: RunProgram = async (call) => {
    if (!call.args[1]?.endsWith('cluster-3.kubeconfig')) return kubectl(call);
    const hasServer = 'k3d-cluster-3' in karmada.placement('Deployment', 'default', 'pipy');
    const isFailure = call.args.includes('exec') && !hasServer;
    return { exitCode: isFailure ? 1 : 0, stdout: hasServer ? 'pipy-abc-1' : '', stderr: '' };
  };
  return new Demo(
    {
      kubectl: new Kubectl({ kubeconfig: 'karmada.config', context: 'karmada' }, run),
      settings: defaultLabSettings({}),
      karmada: defaultKarmadaVersion,
      manifests: readManifests(['dist']).manifests,
      application: 'demo',
      timeout: 20,
      clock: karmada.clock,
    },
    { step: () => {}, confirm: async () => true, written: () => {}, rollout: () => {} },
  );
}

/** Goes through the demo with this UID of the server. */
async function checks(uid: string): Promise<DemoCheck[]> {
  const karmada = new FakeKarmada();
  karmada.server.store.uidOf = (key) => (key.endsWith('/pipy') ? uid : `uid-of-${key}`);
  const found: DemoCheck[] = [];
  await demoWith(karmada).verify((check) => found.push(check));
  return found;
}

test('explains the request that fails, where the UID leaves the client without a server', async () => {
  expect(await checks(recordedPlacement('live-0002').uid)).toEqual([
    { title: '2 replicas of pipy', passed: true, detail: 'k3d-cluster-1 1, k3d-cluster-2 1' },
    { title: '3 replicas of pipy', passed: true, detail: 'k3d-cluster-1 1, k3d-cluster-2 1, k3d-cluster-3 1' },
    { title: '5 requests from k3d-cluster-3, each answered there', passed: true, detail: 'by pipy-abc-1' },
    { title: '2 replicas of pipy', passed: true, detail: 'k3d-cluster-1 1, k3d-cluster-2 1' },
    {
      title: 'a request from k3d-cluster-3 with 2 replicas over 3 clusters',
      passed: true,
      detail:
        'fails: k3d-cluster-3 has no pod of pipy, so its Service has no endpoints, and Karmada does not route traffic to another cluster. Solutions: as many replicas as clusters, one placement for client and server, a MultiClusterService, or a service mesh',
    },
  ]);
});

test('says that another UID would have made it fail, where it does not', async () => {
  const found = await checks(recordedPlacement('live-0001').uid);
  expect(found.map(({ passed }) => passed)).toEqual([true, true, true, true, true]);
  expect(found.at(-1)?.detail).toBe(
    'answered by pipy-abc-1: the UID of this Deployment placed a server in k3d-cluster-3. With another UID there is none, and the request fails',
  );
});

test('says what it would check, and writes nothing', () => {
  const karmada = new FakeKarmada();
  expect(demoWith(karmada).steps.map(({ title }) => title)).toEqual([
    '2 replicas of pipy',
    '3 replicas of pipy',
    '5 requests from k3d-cluster-3, each answered there',
    '2 replicas of pipy',
    'a request from k3d-cluster-3 with 2 replicas over 3 clusters',
  ]);
  expect(karmada.server.requests).toEqual([]);
});
