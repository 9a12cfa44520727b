import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { PlanInputKind } from '../apply';
import { defaultKarmadaVersion, type KarmadaVersion, karmadaVersions } from '../karmada/release';
import type { Manifest } from '../kubernetes/manifest';
import { type KubernetesObject, objectKey } from '../kubernetes/object';
import { type ReadManifests, readManifests, readManifestsFrom, readText, realPath, textOf } from '../manifests';
import { Contract } from '../model/contract';
import { Fleet } from '../model/fleet';
import type { Capacities, FeatureGates, Plan, PlanOptions } from '../planner';
import { ModelError } from '../problem/model-error';
import { joinWords, printable } from '../problem/words';
import { parseYamlValue } from '../yaml/parse';
import { capacitiesFrom } from './capacities';
import { UsageError } from './cli-error';
import { collect, contextHelp, namespace } from './command';
import type { ControlPlaneOptions } from './control-plane-options';
import type { CliIo } from './io';
import type { LiveInputs } from './live-inputs';
import { defaultPath, readRecorded, recordedBelow } from './recorded';

/** The options of all commands that need a plan. */
export interface PlanInputOptions extends ControlPlaneOptions {
  readonly fleet?: string;
  readonly karmada?: string;
  readonly capacities?: string;
  readonly schedulerEstimators?: boolean;
  readonly bindings?: string;
  readonly contracts?: string;
  readonly namespace?: string;
  readonly featureGates?: readonly string[];
  /** Losses with failover, for which ClusterTaintPolicies are read as well. */
  readonly evicted?: readonly string[];
  readonly json?: boolean;
}

/** What the help says about the release, where a folder of a Federation states it. */
export const karmadaHelp = `Karmada release: ${karmadaVersions.join(', ')} (default: that of the Federation, or ${defaultKarmadaVersion})`;

/** What the help says about the fleet, where a folder of a Federation states it. */
export const fleetHelp =
  'member clusters: a fleet file, or what `kubectl get clusters -o yaml` prints (default: the fleet of the Federation)';

/** Adds the options of {@link PlanInputOptions}. */
export function addPlanOptions(command: Command): void {
  command
    .option('-f, --fleet <file>', fleetHelp)
    .option('--karmada <version>', karmadaHelp)
    .option('--capacities <file>', 'free capacity: { "Deployment/default/pipy": { "member1": 5 } }')
    .option('--scheduler-estimators', 'scheduler-estimators run: what the clusters report is an upper bound')
    .option('--bindings <file>', 'current bindings: what `kubectl get rb,crb -A -o json` prints')
    .option('--kubeconfig <file>', 'Karmada API server to read clusters and bindings from, if no file has them')
    .option('--context <name>', contextHelp)
    .option('-n, --namespace <name>', 'namespace of objects that name none', namespace, 'default')
    .option(
      '--feature-gates <gates>',
      'gates that differ from the release: MultiClusterService,PropagateDeps=false',
      collect,
    );
}

/** The text of an input file; `-` is standard input. */
export async function readInput(path: string, io: CliIo): Promise<string> {
  const text = path === '-' ? textOf(await io.stdin()) : readText(resolve(io.cwd, path));
  if (typeof text === 'string') return text;
  throw new ModelError(`${path}: ${text.message}`, { code: text.code, fix: text.fix });
}

/** The option of all commands that check contracts. */
export function addContractsOption(command: Command): void {
  command.option('--contracts <file>', 'check what must hold of placements (docs/formats.md)');
}

/** Reads a contracts file; empty without one. */
export async function readContracts(path: string | undefined, io: CliIo): Promise<readonly Contract[]> {
  if (path === undefined) return [];
  const text = await readInput(path, io);
  return inFile(path, () => Contract.parse(text));
}

/** Result of {@link planInputs}. */
export interface PlanInputs {
  readonly fleet: Fleet;
  readonly planOptions: PlanOptions;
  readonly contracts: readonly Contract[];
}

/**
 * Reads the files of the options. What no option says is that of the Federations that wrote the folders.
 *
 * @param paths - the paths of the manifests
 * @throws UsageError without a fleet, or for a release that is not modelled
 * @throws EnvironmentError for a control plane that cannot be read
 * @throws ModelError with the name of the file for what cannot be read
 */
