import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { liveScenarios } from '../live/scenarios';
import { FakeApiServer } from '../support/fake-api-server';
import { FakeKarmada } from '../support/fake-karmada';
import { describeWithKubectl, KubectlHome } from '../support/kubectl-tests';

// The suite for a real Karmada, against the one in this process: so that the suite itself does not rot.
describeWithKubectl('the live scenarios', () => {
  const members = ['member1', 'member2', 'member3'];
  const memberServers = new Map(members.map((name) => [name, new FakeApiServer()]));
  const karmada = new FakeKarmada({ members, memberServers });
  const home = new KubectlHome();

  liveScenarios(
    async () => {
      const memberFolder = join(home.folder, 'members');
      mkdirSync(memberFolder);
      for (const [name, server] of memberServers) {
        home.kubeconfig(join('members', `${name}.kubeconfig`), { [name]: await server.start() });
      }
      return {
        kubeconfig: home.kubeconfig('karmada.config', { 'karmada-apiserver': await karmada.start() }),
        memberFolder,
        wait: { timeout: 5, health: true, poll: 0.05, settle: 0.1, grace: 0.3, retryGrace: 0.6 },
        patience: 3,
      };
    },
    async () => {
      await karmada.stop();
      for (const server of memberServers.values()) await server.stop();
      home.remove();
    },
  );
});
