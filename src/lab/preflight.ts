import { installationOf, type ProgramResult, type RunProgram } from '../apply/run-program';
import { EnvironmentError } from '../problem/environment-error';
import { hostAddress, portProblem } from './host-address';
import { type K3dCluster, k3dClusters } from './k3d-clusters';
import type { LabSettings } from './settings';

/** A program that the lab needs. */
interface Tool {
  readonly program: string;
  readonly args: readonly string[];
  /** Oldest release that will do, and why. */
  readonly oldest: readonly [number, number];
  readonly why: string;
}

const tools: readonly Tool[] = [
  { program: 'docker', args: ['--version'], oldest: [20, 10], why: 'k3d needs it' },
  { program: 'k3d', args: ['version'], oldest: [5, 0], why: 'earlier ones have other options' },
  {
    program: 'kubectl',
    args: ['version', '--client'],
    oldest: [1, 24],
    why: 'earlier ones lack strict server-side apply',
  },
  { program: 'karmadactl', args: ['version'], oldest: [1, 16], why: 'the planner models Karmada from 1.16 on' },
];

/** What `lab up` found out before it makes anything. */
export interface Preflight {
  readonly settings: LabSettings & { readonly hostAddress: string };
  readonly clusters: readonly K3dCluster[];
}

/** Part of the sum of the memory limits that Docker has to have: no cluster uses all of its own. */
const leastMemoryShare = 0.7;

/**
 * Looks at everything that can be wrong before anything is made.
 *
 * @throws EnvironmentError that lists all problems at once, each with what to do
 */
export async function preflight(
  settings: LabSettings,
  run: RunProgram,
  platform = process.platform,
): Promise<Preflight> {
  const problems: string[] = [];
  if (platform !== 'darwin' && platform !== 'linux')
    problems.push(`the lab runs on macOS and Linux, not on ${platform}`);
  const missing = await Promise.all(tools.map((tool) => toolProblem(tool, run)));
  problems.push(...missing.filter((problem) => problem !== undefined));
  const has = (program: string) => missing[tools.findIndex((tool) => tool.program === program)] === undefined;
  const docker = has('docker') ? await dockerProblem(settings, run) : undefined;
  if (docker !== undefined) problems.push(docker);

  const address = settings.hostAddress ?? (await hostAddress());
  if (address === undefined) {
    problems.push(
      'this machine has no route to the internet, so its own address is not known: name it with --host-address',
    );
  }
  const clusters = has('k3d') && docker === undefined ? await k3dClusters(run) : [];
  problems.push(...foreignClusters(settings, clusters));
  if (address !== undefined) problems.push(...(await portProblems(settings, address, clusters)));
  if (problems.length > 0) {
    const list = problems.map((problem) => `\n  - ${problem}`).join('');
    throw new EnvironmentError(
      `the lab cannot be made here, and nothing was:${list}`,
      'put these right, then run it again',
    );
  }
  return { settings: { ...settings, hostAddress: address! }, clusters };
}

async function toolProblem({ program, args, oldest, why }: Tool, run: RunProgram): Promise<string | undefined> {
  const result = await tried(run, program, args);
  if (!result) return `${program} is missing: ${installationOf(program)}`;
  const [, major, minor] = /(\d+)\.(\d+)\.\d+/.exec(result.stdout) ?? [];
  if (major === undefined) return `${program} does not say which release it is: ${installationOf(program)}`;
  const found = [Number(major), Number(minor)] as const;
  if (found[0] > oldest[0] || (found[0] === oldest[0] && found[1] >= oldest[1])) return undefined;
  return `${program} ${major}.${minor} is too old, it has to be ${oldest.join('.')} or newer (${why}): ${installationOf(program)}`;
}

async function tried(run: RunProgram, program: string, args: readonly string[]): Promise<ProgramResult | undefined> {
  try {
    return await run({ program, args });
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

async function dockerProblem({ memory, members }: LabSettings, run: RunProgram): Promise<string | undefined> {
  const { exitCode, stdout } = await run({ program: 'docker', args: ['info', '--format', '{{json .MemTotal}}'] });
  const total = Number(stdout.trim());
  if (exitCode !== 0 || !(total > 0))
    return 'Docker is not running: start Docker Desktop, or `sudo systemctl start docker`';
  const needed = leastMemoryShare * (members.length + 1) * bytesOf(memory);
  if (total >= needed) return undefined;
  return `Docker has ${gibibytes(total)} of memory and ${members.length + 1} clusters of ${memory} need ${gibibytes(needed)}: give Docker more, or pass --memory or --members`;
}

/** Bytes of a size as docker takes it. */
export function bytesOf(memory: string): number {
  const [, number, unit = 'b'] = /^(\d+)([bkmg])?$/i.exec(memory) ?? [];
  if (number === undefined) {
    throw new EnvironmentError(`"${memory}" is no memory size`, 'write it as docker does, such as 2g or 1536m');
  }
  return Number(number) * 1024 ** 'bkmg'.indexOf(unit.toLowerCase());
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

function foreignClusters({ controlPlane, members }: LabSettings, clusters: readonly K3dCluster[]): string[] {
  return clusters
    .filter(({ name, isOurs }) => !isOurs && [controlPlane, ...members].includes(name))
    .map(
      ({ name }) =>
        `a k3d cluster ${name} is there that the lab did not make: delete it with \`k3d cluster delete ${name}\`, if nobody needs it`,
    );
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