export async function planInputs(options: PlanInputOptions, paths: readonly string[], io: CliIo): Promise<PlanInputs> {
  const stated = options.karmada === undefined ? undefined : karmadaVersion(options.karmada);
  const capacities = options.capacities === undefined ? undefined : await readCapacities(options.capacities, io);
  const recorded = readRecorded(paths, io);
  const live = await liveInputs(options, wantedOf(options), io);
  const written = options.fleet === undefined ? live?.fleet : await readFleet(options.fleet, io);
  const fleet = written ?? recorded.fleet();
  if (fleet === undefined) {
    const below = recordedBelow(paths, io);
    throw new UsageError(
      '--fleet FILE is missing: a plan needs to know the member clusters',
      below.length > 0
        ? `name the folder of one of the Federations: ${joinWords(below, 'or')}`
        : 'write one with `kubectl get clusters -o yaml > fleet.yaml` on the Karmada control plane, or by hand: `clusters: { member1: {}, member2: {} }`, or pass --kubeconfig of the control plane, or give the Federation a fleet',
    );
  }
  const karmada = stated ?? recorded.karmada() ?? defaultKarmadaVersion;
  // What a control plane says, it says now. When a Federation read its clusters is unknown.
  const capacityTime =
    written?.clusters.some(({ resourceSummary }) => resourceSummary) === true
      ? timeOf(options.fleet ?? '-', io)
      : undefined;
  const bindings = options.bindings === undefined ? live?.bindings : await readBindings(options.bindings, karmada, io);
  const gates = options.featureGates ?? recorded.featureGates();
  const featureGates = gates && (await readFeatureGates(gates, karmada));
  return {
    fleet,
    planOptions: {
      fleet,
      karmada,
      ...(capacities && { capacities }),
      ...(options.schedulerEstimators && { schedulerEstimators: true }),
      ...(capacityTime !== undefined && { capacityTime }),
      ...(bindings && { bindings }),
      ...(live?.clusterTaintPolicies && { clusterTaintPolicies: live.clusterTaintPolicies }),
      ...(options.namespace !== undefined && { defaultNamespace: options.namespace }),
      ...(featureGates && { featureGates }),
    },
    contracts: options.contracts === undefined ? recorded.contracts : await readContracts(options.contracts, io),
  };
}

/** Reads the control plane that the options name, if any. Loaded on demand. */
export async function liveInputs(
  options: ControlPlaneOptions,
  wanted: readonly PlanInputKind[],
  io: CliIo,
): Promise<LiveInputs | undefined> {
  if (options.kubeconfig === undefined && options.context === undefined) return undefined;
  const { readLiveInputs } = await import('./live-inputs.js');
  return readLiveInputs(options, wanted, io);
}

/** What a plan needs of a control plane, because no file has it. */
function wantedOf({ fleet, bindings, evicted }: PlanInputOptions): readonly PlanInputKind[] {
  return [
    ...(fleet === undefined ? (['clusters'] as const) : []),
    ...(bindings === undefined ? (['bindings'] as const) : []),
    ...(evicted === undefined ? [] : (['ClusterTaintPolicies'] as const)),
  ];
}

/**
 * Options for the plan of these manifests. Of the bindings in a live control plane, only theirs count; a bindings file has
 * what the user put there. A WorkloadRebalancer that exists already does not act again.
 */
export async function planOptionsFor(
  manifests: readonly Manifest[],
  planOptions: PlanOptions,
  options: PlanInputOptions,
  io: CliIo,
): Promise<PlanOptions> {
  const { bindings, defaultNamespace = 'default' } = planOptions;
  if (options.kubeconfig === undefined || !bindings) return planOptions;
  const { bindingsOf } = await import('./live-inputs.js');
  const own = bindingsOf(manifests, bindings as readonly KubernetesObject[], defaultNamespace);
  const rebalances = manifests.some(({ object }) => object.kind === 'WorkloadRebalancer');
  const live = rebalances ? await liveInputs(options, ['WorkloadRebalancers'], io) : undefined;
  return {
    ...planOptions,
    ...(options.bindings === undefined && { bindings: own }),
    ...(live?.rebalancers && { deployed: live.rebalancers }),
  };
}

/** Loaded on demand, because feature gates are rarely given. */
async function readFeatureGates(texts: readonly string[], karmada: KarmadaVersion): Promise<FeatureGates> {
  const { featureGatesFrom } = await import('./feature-gates.js');
  return featureGatesFrom(texts, karmada);
}

