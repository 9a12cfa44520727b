import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Cluster } from '../karmada/cluster';
import type { KarmadaVersion } from '../karmada/release';
import { canonicalText } from '../kubernetes/plain-data';
import { folderRecordName, readApplicationRecords, readFolderRecord } from '../manifests';
import { Contract } from '../model/contract';
import { Fleet } from '../model/fleet';
import { fleetData } from '../model/fleet-data';
import { applicationFrom, type RecordedApplication } from '../model/recorded-application';
import { ModelError } from '../problem/model-error';
import { joinWords, printable } from '../problem/words';
import type { CliIo } from './io';

/** Default folder: the output of `cdk8s synth`. */
export const defaultPath = 'dist';

/**
 * What the Federations that wrote the folders say. A question that they answer differently is an error when it is asked, so that
 * an option can answer it instead.
 */
export interface Recorded {
  /** @throws ModelError `record.fleet` */
  fleet(): Fleet | undefined;
  /** @throws ModelError `record.karmada` */
  karmada(): KarmadaVersion | undefined;
  /** @throws ModelError `record.feature-gates` */
  featureGates(): readonly string[] | undefined;
  readonly calls: RecordedApplication['calls'];
  readonly contracts: readonly Contract[];
}

/** A recorded application, with its name for messages. */
interface Application extends RecordedApplication {
  /** `shop in dist`. */
  readonly title: string;
}

/**
 * Reads the records of the folders among the paths.
 *
 * @throws ModelError `record.broken`, `record.version`
 */
export function readRecorded(paths: readonly string[], io: CliIo): Recorded {
  const applications = (paths.length > 0 ? paths : [defaultPath]).flatMap((path) => applicationsIn(path, io));
  return {
    fleet: () => fleetOf(applications),
    karmada: () => karmadaOf(applications),
    featureGates: () => featureGatesOf(applications),
    calls: applications.flatMap(({ calls }) => calls),
    contracts: applications.flatMap(({ contracts }) => contracts.map((spec) => Contract.of(spec))),
  };
}

/** Whether a Federation with a fleet wrote the folder. */
export function isRecorded(path: string, io: CliIo): boolean {
  return applicationsIn(path, io).some(({ clusters }) => clusters !== undefined);
}

/** Folders directly below the paths that a Federation with a fleet wrote, such as one for each environment. */
export function recordedBelow(paths: readonly string[], io: CliIo): readonly string[] {
  return (paths.length > 0 ? paths : [defaultPath]).flatMap((path) => {
    const folder = resolve(io.cwd, path);
    if (path === '-' || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
    const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return below.map(({ name }) => `${path.replace(/\/+$/, '')}/${name}`).filter((each) => isRecorded(each, io));
  });
}

function applicationsIn(path: string, io: CliIo): Application[] {
  if (path === '-') return [];
  const folder = resolve(io.cwd, path);
  const file = `${path.replace(/\/+$/, '')}/${folderRecordName}`;
  const files = readFolderRecord(folder);
  const seen = new Set<string>();
  return readApplicationRecords(folder).flatMap(({ application, settings, line }) => {
    // An application whose files are gone has nothing to say.
    if (![...(files.get(application) ?? [])].some((name) => existsSync(join(folder, name)))) return [];
    const where = `${printable(file)}:${line}`;
    if (seen.has(application)) throw broken(where, `it has ${application} twice`);
    seen.add(application);
    if (settings === undefined) throw broken(where, `the lines about ${application} are incomplete`);
    return [{ ...applicationAt(where, settings), title: `${application} in ${printable(path)}` }];
  });
}

function applicationAt(where: string, settings: string): RecordedApplication {
  let value: unknown;
  try {
    value = JSON.parse(settings);
  } catch {
    throw broken(where, 'it is not JSON');
  }
  try {
    return applicationFrom(value);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (error.code === 'record.version') throw new ModelError(`${where}: ${error.problem}`, error);
    throw broken(where, error.problem, error);
  }
}

function broken(where: string, problem: string, cause?: ModelError): ModelError {
  return new ModelError(`${where}: what the Federation says about its folder cannot be read: ${problem}`, {
    code: 'record.broken',
    fix: 'run the program again, which writes this file',
    ...(cause && { cause }),
  });
}

function fleetOf(applications: readonly Application[]): Fleet | undefined {
  const withFleet = applications.filter(({ clusters }) => clusters !== undefined);
  const [first, ...others] = withFleet;
  if (first?.clusters === undefined) return undefined;
  const text = ({ clusters = [] }: Application) => clusters.map(clusterText).sort().join();
  const other = others.find((application) => text(application) !== text(first));
  if (other === undefined) return Fleet.ofClusters(first.clusters);
  throw new ModelError(`${first.title} and ${other.title} have different fleets: ${fleetDifference(first, other)}`, {
    code: 'record.fleet',
    fix: 'give both Federations the same fleet, or pass --fleet FILE',
  });
}

/** What plans read of a cluster, whatever the order in which it is written. */
function clusterText(cluster: Cluster): string {
  return canonicalText([fleetData([cluster]), cluster.deleting ?? false]);
}

function fleetDifference(one: Application, other: Application): string {
  const byName = ({ clusters = [] }: Application) => new Map(clusters.map((each) => [each.name, clusterText(each)]));
  const [ones, others] = [byName(one), byName(other)];
  const missing = (here: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>) =>
    [...here.keys()].filter((name) => !there.has(name));
  const are = (names: readonly string[], words: string) =>
    `${joinWords(names, 'and')} ${names.length === 1 ? 'is' : 'are'} ${words}`;
  const [first, second] = [missing(ones, others), missing(others, ones)];
  if (first.length > 0) return are(first, `only in that of ${one.title}`);
  if (second.length > 0) return are(second, `only in that of ${other.title}`);
  return are(
    [...ones.keys()].filter((name) => ones.get(name) !== others.get(name)),
    'not the same',
  );
}

function karmadaOf(applications: readonly Application[]): KarmadaVersion | undefined {
  const [first, ...others] = applications;
  const other = others.find(({ karmada }) => karmada !== first?.karmada);
  if (first === undefined || other === undefined) return first?.karmada;
  throw new ModelError(
    `${first.title} is for Karmada ${first.karmada}, and ${other.title} for Karmada ${other.karmada}`,
    { code: 'record.karmada', fix: 'give both Federations the same release, or pass --karmada VERSION' },
  );
}

/** A control plane has one set of gates: what one application says and another does not mention holds for both. */
function featureGatesOf(applications: readonly Application[]): readonly string[] | undefined {
  const settings = new Map<string, { readonly gate: string; readonly on: boolean; readonly title: string }>();
  for (const { featureGates, title } of applications) {
    for (const gate of featureGates) {
      const [name = '', setting] = gate.split('=');
      const on = setting !== 'false';
      const before = settings.get(name);
      if (before !== undefined && before.on !== on) {
        throw new ModelError(`${before.title} says ${before.gate}, and ${title} says ${gate}`, {
          code: 'record.feature-gates',
          fix: 'give both Federations the same feature gates',
        });
      }
      settings.set(name, { gate, on, title });
    }
  }
  return settings.size > 0 ? [...settings.values()].map(({ gate }) => gate) : undefined;
}
