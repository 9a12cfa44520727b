import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { type FleetChanges, fleetChanges, fleetChangesText, isSameFleet } from '../import/fleet-changes';
import { fleetHeader, fleetProgram, readFleetProgram } from '../import/fleet-program';
import { writeFile } from '../manifests/write-file';
import { Fleet } from '../model/fleet';
import { type FleetData, fleetData } from '../model/fleet-data';
import { ModelError } from '../problem/model-error';
import { counted, joinWords, printable, printableLines } from '../problem/words';
import { emitDocument } from '../yaml/emit';
import { UsageError } from './cli-error';
import { contextHelp, defineCommand } from './command';
import type { ControlPlaneOptions } from './control-plane-options';
import { fleetFrom, statable } from './fleet-source';
import type { CliIo } from './io';
import { readInput } from './plan-inputs';
import { printJson } from './print-json';

interface FleetCommandOptions extends ControlPlaneOptions {
  readonly from?: string;
  readonly out?: string;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly capacity: boolean;
  readonly json?: boolean;
}

/** `fleet`: the member clusters as TypeScript or as a fleet file, and what changed since. */
export const command = defineCommand<FleetCommandOptions>({
  name: 'fleet',
  usage: '--from FILE | --kubeconfig FILE --out fleet.ts|fleet.yaml',
  summary: 'write the member clusters as TypeScript or a fleet file, and say what changed',
  define(command) {
    command
      .description(
        'Writes the member clusters as TypeScript, where their names are types, or as a fleet file, and says what changed. Run it again when clusters come and go.',
      )
      .option('--from <file>', 'what `kubectl get clusters -o yaml` prints, or a fleet file; - for standard input')
      .option('--kubeconfig <file>', 'Karmada API server to read the clusters from')
      .option('--context <name>', contextHelp)
      .option('-o, --out <file>', 'file to write: .ts, .mts or .cts for TypeScript, .yaml or .yml for a fleet file')
      .option('--no-capacity', 'leave out nodes, resource models and summaries, which change all the time')
      .option('--check', 'write nothing; exit with 1 when the file differs')
      .option('--force', 'replace a file that this command did not write')
      .option('--json', 'print JSON (docs/formats.md)');
  },
  async run({ options }, io) {
    const { out } = options;
    if (out === undefined) throw new UsageError('--out FILE is missing: fleet.ts or fleet.yaml');
    const format = formatOf(out);
    const source = await sourceFleet(options, io);
    const data = statable(source, { capacity: options.capacity, source: options.from ?? 'the control plane' }, io);

    const path = resolve(io.cwd, out);
    const text = format.write(data);
    const before = existsSync(path) ? await readInput(out, io) : undefined;
    const known = before === undefined ? undefined : knownFleet(before, format);
    const changes = known && fleetChanges(known, data);
    const isSame = changes !== undefined && isSameFleet(changes);
    const writes = !options.check && before !== text && (!isSame || before?.startsWith(format.mark) !== true);
    if (writes && before !== undefined && !before.startsWith(format.mark) && !options.force) {
      throw new ModelError(`${out} was not written by \`cdk8s-karmada fleet\``, {
        code: 'fleet.foreign-file',
        fix: 'pass --force to replace it, or choose another file',
      });
    }
    if (writes) writeFile(path, text, out);
    const differs = options.check === true && !isSame;
    const clusters = Object.keys(data.clusters).length;
    if (options.json) {
      printJson(io, 'fleet', { out, ...(changes && { changes }), summary: { clusters, written: writes, differs } });
    } else {
      if (changes) io.out(printableLines(fleetChangesText(changes)));
      io.out(
        `${printable(out)}: ${counted(clusters, 'cluster')}, ${result(options, { before, changes, isSame, writes })}\n`,
      );
    }
    return differs ? 1 : 0;
  },
});

interface Outcome {
  readonly before: string | undefined;
  readonly changes: FleetChanges | undefined;
  readonly isSame: boolean;
  readonly writes: boolean;
}

function result({ check }: FleetCommandOptions, { before, changes, isSame, writes }: Outcome): string {
  if (writes) return 'written';
  if (isSame) return check ? 'up to date' : 'unchanged';
  if (before === undefined) return 'the file does not exist';
  return changes ? 'the file differs: run this without --check' : 'the file states no fleet';
}

/** A format of files, with how it is written and read. */
interface Format {
  /** Start of every file that the command wrote. */
  readonly mark: string;
  readonly write: (data: FleetData) => string;
  /** The fleet of a file; undefined or an error if it has none. */
  readonly read: (text: string) => unknown;
}

const program: Format = {
  mark: '// Written by `cdk8s-karmada fleet`.',
  write: (data) => fleetProgram(data, fleetHeader),
  read: readFleetProgram,
};

const fleetFile: Format = {
  mark: '# Written by `cdk8s-karmada fleet`.',
  write: (data) => `# ${fleetHeader[0]}\n${emitDocument(data)}`,
  read: (text) => fleetData(Fleet.parse(text).clusters),
};

const formats: Readonly<Record<string, Format>> = {
  '.ts': program,
  '.mts': program,
  '.cts': program,
  '.yaml': fleetFile,
  '.yml': fleetFile,
};

function formatOf(out: string): Format {
  const extension = extname(out).toLowerCase();
  if (Object.hasOwn(formats, extension) && !/\.d\.[cm]?ts$/i.test(out)) return formats[extension]!;
  throw new UsageError(`--out ${out} must end in ${joinWords(Object.keys(formats), 'or')}`);
}

/** @throws UsageError unless exactly one of the two sources is given */
async function sourceFleet(options: FleetCommandOptions, io: CliIo): Promise<Fleet> {
  const { from, kubeconfig } = options;
  if (from === undefined && kubeconfig === undefined) {
    throw new UsageError('nothing to read the clusters from: pass --from FILE or --kubeconfig FILE');
  }
  return (await fleetFrom({ ...options, option: '--from', file: from }, io))!;
}

/** The fleet that a file states; undefined if it states none, or a broken one. */
function knownFleet(text: string, { read }: Format): FleetData | undefined {
  try {
    const data = read(text) as FleetData | undefined;
    return data && fleetData(Fleet.of(data.clusters).clusters);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return undefined;
  }
}
