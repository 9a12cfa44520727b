import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../problem/environment-error';
import { commandText, type ProgramCall, type RunProgram } from '../process/run-program';
import { k3dClusters, networkState } from './k3d-clusters';
import * as steps from './lab-steps';
import { preflight } from './preflight';
import { k3dName, karmadaFolder, type LabSettings } from './settings';

/** Receives the progress of the lab. */
export interface LabWatcher {
  /** Runs the work of a step, except in a dry run. */
  readonly step: (title: string, command: string, work: () => Promise<void>) => Promise<void>;
  /** Called for a step that is already done. */
  readonly skip: (title: string) => void;
}

/** Marks a folder as the lab's, and records its settings. */
const recordName = 'lab.json';

/** Marks a complete Karmada installation; the kubeconfig exists much earlier. */
const installedName = '.installed';

/**
 * Creates the missing parts of the lab.
 *
 * @returns the number of steps taken
 * @throws EnvironmentError when the preflight finds problems, before any step, or when a step fails
 */
export async function labUp(settings: LabSettings, run: RunProgram, watcher: LabWatcher): Promise<number> {
  const { settings: placed, clusters } = await preflight(settings, run);
  const { dataFolder, controlPlane, members } = placed;
  const lab = new Lab(run, watcher);
  await lab.claimFolder(settings);
  await lab.unless((await networkState(run, placed.network)) !== 'missing', steps.createNetwork(placed));
  for (const name of [controlPlane, ...members]) {
    const cluster = clusters.find((each) => each.name === name);
    if (cluster && !cluster.isRunning) await lab.take(steps.startCluster(placed, name));
    else await lab.unless(cluster !== undefined, steps.createCluster(placed, name));
    const answers = await lab.succeeds(steps.onCluster(placed, name, 'get', '--raw', '/readyz'));
    await lab.unless(answers, steps.writeKubeconfig(placed, name));
  }
  // Wait for a Karmada that was stopped; remove the rest of an interrupted installation.
  const isInstalled = existsSync(join(karmadaFolder(dataFolder), installedName));
  const isUp = isInstalled && (await lab.succeeds(steps.readMembers(placed)));
  const namespace = steps.onCluster(placed, controlPlane, 'get', 'namespace', 'karmada-system');
  if (!isInstalled && (await lab.succeeds(namespace))) await lab.take(steps.removeKarmada(placed));
  if (isInstalled && !isUp) await lab.take(steps.awaitKarmada(placed));
  else await lab.unless(isUp, steps.installKarmada(placed), () => protect(karmadaFolder(dataFolder)));
  const { stdout } = await run(steps.readMembers(placed));
  const joined = new Map(stdout.split('\n').map((line) => line.split(' ') as [string, string]));
  for (const name of members) await lab.unless(joined.has(k3dName(name)), steps.joinMember(placed, name));
  const areReady = members.every((name) => joined.get(k3dName(name)) === 'True');
  await lab.unless(areReady, steps.awaitMembers(placed));
  return lab.taken;
}

/** Removes only what `lab up` created, the members first. @returns the number of steps taken */
export async function labDown(settings: LabSettings, run: RunProgram, watcher: LabWatcher): Promise<number> {
  const lab = new Lab(run, watcher);
  const ours = (await k3dClusters(run)).filter(({ isOurs }) => isOurs).map(({ name }) => name);
  const last = ours.filter((name) => name === settings.controlPlane);
  for (const name of [...ours.filter((each) => !last.includes(each)), ...last])
    await lab.take(steps.deleteCluster(name));
  if ((await networkState(run, settings.network)) === 'ours') await lab.take(steps.removeNetwork(settings));
  await lab.releaseFolder(settings);
  return lab.taken;
}

class Lab {
  taken = 0;

  constructor(
    readonly run: RunProgram,
    readonly watcher: LabWatcher,
  ) {}

  async unless(isDone: boolean, step: steps.LabStep, then?: () => void): Promise<void> {
    if (!isDone) return this.take(step, then);
    this.watcher.skip(step.title);
  }

  async take({ title, call, into }: steps.LabStep, then?: () => void): Promise<void> {
    const command = into === undefined ? commandText(call) : `${commandText(call)} > ${into}`;
    await this.watcher.step(title, command, async () => {
      const { exitCode, stdout, stderr } = await this.run(call);
      if (exitCode !== 0) {
        const said = (stderr.trim() || stdout.trim()).split('\n').slice(-12).join('\n  ');
        throw new EnvironmentError(
          `${title}: ${commandText(call)} failed with exit code ${exitCode}:\n  ${said}`,
          'correct the problem and run `lab up` again: it continues from here; `lab down` removes everything',
        );
      }
      if (into !== undefined) writePrivately(into, stdout);
      then?.();
    });
    this.taken++;
  }

  async succeeds(call: ProgramCall): Promise<boolean> {
    return (await this.run(call)).exitCode === 0;
  }

  /** Creates the lab's folder. A folder with other contents is not touched. */
  async claimFolder(settings: LabSettings): Promise<void> {
    const { dataFolder: folder } = settings;
    const record = join(folder, recordName);
    if (existsSync(record)) return this.watcher.skip(`folder ${folder}`);
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new EnvironmentError(
        `the folder ${folder} is not empty and was not created by the lab`,
        'choose another folder with --data',
      );
    }
    await this.watcher.step(`folder ${folder}`, `mkdir -p -m 700 ${folder}`, async () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      chmodSync(folder, 0o700);
      writePrivately(record, `${JSON.stringify(settings, null, 2)}\n`);
    });
  }

  /** Removes the lab's files, and its folder if it is then empty. */
  async releaseFolder({ dataFolder: folder }: LabSettings): Promise<void> {
    const record = join(folder, recordName);
    if (!existsSync(record)) return;
    await this.watcher.step(`folder ${folder}`, `rm -r ${folder}`, async () => {
      const { controlPlane, members } = JSON.parse(readFileSync(record, 'utf8')) as LabSettings;
      for (const name of [controlPlane, ...members]) rmSync(join(folder, `${name}.kubeconfig`), { force: true });
      rmSync(karmadaFolder(folder), { recursive: true, force: true });
      rmSync(record);
      if (readdirSync(folder).length === 0) rmdirSync(folder);
    });
    this.taken++;
  }
}

/** Kubeconfigs and keys are readable only by their owner. */
function writePrivately(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
}

function protect(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
  }
  writePrivately(join(folder, installedName), '');
}
