import { EnvironmentError } from '../problem/environment-error';
import type { RunProgram } from '../process/run-program';
import { hostAddress, portProblem } from './host-address';
import { type K3dCluster, k3dClusters } from './k3d-clusters';
import type { PlacedSettings } from './lab-steps';
import type { LabSettings } from './settings';

/** Required programs: arguments that print the version, oldest supported version and why, download page. */
const tools = [
  ['docker', '--version', [20, 10], 'k3d needs it', 'https://docs.docker.com/engine/install'],
  ['k3d', 'version', [5, 0], 'older releases have other options', 'https://k3d.io/stable/#installation'],
  ['kubectl', 'version --client', [1, 24], 'older ones lack strict apply', 'https://kubernetes.io/docs/tasks/tools'],
  [
    'karmadactl',
    'version',
    [1, 16],
    'the planner models Karmada from 1.16 on',
    'https://karmada.io/docs/installation/install-cli-tools',
  ],
] as const;

const noAddress = 'this machine has no route to the internet, so its address is unknown: pass --host-address';

/**
 * Checks the machine before anything is created.
 *
 * @throws EnvironmentError that lists all problems, each with a fix
 */
export async function preflight(
  settings: LabSettings,
  run: RunProgram,
  { platform } = process,
): Promise<{ readonly settings: PlacedSettings; readonly clusters: readonly K3dCluster[] }> {
  const missing = await Promise.all(tools.map((tool) => toolProblem(tool, run)));
  const has = (program: string) => missing[tools.findIndex(([name]) => name === program)] === undefined;
  const docker = has('docker') ? await dockerProblem(settings, run) : undefined;
  const clusters = has('k3d') && docker === undefined ? await k3dClusters(run) : [];
  const names = [settings.controlPlane, ...settings.members];
  const foreign = clusters.filter(({ name, isOurs }) => !isOurs && names.includes(name));
  const address = settings.hostAddress ?? (await hostAddress());
  const problems = [
    /^(darwin|linux)$/.test(platform) ? undefined : `the lab runs on macOS and Linux, not on ${platform}`,
    ...missing,
    docker,
    address === undefined ? noAddress : undefined,
    ...foreign.map(({ name }) => foreignProblem(name)),
    ...(address === undefined ? [] : await portProblems(settings, address, clusters)),
  ].filter((problem) => problem !== undefined);
  if (problems.length === 0) return { settings: { ...settings, hostAddress: address! }, clusters };
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  throw new EnvironmentError(
    `the lab cannot be created on this machine, and nothing was:${list}`,
    'correct these problems and run `lab up` again',
  );
}

async function toolProblem(tool: (typeof tools)[number], run: RunProgram): Promise<string | undefined> {
  const [program, args, oldest, why, url] = tool;
  const from = `${url}, or \`brew install ${program === 'docker' ? '--cask docker' : program}\``;
  const result = await run({ program, args: args.split(' ') }).catch((error) => {
    if (!(error instanceof EnvironmentError)) throw error;
  });
  if (!result) return `${program} is not installed: ${from}`;
  const [, major, minor] = (/(\d+)\.(\d+)\.\d+/.exec(result.stdout) ?? []).map(Number);
  if (major === undefined || minor === undefined) return `${program} does not report its version: ${from}`;
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
  return `${program} ${major}.${minor} is too old, at least ${oldest.join('.')} is required (${why}): ${from}`;
}

async function dockerProblem({ memory, members }: LabSettings, run: RunProgram): Promise<string | undefined> {
  const { exitCode, stdout } = await run({ program: 'docker', args: ['info', '--format', '{{json .MemTotal}}'] });
  const total = Number(stdout.trim());
  if (exitCode !== 0 || !(total > 0))
    return 'Docker is not running: start Docker Desktop, or `sudo systemctl start docker`';
  // A cluster does not use its whole limit.
  const needed = 0.7 * (members.length + 1) * bytesOf(memory);
  if (total >= needed) return undefined;
  return `Docker has ${gibibytes(total)} of memory and ${members.length + 1} clusters of ${memory} need ${gibibytes(needed)}: give Docker more, or pass --memory or --members`;
}

/** Bytes of a size in Docker's notation. */
function bytesOf(memory: string): number {
  const [, number, unit = 'b'] = /^(\d+)([bkmg])?$/i.exec(memory) ?? [];
  if (number === undefined) {
    throw new EnvironmentError(`"${memory}" is not a memory size`, 'use the notation of Docker, such as 2g or 1536m');
  }
  return Number(number) * 1024 ** 'bkmg'.indexOf(unit.toLowerCase());
}

const gibibytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

function foreignProblem(name: string): string {
  const fix = `if it is not needed, delete it with \`k3d cluster delete ${name}\``;
  return `a k3d cluster ${name} exists that the lab did not create: ${fix}`;
}

async function portProblems(settings: LabSettings, host: string, clusters: readonly K3dCluster[]): Promise<string[]> {
  const { controlPlane, members, firstPort, karmadaPort } = settings;
  const made = new Set(clusters.map(({ name }) => name));
  const ports = [controlPlane, ...members].flatMap((name, index) => {
    if (made.has(name)) return [];
    return name === controlPlane ? [firstPort, karmadaPort] : [firstPort + index];
  });
  const problems = await Promise.all(ports.map((port) => portProblem(port, host)));
  const found = [...new Set(problems.filter((problem) => problem !== undefined))];
  return found.map((problem) => `${problem}: pass --port, --karmada-port or --host-address`);
}
