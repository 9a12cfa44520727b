import { homedir } from 'node:os';
import { join } from 'node:path';

export interface LabSettings {
  /** k3d cluster that Karmada runs in. */
  readonly controlPlane: string;
  /** Member clusters. k3d and Karmada call them `k3d-NAME`. */
  readonly members: readonly string[];
  /** API port of the control plane's cluster; the members have the ports that follow. */
  readonly firstPort: number;
  /** Port of the Karmada API server; a node port, so 30000 to 32767. */
  readonly karmadaPort: number;
  readonly image: string;
  /** Memory limit of a cluster, in Docker's notation: `2g`, `1536m`. */
  readonly memory: string;
  readonly network: string;
  /** Address of this machine that containers can reach. @default - the source address of the route to a public address */
  readonly hostAddress?: string;
  /** Folder for kubeconfigs, certificates and Karmada's files. */
  readonly dataFolder: string;
  /** Timeout for creating a cluster, in seconds. */
  readonly timeout: number;
}

export function defaultLabSettings(env: Readonly<Record<string, string | undefined>>): LabSettings {
  return {
    controlPlane: 'control-plane',
    members: memberNames(3),
    firstPort: 6444,
    karmadaPort: 32443,
    // The original demo used v1.23 of 2022, which predates hosts with cgroup v2 only; Karmada 1.18 is tested with newer releases.
    image: 'docker.io/rancher/k3s:v1.33.6-k3s1',
    memory: '2g',
    network: 'multi-clusters',
    dataFolder: labFolder(env),
    timeout: 120,
  };
}

export function memberNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `cluster-${index + 1}`);
}

export function labFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(env['XDG_DATA_HOME'] || join(env['HOME'] || homedir(), '.local', 'share'), 'cdk8s-karmada', 'lab');
}

/** Name of a cluster in Karmada, kubeconfigs and Docker. */
export const k3dName = (cluster: string) => `k3d-${cluster}`;

export function clusterKubeconfig({ dataFolder }: LabSettings, cluster: string): string {
  return join(dataFolder, `${cluster}.kubeconfig`);
}

/** The folder that `karmadactl init` writes. */
export const karmadaFolder = (dataFolder: string) => join(dataFolder, 'karmada');

/** The kubeconfig of the lab's Karmada API server. */
export const karmadaKubeconfig = (dataFolder: string) => join(karmadaFolder(dataFolder), 'karmada-apiserver.config');
