import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../../src/problem/environment-error';
import type { RunProgram } from '../../src/process/run-program';
import type { FakeApiServer } from './fake-api-server';
import { standInKubectl } from './kubectl-stand-in';

/** Settings of the stand-ins. */
export interface Pretence {
  readonly docker?: string;
  readonly k3d?: string;
  readonly karmadactl?: string;
  /** Missing programs. */
  readonly missing?: readonly string[];
  /** Memory of Docker in bytes; with 0, it is not running. */
  readonly memory?: number;
  readonly failOn?: readonly string[];
}

interface Cluster {
  readonly labels: Readonly<Record<string, string>>;
  running: boolean;
}

const reads = /^(--version|version|info|network inspect|cluster list|kubeconfig get)/;

/** docker, k3d and karmadactl without processes; they record their calls and what they created. */
export class LabStandIns {
  pretence: Pretence = {};
  /** Calls that change something. */
  readonly calls: string[] = [];
  clusters: Record<string, Cluster> = {};
  network: { readonly labels: Readonly<Record<string, string>> | null } | undefined;
  readonly #kubectl: RunProgram;

  /** @param servers - of the lab's Karmada, of the cluster that it runs in, and of the members */
  constructor(readonly servers: Readonly<Record<'karmada' | 'host' | 'member', FakeApiServer>>) {
    this.#kubectl = standInKubectl((kubeconfig) => {
      if (kubeconfig.endsWith('karmada-apiserver.config'))
        return this.#files.has(kubeconfig) ? servers.karmada : undefined;
      if (!this.#files.has(kubeconfig)) return undefined;
      return kubeconfig.endsWith('control-plane.kubeconfig') ? servers.host : servers.member;
    });
  }

  /** Kubeconfigs that have been written. */
  readonly #files = new Set<string>();

  run: RunProgram = async (call) => {
    const { program, args } = call;
    const line = args.join(' ');
    const { missing = [], failOn = [] } = this.pretence;
    if (missing.includes(program)) throw new EnvironmentError(`${program} is not installed`, 'install it');
    if (program === 'kubectl') {
      return line === 'version --client' ? done('Client Version: v1.32.3') : this.#kubectl(call);
    }
    if (!reads.test(line)) this.calls.push(`${program} ${line}`);
    const failure = failOn.find((text) => `${program} ${line}`.includes(text));
    if (failure !== undefined) return { exitCode: 1, stdout: '', stderr: `stand-in: ${failure} fails\n` };
    const output = this.#answer(program, args);
    return output === undefined ? { exitCode: 1, stdout: '', stderr: 'no\n' } : done(output);
  };

  /** @returns what the program prints; undefined where it fails */
  #answer(program: string, args: readonly string[]): string | undefined {
    const { docker = '28.2.2', k3d = '5.8.3', karmadactl = '1.18.2', memory = 16 * 1024 ** 3 } = this.pretence;
    const option = (flag: string) => args[args.indexOf(flag) + 1] ?? '';
    const name = args[2] ?? '';
    switch (`${program} ${args.slice(0, 2).join(' ')}`.replace(/ (--kubeconfig|--format|k3d-\S*).*$/, '')) {
      case 'docker --version':
        return `Docker version ${docker}, build e6534b4`;
      case 'docker info':
        return memory > 0 ? String(memory) : undefined;
      case 'docker network inspect':
        return this.network && JSON.stringify(this.network.labels);
      case 'docker network create':
        this.network = { labels: labelOf(option('--label')) };
        return '';
      case 'docker network rm':
        this.network = undefined;
        return '';
      case 'k3d version':
        return `k3d version v${k3d}\nk3s version v1.31.5-k3s1 (default)`;
      case 'k3d cluster list':
        return JSON.stringify(
          Object.entries(this.clusters).map(([cluster, { labels, running }]) => ({
            name: cluster,
            serversCount: 1,
            serversRunning: running ? 1 : 0,
            nodes: [{ name: `k3d-${cluster}-server-0`, runtimeLabels: labels }],
          })),
        );
      case 'k3d cluster create':
        this.clusters[name] = { labels: labelOf(option('--runtime-label').split('@')[0] ?? ''), running: true };
        return '';
      case 'k3d cluster start':
        this.clusters[name]!.running = true;
        return '';
      case 'k3d cluster delete':
        delete this.clusters[name];
        return '';
      case 'k3d kubeconfig get':
        this.#files.add(join(this.dataFolder, `${name}.kubeconfig`));
        return `kubeconfig of ${name}`;
      case 'karmadactl version':
        return `karmadactl version: version.Info{GitVersion:"v${karmadactl}", GitCommit:"x"}`;
      case 'karmadactl init': {
        const file = join(option('--karmada-data'), 'karmada-apiserver.config');
        mkdirSync(join(option('--karmada-data'), 'pki'), { recursive: true });
        writeFileSync(file, 'kubeconfig of Karmada');
        this.#files.add(file);
        return '';
      }
      case 'karmadactl deinit':
        return '';
      case 'karmadactl join':
        this.servers.karmada.add({
          apiVersion: 'cluster.karmada.io/v1alpha1',
          kind: 'Cluster',
          metadata: { name: args[1] ?? '' },
          spec: { syncMode: 'Push' },
          status: { conditions: [{ type: 'Ready', status: 'True' }] },
        });
        return '';
      default:
        throw new Error(`stand-in: ${program} ${args.join(' ')} is not known`);
    }
  }

  /** Where the lab keeps its files. */
  dataFolder = '';
}

function labelOf(text: string): Readonly<Record<string, string>> {
  const [label = '', value = ''] = text.split('=');
  return { [label]: value };
}

function done(stdout: string) {
  return { exitCode: 0, stdout, stderr: '' };
}
