import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandText, type RunProgram } from '../apply/run-program';
import { EnvironmentError } from '../problem/environment-error';
import { type K3dCluster, k3dClusters, networkState } from './k3d-clusters';
import type { LabStep } from './lab-steps';
import * as steps from './lab-steps';
import { preflight } from './preflight';
import { k3dName, karmadaFolder, type LabSettings } from './settings';

/** Whoever watches the lab being made. */
export interface LabWatcher {
  /** Does the work of a step, and tells how long it takes. */
  readonly step: <Result>(title: string, command: string, work: () => Promise<Result>) => Promise<Result>;
  /** There is nothing to do in a step. */
  readonly skip: (title: string) => void;
}

/** Says that what this folder holds was made by the lab, and with which settings. */
const recordName = 'lab.json';

/** Written once Karmada is whole: its kubeconfig is there long before. */
const installedName = '.installed';

/** The commands that make a lab from nothing. @throws EnvironmentError as {@link labUp} */
export async function labUpCommands(settings: LabSettings, run: RunProgram): Promise<string[]> {
  const { settings: placed } = await preflight(settings, run);
  const names = [placed.controlPlane, ...placed.members];
  const all = [
    steps.createNetwork(placed),
    ...names.flatMap((name) => [steps.createCluster(placed, name), steps.writeKubeconfig(placed, name)]),
    steps.installKarmada(placed),
    ...placed.members.map((name) => steps.joinMember(placed, name)),
    steps.awaitMembers(placed),
  ];
  return [`mkdir -p -m 700 ${placed.dataFolder}`, ...all.map(stepText)];
}

function stepText({ call, into }: LabStep): string {
  return into === undefined ? commandText(call) : `${commandText(call)} > ${into}`;
}

/**
 * Makes the lab, or what is missing of it.
 *
 * @returns how many steps there was something to do in
 * @throws EnvironmentError when something is missing on this machine, before anything is made; and when a step fails
 */
export async function labUp(settings: LabSettings, run: RunProgram, watcher: LabWatcher): Promise<number> {
  const { settings: placed, clusters } = await preflight(settings, run);
  const { dataFolder, controlPlane, members } = placed;
  const lab = new Lab(run, watcher);
  claimFolder(dataFolder, settings);

  await lab.unless((await networkState(run, placed.network)) !== 'missing', steps.createNetwork(placed));
  for (const name of [controlPlane, ...members]) {
    const cluster = clusters.find((each) => each.name === name);
    if (cluster && !cluster.isRunning) await lab.take(steps.startCluster(placed, name));
    else await lab.unless(cluster !== undefined, steps.createCluster(placed, name));
    const answers = ['get', '--raw', '/readyz'];
    await lab.unless(
      await lab.succeeds('kubectl', [...steps.onCluster(placed, name), ...answers]),
      steps.writeKubeconfig(placed, name),
    );
  }
  await lab.install(placed);
  const joined = await lab.joined(placed);
  for (const name of members) await lab.unless(joined.has(k3dName(name)), steps.joinMember(placed, name));
  const ready = members.every((name) => joined.get(k3dName(name)) === true);
  await lab.unless(ready, steps.awaitMembers(placed));
  return lab.taken;
}

/** What `lab down` would remove. */
export async function labDownCommands(settings: LabSettings, run: RunProgram): Promise<string[]> {
  const { clusters, network } = await made(settings, run);
  return [
    ...clusters.map(({ name }) => stepText(steps.deleteCluster(name))),
    ...(network ? [stepText(steps.removeNetwork(settings))] : []),
    ...(existsSync(join(settings.dataFolder, recordName)) ? [`rm -r ${settings.dataFolder}`] : []),
  ];
}

/** Removes what `lab up` made, and nothing else. @returns how many things that were */
export async function labDown(settings: LabSettings, run: RunProgram, watcher: LabWatcher): Promise<number> {
  const { clusters, network } = await made(settings, run);
  const lab = new Lab(run, watcher);
  for (const { name } of clusters) await lab.take(steps.deleteCluster(name));
  if (network) await lab.take(steps.removeNetwork(settings));
  return lab.taken + releaseFolder(settings.dataFolder);
}

