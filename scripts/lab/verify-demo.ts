import { type ApplyWatcher, apply, isSuccess } from '../../src/apply/apply';
import { bindingsByTemplate, targetsOf } from '../../src/apply/binding';
import { readSnapshot } from '../../src/apply/control-plane';
import { defaultInventoryNamespace } from '../../src/apply/inventory';
import type { Kubectl } from '../../src/apply/kubectl';
import { placementText } from '../../src/apply/placements';
import { releaseOf } from '../../src/apply/release';
import type { KarmadaVersion } from '../../src/karmada/release';
import type { Manifest } from '../../src/kubernetes/manifest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { onCluster } from '../../src/lab/lab-steps';
import { k3dName, type LabSettings } from '../../src/lab/settings';
import { type Clock, systemClock } from '../../src/process/clock';

/** A check of the demo and its result. */
export interface DemoCheck {
  readonly title: string;
  readonly passed: boolean;
  /** What was observed. */
  readonly detail: string;
}

export interface DemoRequest {
  /** kubectl for the lab's Karmada. */
  readonly kubectl: Kubectl;
  readonly settings: LabSettings;
  readonly karmada: KarmadaVersion;
  readonly manifests: readonly Manifest[];
  readonly application: string;
  /** Timeout of each rollout, in seconds. */
  readonly timeout: number;
  /** @default - the time of this machine */
  readonly clock?: Clock;
}

/** Number of requests when every member has a server. */
const requests = 5;

/** Time for a Service to update its endpoints, in seconds. */
const serviceTimeout = 20;

interface Step {
  readonly title: string;
  readonly check: () => Promise<Omit<DemoCheck, 'title'>>;
}

/** The demo in the lab: 2 replicas, 3 replicas, requests from the client, then 2 replicas and a request again. */
export class Demo {
  /** The clusters of the server, and its replicas there. */
  #clusters: ReadonlyMap<string, number> = new Map();
  readonly #member: string;
  readonly #client: string;

  /** @throws Error when the manifests are not the demo */
  constructor(
    readonly request: DemoRequest,
    readonly watcher: ApplyWatcher,
  ) {
    const names = request.manifests.map(({ object }) => `${object.kind} ${object.metadata?.name}`);
    if (!names.includes('Deployment pipy') || !names.includes('Deployment curl')) {
      throw new Error('these manifests are not the demo: it has the Deployments pipy and curl');
    }
    this.#member = request.settings.members.at(-1) ?? '';
    this.#client = k3dName(this.#member);
  }

  /** The checks, in order. */
  get steps(): readonly Step[] {
    const clusters = this.request.settings.members.length;
    return [
      { title: '2 replicas of pipy', check: () => this.#scaled(2) },
      { title: '3 replicas of pipy', check: () => this.#scaled(3) },
      {
        title: `${requests} requests from ${this.#client}, each answered there`,
        check: () => this.#answersFromOwnCluster(),
      },
      { title: '2 replicas of pipy', check: () => this.#scaled(2) },
      {
        title: `a request from ${this.#client} with 2 replicas over ${clusters} clusters`,
        check: () => this.#answersOrExplains(),
      },
    ];
  }

  /** Runs the checks up to the first failure. */
  async verify(report: (check: DemoCheck) => void): Promise<boolean> {
    for (const { title, check } of this.steps) {
      const result = { title, ...(await check()) };
      report(result);
      if (!result.passed) return false;
    }
    return true;
  }

  /** Applies the demo with this many servers, which must run in different clusters. */
  async #scaled(replicas: number): Promise<Omit<DemoCheck, 'title'>> {
    const { kubectl, manifests, karmada, application, timeout, clock = systemClock } = this.request;
    const scaled = manifests.map((manifest) => ({ ...manifest, object: withReplicas(manifest.object, replicas) }));
    const result = await apply(
      kubectl,
      {
        release: releaseOf(scaled, application),
        karmada,
        inventoryNamespace: defaultInventoryNamespace,
        forceConflicts: false,
        dryRun: false,
        wait: { timeout, health: true, clock },
      },
      this.watcher,
    );
    if (!isSuccess(result)) {
      const why = result.rollouts.find(({ state }) => state !== 'done')?.why ?? result.why ?? result.outcome;
      return { passed: false, detail: why };
    }
    const { bindings } = await readSnapshot(kubectl, ['default']);
    const binding = bindingsByTemplate(bindings).get('apps/Deployment/default/pipy');
    this.#clusters = binding ? targetsOf(binding) : new Map();
    const isSpread = this.#clusters.size === replicas && [...this.#clusters.values()].every((count) => count === 1);
    return { passed: isSpread, detail: placementText(this.#clusters, true) };
  }

  /** With a server in every cluster, the client's own cluster answers. */
  async #answersFromOwnCluster(): Promise<Omit<DemoCheck, 'title'>> {
    const pods = await this.#pods();
    for (let count = 0; count < requests; count++) {
      const answer = await this.#answer((text) => text !== undefined);
      if (answer !== undefined && pods.includes(answer)) continue;
      const expected = `and the pods there are ${pods.join(', ')}`;
      return { passed: false, detail: `answered by ${answer ?? 'nothing'}, ${expected}` };
    }
    return { passed: true, detail: `by ${pods.join(', ')}` };
  }

  /** With fewer servers than clusters, the client's cluster may have none. */
  async #answersOrExplains(): Promise<Omit<DemoCheck, 'title'>> {
    const hasServer = this.#clusters.has(this.#client);
    const answer = await this.#answer((text) => (text !== undefined) === hasServer);
    if (hasServer) {
      const detail = `answered by ${answer ?? 'nothing'}: the UID of this Deployment placed a server in ${this.#client}. With another UID there is none, and the request fails`;
      return { passed: answer !== undefined, detail };
    }
    const detail = `${answer === undefined ? 'fails' : `answered by ${answer}`}: ${this.#client} has no pod of pipy, so its Service has no endpoints, and Karmada does not route traffic to another cluster. Solutions: as many replicas as clusters, one placement for client and server, a MultiClusterService, or a service mesh`;
    return { passed: answer === undefined, detail };
  }

  async #pods(): Promise<string[]> {
    const args = ['get', 'pods', '--selector', 'app=pipy', '-o', 'jsonpath={.items[*].metadata.name}'];
    const { stdout } = await this.#inClientCluster(args);
    return stdout.split(' ').filter((name) => name !== '');
  }

  /** The answer of the server, undefined for none; retried until it is as expected or the timeout. */
  async #answer(isExpected: (answer: string | undefined) => boolean): Promise<string | undefined> {
    const { kubectl, clock = systemClock } = this.request;
    const curl = ['curl', '--silent', '--show-error', '--max-time', '5', 'http://pipy.default:8080'];
    for (const start = clock.now(); ; ) {
      const { exitCode, stdout } = await this.#inClientCluster(['exec', 'deployment/curl', '--', ...curl]);
      const answer = exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
      if (isExpected(answer) || clock.now() - start > serviceTimeout) return answer;
      await clock.sleep(1, kubectl.signal);
    }
  }

  #inClientCluster(args: readonly string[]) {
    const { kubectl, settings } = this.request;
    const call = onCluster(settings, this.#member, '--namespace', 'default', ...args);
    return kubectl.run({ ...call, ...(kubectl.signal && { signal: kubectl.signal }) });
  }
}

function withReplicas(object: KubernetesObject, replicas: number): KubernetesObject {
  if (object.kind !== 'Deployment' || object.metadata?.name !== 'pipy') return object;
  return { ...object, spec: { ...(object.spec as object), replicas } };
}
