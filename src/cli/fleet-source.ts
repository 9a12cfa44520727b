import { Fleet } from '../model/fleet';
import { type FleetData, fleetData } from '../model/fleet-data';
import { EnvironmentError } from '../problem/environment-error';
import { UsageError } from './cli-error';
import type { ControlPlaneOptions } from './control-plane-options';
import type { CliIo } from './io';
import { inFile, readFleet } from './plan-inputs';

/** Options that name a file with a fleet, or a control plane. */
export interface FleetSourceOptions extends ControlPlaneOptions {
  /** The file. */
  readonly file: string | undefined;
  /** The option that names the file. */
  readonly option: string;
}

/**
 * The fleet of a file or of a control plane; undefined if the options name neither.
 *
 * @throws UsageError for options that exclude each other
 */
export async function fleetFrom({ file, option, ...live }: FleetSourceOptions, io: CliIo): Promise<Fleet | undefined> {
  if (file !== undefined && live.kubeconfig !== undefined) {
    throw new UsageError(`${option} and --kubeconfig exclude each other`);
  }
  if (live.kubeconfig === undefined) {
    if (live.context !== undefined) throw new UsageError('--context requires --kubeconfig');
    return file === undefined ? undefined : readFleet(file, io);
  }
  const { readLiveInputs } = await import('./live-inputs.js');
  const { fleet } = await readLiveInputs(live, ['clusters'], io);
  if (fleet) return fleet;
  throw new EnvironmentError(
    'the clusters cannot be read',
    `use an account that may list clusters.cluster.karmada.io, or pass ${option} FILE`,
  );
}

/** How the clusters become a fleet file. */
export interface StatableOptions {
  /** Whether nodes, resource models and summaries are part of it. */
  readonly capacity: boolean;
  /** Name of the file or control plane, for messages. */
  readonly source: string;
}

/**
 * What a fleet file says of the clusters. Notes name the clusters that are left out or unusual.
 *
 * @throws ModelError for a live cluster that a fleet file cannot state
 */
export function statable({ clusters }: Fleet, { capacity, source }: StatableOptions, io: CliIo): FleetData {
  const staying = clusters.filter(({ deleting }) => !deleting);
  const leaving = clusters.filter(({ deleting }) => deleting).map(({ name }) => name);
  if (leaving.length > 0) io.err(`note: left out, because they are being removed: ${leaving.join(', ')}\n`);
  const unready = staying.filter(({ ready }) => ready === false).map(({ name }) => name);
  if (unready.length > 0) {
    io.err(`note: not ready, so their taints and capacity may be unusual: ${unready.join(', ')}\n`);
  }
  const data = fleetData(
    capacity ? staying : staying.map(({ nodes, resourceModels, resourceSummary, ...cluster }) => cluster),
  );
  inFile(source, () => Fleet.of(data.clusters));
  return data;
}