/** What of the lab is there, whatever its settings were: the members first. */
async function made({ network, controlPlane }: LabSettings, run: RunProgram) {
  const clusters = (await k3dClusters(run)).filter(({ isOurs }) => isOurs);
  const order = ({ name }: K3dCluster) => (name === controlPlane ? 1 : 0);
  return {
    clusters: [...clusters].sort((a, b) => order(a) - order(b)),
    network: (await networkState(run, network)) === 'ours',
  };
}

class Lab {
  taken = 0;

  constructor(
    readonly run: RunProgram,
    readonly watcher: LabWatcher,
  ) {}

  async unless(isDone: boolean, step: LabStep): Promise<void> {
    if (!isDone) return this.take(step);
    this.watcher.skip(step.title);
  }

  async take(step: LabStep): Promise<void> {
    await this.watcher.step(step.title, stepText(step), () => this.#do(step));
    this.taken++;
  }

  async #do({ title, call, into }: LabStep): Promise<void> {
    const { exitCode, stdout, stderr } = await this.run(call);
    if (exitCode !== 0) {
      const said = (stderr.trim() || stdout.trim()).split('\n').slice(-12).join('\n  ');
      throw new EnvironmentError(
        `${title}: ${commandText(call)} failed with exit code ${exitCode}:\n  ${said}`,
        'what is made so far stays: put it right and run `lab up` again, or begin anew after `lab down`',
      );
    }
    if (into !== undefined) writePrivately(into, stdout);
  }

  async succeeds(program: string, args: readonly string[]): Promise<boolean> {
    return (await this.run({ program, args })).exitCode === 0;
  }

  /** Installs Karmada; what an interrupted installation left is removed first, what was stopped is waited for. */
  async install(settings: LabSettings & { readonly hostAddress: string }): Promise<void> {
    const { dataFolder, controlPlane } = settings;
    const marker = join(karmadaFolder(dataFolder), installedName);
    const answers = [...steps.onKarmada(settings), 'get', '--raw', '/apis/cluster.karmada.io/v1alpha1/clusters'];
    if (existsSync(marker)) {
      const isUp = await this.succeeds('kubectl', answers);
      await this.unless(isUp, isUp ? steps.installKarmada(settings) : steps.awaitKarmada(settings));
      return;
    }
    const namespace = [...steps.onCluster(settings, controlPlane), 'get', 'namespace', 'karmada-system'];
    if (await this.succeeds('kubectl', namespace)) await this.take(steps.removeKarmada(settings));
    await this.take(steps.installKarmada(settings));
    restrict(karmadaFolder(dataFolder));
    writePrivately(marker, '');
  }

  /** The members that have joined, and whether they are ready. */
  async joined(settings: LabSettings): Promise<ReadonlyMap<string, boolean>> {
    const path = '/apis/cluster.karmada.io/v1alpha1/clusters';
    const { exitCode, stdout } = await this.run({
      program: 'kubectl',
      args: [...steps.onKarmada(settings), 'get', '--raw', path],
    });
    if (exitCode !== 0) return new Map();
    const { items } = JSON.parse(stdout) as { readonly items: readonly RawMember[] };
    const isReady = ({ status }: RawMember) =>
      (status?.conditions ?? []).some(({ type, status: value }) => type === 'Ready' && value === 'True');
    return new Map(items.map((item) => [item.metadata.name, isReady(item)]));
  }
}

interface RawMember {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Makes the lab's folder; one that somebody else filled is not touched. */
function claimFolder(folder: string, settings: LabSettings): void {
  const record = join(folder, recordName);
  if (existsSync(folder) && !existsSync(record) && readdirSync(folder).length > 0) {
    throw new EnvironmentError(`the folder ${folder} is not empty, and not the lab's`, 'name another one with --data');
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  writePrivately(record, `${JSON.stringify(settings, null, 2)}\n`);
}

/** Removes what the lab wrote into its folder, and the folder if nothing else is in it. @returns 1 if there was one */
function releaseFolder(folder: string): number {
  const record = join(folder, recordName);
  if (!existsSync(record)) return 0;
  const { controlPlane, members } = JSON.parse(readFileSync(record, 'utf8')) as LabSettings;
  for (const name of [controlPlane, ...members]) rmSync(join(folder, `${name}.kubeconfig`), { force: true });
  rmSync(karmadaFolder(folder), { recursive: true, force: true });
  rmSync(record);
  if (readdirSync(folder).length === 0) rmdirSync(folder);
  return 1;
}

/** Kubeconfigs and keys are for their owner alone. */
function writePrivately(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
}

function restrict(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
  }
}
