import { type ApplyWatcher, apply, isSuccess } from '../apply/apply';
import { readStanding } from '../apply/control-plane';
import { defaultInventoryNamespace } from '../apply/inventory';
import type { Kubectl } from '../apply/kubectl';
import { placementText } from '../apply/live-comparison';
import { releaseOf } from '../apply/release';
import { bindingsByTemplate } from '../apply/rollout';
import { pause } from '../apply/wait';
import type { Manifest } from '../kubernetes/manifest';
import { EnvironmentError } from '../problem/environment-error';
import { onCluster } from './lab-steps';
import { k3dName, type LabSettings } from './settings';

/** One thing that the demo promises, and what came of it. */
export interface DemoCheck {
  readonly title: string;
  readonly passed: boolean;
  /** What was seen, and what it means. */
  readonly detail: string;
}

/** What the demo is checked with. */
export interface DemoRequest {
  /** For the lab's Karmada. */
  readonly kubectl: Kubectl;
  readonly settings: LabSettings;
  readonly manifests: readonly Manifest[];
  readonly application: string;
  /** Longest wait for each rollout, in seconds. */
  readonly timeout: number;
}

/** How often the server is asked where every answer has to come from the client's own cluster. */
const requests = 5;

/** How long a Service takes to know its pods, in seconds. */
const serviceTimeout = 20;

/** Goes through the demo in the lab: 2 replicas, 3, requests from the client, back to 2 and what becomes of the requests. */
export async function verifyDemo(
  request: DemoRequest,
  watcher: ApplyWatcher,
  tell: (check: DemoCheck) => void,
): Promise<boolean> {
  const demo = new Demo(request, watcher);
  let passed = true;
  for (const check of [
    () => demo.scaled(2, (clusters) => clusters.size === 2),
    () =>
      demo.scaled(3, (clusters) => clusters.size === 3 && [...clusters.values()].every((replicas) => replicas === 1)),
    () => demo.answersFromOwnCluster(),
    () => demo.scaled(2, (clusters) => clusters.size === 2),
    () => demo.answersOrExplains(),
  ]) {
    const result = await check();
    tell(result);
    passed &&= result.passed;
    if (!result.passed) break;
  }
  return passed;
}

class Demo {
  /** Where the server runs now. */
  #clusters: ReadonlyMap<string, number> = new Map();
  readonly #client: string;

  constructor(
    readonly request: DemoRequest,
    readonly watcher: ApplyWatcher,
  ) {
    const last = request.settings.members.at(-1);
    const names = request.manifests.map(({ object }) => `${object.kind} ${object.metadata?.name}`);
    if (last === undefined || !names.includes('Deployment pipy') || !names.includes('Deployment curl')) {
      throw new EnvironmentError(
        'these manifests are not the demo: it has the Deployments pipy and curl',
        'name the dist/ of the demo',
      );
    }
    this.#client = last;
  }

  /** Applies the demo with this many servers. */
  async scaled(replicas: number, isRight: (clusters: ReadonlyMap<string, number>) => boolean): Promise<DemoCheck> {
    const { kubectl, manifests, application, timeout } = this.request;
    const title = `${replicas} replicas of pipy`;
    const scaled = manifests.map((manifest) => withReplicas(manifest, 'pipy', replicas));
    const result = await apply(
      kubectl,
      {
        release: releaseOf(scaled, application),
        karmada: '1.18',
        isNamed: true,
        inventoryNamespace: defaultInventoryNamespace,
        forceConflicts: false,
      },
      { dryRun: false, wait: { timeout, health: true } },
      this.watcher,
    );
    if (!isSuccess(result)) {
      const why = result.rollouts.find(({ state }) => state !== 'done')?.why ?? result.why ?? result.outcome;
      return { title, passed: false, detail: why };
    }
    const { bindings } = await readStanding(kubectl, ['default']);
    this.#clusters = bindingsByTemplate(bindings).get('apps/Deployment/default/pipy')?.clusters ?? new Map();
    return { title, passed: isRight(this.#clusters), detail: placementText(this.#clusters, true) };
  }

  /** With a server in every cluster, each answer comes from the client's own. */
  async answersFromOwnCluster(): Promise<DemoCheck> {
    const title = `${requests} requests from ${k3dName(this.#client)}, each answered there`;
    const pods = await this.#pods();
    for (let count = 0; count < requests; count++) {
      const answer = await this.#answer((text) => text !== undefined);
      if (answer === undefined || !pods.includes(answer)) {
        return {
          title,
          passed: false,
          detail: `answered by ${answer ?? 'nobody'}, and the pods there are ${pods.join(', ')}`,
        };
      }
    }
    return { title, passed: true, detail: `by ${pods.join(', ')}` };
  }

  /** With fewer servers than clusters, the client's cluster may have none. */
  async answersOrExplains(): Promise<DemoCheck> {
    const client = k3dName(this.#client);
    const hasServer = this.#clusters.has(client);
    const answer = await this.#answer((text) => (text !== undefined) === hasServer);
    const title = `a request from ${client} with 2 replicas over ${this.request.settings.members.length} clusters`;
    if (hasServer) {
      const detail = `answered by ${answer ?? 'nobody'}: the UID of this Deployment put a server into ${client}. With another UID it has none, and the request fails`;
      return { title, passed: answer !== undefined, detail };
    }
    const detail = `${answer === undefined ? 'fails' : `answered by ${answer}`}: ${client} has no pod of pipy, so its Service has no endpoints, and Karmada does not carry traffic to another cluster. Ways out: as many replicas as clusters, client and server in one placement, or a MultiClusterService or mesh`;
    return { title, passed: answer === undefined, detail };
  }

  async #pods(): Promise<string[]> {
    const args = ['get', 'pods', '--selector', 'app=pipy', '-o', 'jsonpath={.items[*].metadata.name}'];
    const { stdout } = await this.#inClientCluster(args);
    return stdout.split(' ').filter((name) => name !== '');
  }

  /** What the server answers; undefined where nobody does. Asked again for a while, until it is what is expected. */
  async #answer(isExpected: (answer: string | undefined) => boolean): Promise<string | undefined> {
    const curl = ['curl', '--silent', '--show-error', '--max-time', '5', 'http://pipy.default:8080'];
    for (const deadline = Date.now() + serviceTimeout * 1000; ; ) {
      const { exitCode, stdout } = await this.#inClientCluster(['exec', 'deployment/curl', '--', ...curl]);
      const answer = exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
      if (isExpected(answer) || Date.now() > deadline) return answer;
      await pause(1, this.request.kubectl.signal);
    }
  }

  #inClientCluster(args: readonly string[]) {
    const { kubectl, settings } = this.request;
    const where = [...onCluster(settings, this.#client), '--namespace', 'default'];
    return kubectl.run({
      program: 'kubectl',
      args: [...where, ...args],
      ...(kubectl.signal && { signal: kubectl.signal }),
    });
  }
}

function withReplicas(manifest: Manifest, name: string, replicas: number): Manifest {
  const { object } = manifest;
  if (object.kind !== 'Deployment' || object.metadata?.name !== name) return manifest;
  return { ...manifest, object: { ...object, spec: { ...(object.spec as object), replicas } } };
}