/** Reads a fleet file, or clusters as kubectl prints them. */
export async function readFleet(path: string, io: CliIo): Promise<Fleet> {
  const text = await readInput(path, io);
  return inFile(path, () => Fleet.parse(text));
}

/** When a file was written, or standard input is read. */
function timeOf(path: string, io: CliIo): string {
  const written = path === '-' ? undefined : statSync(resolve(io.cwd, path), { throwIfNoEntry: false })?.mtime;
  return (written ?? new Date()).toISOString();
}

/** Reads the manifests of a command, except a fleet file and other input files in the same folder. */
export async function readManifestPaths(
  paths: readonly string[],
  options: Pick<PlanInputOptions, 'fleet' | 'capacities' | 'bindings' | 'contracts'> & {
    readonly config?: string;
    readonly exclude?: readonly string[];
  },
  io: CliIo,
): Promise<ReadManifests> {
  const wanted = paths.length > 0 ? paths : [defaultPath];
  const others = [options.fleet, options.capacities, options.bindings, options.contracts, options.config].filter(
    (path) => path !== undefined,
  );
  if ([...wanted, ...others].filter((path) => path === '-').length > 1) {
    throw new UsageError('"-" can stand for one input only');
  }
  return readManifests(wanted, {
    cwd: io.cwd,
    exclude: [...others.filter((path) => path !== '-'), ...(options.exclude ?? [])].map((path) =>
      realPath(resolve(io.cwd, path)),
    ),
    ...(wanted.includes('-') && { stdin: await io.stdin() }),
  });
}

/** Warns about capacities of unknown templates and clusters, which may be typos. */
export function warnOfUnusedCapacities({ capacities = {} }: PlanOptions, plan: Plan, io: CliIo): void {
  const clusters = new Set(plan.clusters.map(({ name }) => name));
  for (const [template, byCluster] of Object.entries(capacities)) {
    if (!plan.template(template))
      io.err(`warning: capacities name ${printable(template)}, which is not in the manifests\n`);
    for (const cluster of Object.keys(byCluster)) {
      if (!clusters.has(cluster))
        io.err(
          `warning: capacities of ${printable(template)} name cluster ${printable(cluster)}, which is not in the fleet\n`,
        );
    }
  }
}

/**
 * Parses a Karmada release of the command line.
 *
 * @throws UsageError
 */
export function karmadaVersion(text = ''): KarmadaVersion {
  const [, minor] = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(text) ?? [];
  const version = karmadaVersions.find((known) => known === minor);
  if (version) return version;
  throw new UsageError(`Karmada "${text}" is not modelled; use one of ${karmadaVersions.join(', ')}`);
}

async function readCapacities(path: string, io: CliIo): Promise<Capacities> {
  const text = await readInput(path, io);
  return capacitiesFrom(parseYamlValue(text, path), path);
}

async function readBindings(path: string, karmada: KarmadaVersion, io: CliIo): Promise<readonly KubernetesObject[]> {
  const { manifests, problems } = readManifestsFrom(await readInput(path, io), path);
  const error = problems.find(({ severity }) => severity === 'error');
  const fix = 'give what `kubectl get rb,crb -A -o json` prints on the Karmada control plane';
  if (error) throw new ModelError(`${path}:${error.line ?? 1}: ${error.message}`, { code: error.code, fix });
  const objects = manifests.map(({ object }) => object);
  const isBinding = ({ apiVersion, kind }: KubernetesObject) =>
    apiVersion.startsWith('work.karmada.io/') && (kind === 'ResourceBinding' || kind === 'ClusterResourceBinding');
  const other = objects.find((object) => !isBinding(object));
  if (other) {
    throw new ModelError(`${path} holds a ${other.kind}, expected bindings only`, { code: 'bindings.kind', fix });
  }
  const { checkSchema } = await import('../admission/schema/check.js');
  for (const object of objects) {
    // Fields of another release are not read.
    const cause = checkSchema(object, { karmada }).find(({ code }) => code !== 'unknown-field');
    if (cause === undefined) continue;
    throw new ModelError(`${path}: ${objectKey(object)}: ${cause.path}: ${cause.message}`, {
      code: 'bindings.shape',
      fix,
    });
  }
  return objects;
}

/** Adds the name of the file to an error message. */
export function inFile<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new ModelError(`${path}: ${error.problem}`, { code: error.code, fix: error.fix, cause: error });
  }
}
