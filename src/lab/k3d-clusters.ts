import type { RunProgram } from '../process/run-program';

/** Docker label of everything that `lab up` creates. `lab down` removes only what has this label. */
export const labLabel = 'cdk8s-karmada.dev/lab';

export interface K3dCluster {
  readonly name: string;
  /** Whether `lab up` created it. */
  readonly isOurs: boolean;
  readonly isRunning: boolean;
}

interface RawCluster {
  readonly name: string;
  readonly serversCount: number;
  readonly serversRunning: number;
  readonly nodes: readonly { readonly runtimeLabels?: object | null }[] | null;
}

/** The k3d clusters of this machine; none if k3d or Docker does not answer. */
export async function k3dClusters(run: RunProgram): Promise<readonly K3dCluster[]> {
  const { exitCode, stdout } = await run({ program: 'k3d', args: ['cluster', 'list', '-o', 'json'] });
  if (exitCode !== 0 || stdout.trim() === '') return [];
  return ((JSON.parse(stdout) ?? []) as readonly RawCluster[]).map(({ name, serversCount, serversRunning, nodes }) => {
    const isOurs = (nodes ?? []).some(({ runtimeLabels }) => labLabel in (runtimeLabels ?? {}));
    return { name, isOurs, isRunning: serversRunning >= serversCount };
  });
}

/** Whether a Docker network exists and whether `lab up` created it. */
export async function networkState(run: RunProgram, network: string): Promise<'ours' | 'foreign' | 'missing'> {
  const args = ['network', 'inspect', network, '--format', '{{json .Labels}}'];
  const { exitCode, stdout } = await run({ program: 'docker', args });
  if (exitCode !== 0) return 'missing';
  return labLabel in (JSON.parse(stdout.trim() || 'null') ?? {}) ? 'ours' : 'foreign';
}
