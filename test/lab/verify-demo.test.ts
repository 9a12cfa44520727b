import { afterEach, beforeEach, expect, test } from 'vitest';
import { Kubectl } from '../../src/apply/kubectl';
import { type RunProgram, runProgram } from '../../src/apply/run-program';
import { defaultLabSettings } from '../../src/lab/settings';
import { type DemoCheck, verifyDemo } from '../../src/lab/verify-demo';
import { readManifests } from '../../src/manifests';
import { FakeKarmada } from '../support/fake-karmada';
import { describeWithKubectl, KubectlHome } from '../support/kubectl-tests';

const members = ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'];

describeWithKubectl('lab verify', () => {
  let home: KubectlHome;
  let karmada: FakeKarmada;

  beforeEach(() => {
    home = new KubectlHome();
    karmada = new FakeKarmada({ members });
  });
  afterEach(async () => {
    await karmada.stop();
    home.remove();
  });

  /** Goes through the demo; what runs in the client's cluster is answered from where Karmada placed the server. */
  async function checks(uid: string): Promise<DemoCheck[]> {
    karmada.server.store.uidOf = (key) => (key.endsWith('/pipy') ? uid : `uid-of-${key}`);
    const kubeconfig = home.kubeconfig('karmada.config', { karmada: await karmada.start() });
    const run: RunProgram = async (call) => {
      if (!call.args[1]?.endsWith('cluster-3.kubeconfig')) return runProgram(call);
      const hasServer = 'k3d-cluster-3' in karmada.placement('Deployment', 'default', 'pipy');
      const isFailure = call.args.includes('exec') && !hasServer;
      return { exitCode: isFailure ? 1 : 0, stdout: hasServer ? 'pipy-abc-1' : '', stderr: '' };
    };
    const found: DemoCheck[] = [];
    await verifyDemo(
      {
        kubectl: new Kubectl({ kubeconfig, context: 'karmada' }, run),
        settings: defaultLabSettings(home.env),
        manifests: readManifests(['dist']).manifests,
        application: 'demo',
        timeout: 20,
      },
      { step: () => {}, confirm: async () => true, rollout: () => {} },
      (check) => found.push(check),
    );
    return found;
  }

  test('explains the request that fails, where the UID leaves the client without a server', async () => {
    expect(await checks('4858ca61-3ff8-4095-8267-f3d059d8074c')).toEqual([
      { title: '2 replicas of pipy', passed: true, detail: 'k3d-cluster-1 1, k3d-cluster-2 1' },
      { title: '3 replicas of pipy', passed: true, detail: 'k3d-cluster-1 1, k3d-cluster-2 1, k3d-cluster-3 1' },
      { title: '5 requests from k3d-cluster-3, each answered there', passed: true, detail: 'by pipy-abc-1' },
      { title: '2 replicas of pipy', passed: true, detail: 'k3d-cluster-1 1, k3d-cluster-2 1' },
      {
        title: 'a request from k3d-cluster-3 with 2 replicas over 3 clusters',
        passed: true,
        detail:
          'fails: k3d-cluster-3 has no pod of pipy, so its Service has no endpoints, and Karmada does not carry traffic to another cluster. Ways out: as many replicas as clusters, client and server in one placement, or a MultiClusterService or mesh',
      },
    ]);
  });

  test('says that another UID would have made it fail, where it does not', async () => {
    const found = await checks('d43fdeeb-d750-4e2b-bee3-64eb94534f4c');
    expect(found.map(({ passed }) => passed)).toEqual([true, true, true, true, true]);
    expect(found.at(-1)?.detail).toBe(
      'answered by pipy-abc-1: the UID of this Deployment put a server into k3d-cluster-3. With another UID it has none, and the request fails',
    );
  });
});
