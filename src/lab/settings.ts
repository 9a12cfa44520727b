import { homedir } from 'node:os';
import { join } from 'node:path';

/** Everything about the lab that can be chosen. */
export interface LabSettings {
  /** k3d cluster that Karmada runs in. */
  readonly controlPlane: string;
  /** k3d clusters that join it. k3d, and Karmada after it, put `k3d-` before each name. */
  readonly members: readonly string[];
  /** API port of the control plane's cluster; each member has the next one. */
  readonly firstPort: number;
  /** Port of the Karmada API server; a node port, so 30000 to 32767. */
  readonly karmadaPort: number;
  readonly image: string;
  /** Most memory of a cluster, as docker takes it: `2g`, `1536m`. */
  readonly memory: string;
  readonly network: string;
  /** Address of this machine that containers reach. @default - the source address of the route to a public address */
  readonly hostAddress?: string;
  /** Folder of kubeconfigs, certificates and Karmada's own files. */
  readonly dataFolder: string;
  /** Longest time that making a cluster may take, in seconds. */
  readonly timeout: number;
}

/** The lab as the demo has it. */
export function defaultLabSettings(env: Readonly<Record<string, string | undefined>>): LabSettings {
  return {
    controlPlane: 'control-plane',
    members: memberNames(3),
    firstPort: 6444,
    karmadaPort: 32443,
    // The demo's v1.23 is of 2022, from before hosts came with cgroup v2 alone; Karmada 1.18 is tested with far newer ones.
    image: 'docker.io/rancher/k3s:v1.33.6-k3s1',
    memory: '2g',
    network: 'multi-clusters',
    dataFolder: labFolder(env),
    timeout: 120,
  };
}

/** Names of this many members. */
export function memberNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `cluster-${index + 1}`);
}

/** Where the lab keeps its files: with the data of other programs, never in a repository. */
export function labFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(env['XDG_DATA_HOME'] || join(env['HOME'] || homedir(), '.local', 'share'), 'cdk8s-karmada', 'lab');
}

/** Name of a cluster in Karmada, in kubeconfigs and in Docker. */
export const k3dName = (cluster: string) => `k3d-${cluster}`;

/** The kubeconfig of one of the lab's clusters. */
export function clusterKubeconfig({ dataFolder }: LabSettings, cluster: string): string {
  return join(dataFolder, `${cluster}.kubeconfig`);
}

/** The folder that `karmadactl init` writes to. */
export const karmadaFolder = (dataFolder: string) => join(dataFolder, 'karmada');

/** The kubeconfig of the lab's Karmada API server. */
export const karmadaKubeconfig = (dataFolder: string) => join(karmadaFolder(dataFolder), 'karmada-apiserver.config');
