import { resolve } from 'node:path';
import {
  type ApplyPreview,
  type ApplyRequest,
  type ApplyResult,
  type ApplyWatcher,
  apply,
  defaultInventoryNamespace,
  isSuccess,
  type Kubectl,
  releaseOf,
} from '../apply';
import { defaultKarmadaVersion } from '../karmada/release';
import type { LintConfig } from '../lint';
import { readFolderRecord, renderApplication, writeFolder } from '../manifests';
import { commandText } from '../process/run-program';
import { styleFor } from '../report';
import { applyCommands } from './apply-commands';
import { applyJson, outcomeText, previewText, writtenText } from './apply-output';
import { UsageError } from './cli-error';
import { defineCommand, namespace, type ParsedArguments } from './command';
import {
  addControlPlaneOptions,
  clockOf,
  controlPlaneKubectl,
  orInterrupted,
  secondsOf,
} from './control-plane-options';
import type { CliIo } from './io';
import { LiveView } from './live-view';
import { requireOwnFolder } from './output-folder';
import { karmadaHelp, karmadaVersion, type PlanInputOptions, readFleet, readManifestPaths } from './plan-inputs';
import { printJson } from './print-json';
import { tellProblems } from './problems';
import { defaultPath, readRecorded } from './recorded';
import { liveText, RolloutLog, rolloutTable } from './rollout-text';
import { processTerminal, type Terminal } from './terminal';

interface ApplyCommandOptions extends PlanInputOptions {
  readonly application?: string;
  readonly inventoryNamespace: string;
  readonly dryRun?: boolean;
  readonly out?: string;
  readonly config?: string;
  readonly yes?: boolean;
  readonly forceConflicts?: boolean;
  readonly wait: boolean;
  readonly health: boolean;
  readonly timeout: string;
}

/** `apply`: applies manifests to a Karmada control plane, waits for the members, and compares the result with the plan. */
export const command = defineCommand<ApplyCommandOptions>({
  name: 'apply',
  usage: '[PATH...] --kubeconfig FILE',
  summary: 'apply manifests to a control plane, and wait for the members',
  define(command) {
    command
      .description(
        'Applies manifests to a Karmada control plane: checks and previews them first, then waits for the members and compares the result with the plan.',
      )
      .argument('[path...]', 'files, folders, patterns, or - for standard input (default: dist)');
    addControlPlaneOptions(command);
    command
      .option('-f, --fleet <file>', 'members that must have joined (default: no requirement)')
      .option('--karmada <version>', karmadaHelp)
      .option('-n, --namespace <name>', 'namespace of objects without one', namespace, 'default')
      .option(
        '--application <name>',
        'application that owns the objects; without a name nothing is pruned (default: the name of the Federation)',
      )
      .option(
        '--inventory-namespace <name>',
        'namespace of the list of its objects',
        namespace,
        defaultInventoryNamespace,
      )
      .option('-c, --config <file>', 'configuration of the linter: calls between apps (docs/rules)')
      .option('--dry-run', 'preview without writing anything, with the commands that do the same')
      .option('-o, --out <dir>', 'with --dry-run, write the objects of each command to this folder')
      .option('-y, --yes', 'do not ask')
      .option('--force-conflicts', 'take over fields that other managers own')
      .option('--no-wait', 'do not wait for the members')
      .option('--no-health', 'wait until the members have the objects, healthy or not')
      .option('--timeout <time>', 'timeout of the wait, such as 90s or 5m', '5m')
      .option('--json', 'print JSON (docs/formats.md)');
  },
  async run(parsed, io) {
    const { options, paths } = parsed;
    const terminal = io.terminal ?? processTerminal();
    const timeout = secondsOf(options.timeout, '--timeout');
    const stated = options.karmada === undefined ? undefined : karmadaVersion(options.karmada);
    if (!options.dryRun && !options.yes && (!terminal.ask || options.json)) {
      throw new UsageError(
        'standard input is not a terminal or --json is set: pass --yes to apply, or --dry-run to preview',
      );
    }
    if (options.out !== undefined) {
      if (!options.dryRun) throw new UsageError('--out requires --dry-run: an apply writes no files');
      requireOwnFolder(resolve(io.cwd, options.out), options.out, 'apply');
    }
    const recorded = readRecorded(paths, io);
    const karmada = stated ?? recorded.karmada() ?? defaultKarmadaVersion;
    const config = options.config === undefined ? undefined : await (await linter()).readCalls(options.config, io);
    const calls = config ?? recorded.calls;
    const fleet = options.fleet === undefined ? undefined : await readFleet(options.fleet, io);
    const { manifests, problems } = await readManifestPaths(paths, options, io);
    if (tellProblems(problems, io)) return 2;
    if (manifests.length === 0) throw new UsageError(`no manifests in ${paths.join(', ') || defaultPath}`);
    const application = options.application ?? applicationOf(paths.length > 0 ? paths : [defaultPath], io);

    return orInterrupted(async () => {
      const signal = terminal.interruption();
      const kubectl = await controlPlaneKubectl(options, io, signal);
      if (application === undefined) io.err('note: no application name, so nothing is pruned: pass --application\n');
      io.err(
        `${application === undefined ? '' : `application ${application}, `}context ${kubectl.target.context} of ${kubectl.target.kubeconfig}\n`,
      );
      const request: ApplyRequest = {
        release: releaseOf(manifests, application, options.namespace),
        karmada,
        ...(fleet && { fleet: fleet.names }),
        inventoryNamespace: options.inventoryNamespace,
        forceConflicts: options.forceConflicts ?? false,
        dryRun: options.dryRun ?? false,
        ...(options.wait && { wait: { timeout, health: options.health, clock: clockOf(io) } }),
      };
      const view = terminal.isLive ? new LiveView(io) : undefined;
      let start = clockOf(io).now();
      const confirm = async (preview: ApplyPreview) => {
        const isConfirmed = await confirmed(preview, request, parsed, kubectl, terminal, io);
        start = clockOf(io).now();
        return isConfirmed;
      };
      const result = await apply(kubectl, request, { ...progress(view, io), confirm });
      view?.clear();
      const seconds = clockOf(io).now() - start;
      if (options.json) printJson(io, 'apply', applyJson(result, application, kubectl));
      else
        await tellResult(
          result,
          request,
          { calls, seconds, ...(options.out !== undefined && { out: options.out }) },
          io,
        );
      return isSuccess(result) ? 0 : 1;
    }, io);
  },
});

/** The name of the Federation that wrote these folders, from their record. The default name `app` does not count. */
function applicationOf(paths: readonly string[], io: CliIo): string | undefined {
  const names = new Set(paths.flatMap((path) => [...readFolderRecord(resolve(io.cwd, path)).keys()]));
  const [name] = names;
  return names.size === 1 && name !== 'app' ? name : undefined;
}

function progress(view: LiveView | undefined, io: CliIo): Omit<ApplyWatcher, 'confirm'> {
  const log = new RolloutLog();
  return {
    step: (text) => {
      view?.clear();
      io.err(`${text}\n`);
    },
    written: (objects) => io.err(writtenText(objects, io.width)),
    rollout: (rollouts, seconds) => {
      if (view) view.draw(liveText(rollouts, seconds, { width: io.width, color: io.color.err }));
      else for (const line of log.lines(rollouts, seconds)) io.err(`${line}\n`);
    },
  };
}

async function confirmed(
  preview: ApplyPreview,
  request: ApplyRequest,
  parsed: ParsedArguments<ApplyCommandOptions>,
  kubectl: Kubectl,
  { ask }: Terminal,
  io: CliIo,
): Promise<boolean> {
  const { options } = parsed;
  const commands = options.dryRun ? dryRunCommands(preview, request, parsed, kubectl, io) : [];
  if (!options.json) io.out(previewText(preview, { width: io.width, color: io.color.out, commands }));
  const nothing = preview.diff === '' && preview.later.length === 0 && preview.prune.objects.length === 0;
  if (options.dryRun) return false;
  if (options.yes || nothing) return true;
  const answer = await ask!(`apply this to ${kubectl.target.context}? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}

/** Folder of the files of a dry run, unless the user names one. */
const defaultOut = 'apply-steps';

/** The commands of a dry run. Without `--out`, the first one writes the files of the others. */
function dryRunCommands(
  preview: ApplyPreview,
  request: ApplyRequest,
  { args, paths, options }: ParsedArguments<ApplyCommandOptions>,
  kubectl: Kubectl,
  io: CliIo,
): readonly string[] {
  const { files, commands } = applyCommands(preview, request, kubectl, options.out ?? defaultOut);
  if (options.out !== undefined) {
    writeFolder(resolve(io.cwd, options.out), files, renderApplication);
    return commands;
  }
  if (paths.includes('-')) return ['pass --out DIR: standard input cannot be read a second time'];
  const writing = { program: 'npx', args: ['cdk8s-karmada', 'apply', ...args, '--out', defaultOut] };
  return [commandText(writing), ...commands];
}

/** Loaded on demand: the linter is large. */
function linter(): Promise<typeof import('./unserved-calls')> {
  return import('./unserved-calls.js');
}

async function tellResult(
  result: ApplyResult,
  { release, karmada }: ApplyRequest,
  {
    calls,
    ...told
  }: { readonly calls: NonNullable<LintConfig['calls']>; readonly seconds: number; readonly out?: string },
  io: CliIo,
): Promise<void> {
  const { rollouts, settled } = result;
  if (rollouts.length > 0) io.out(`${rolloutTable(rollouts, { width: io.width, color: io.color.out })}\n`);
  const unserved = settled ? (await linter()).unservedCalls(release.objects, settled, karmada, calls) : [];
  const success = isSuccess(result);
  const style = styleFor(success ? io.color.out : io.color.err);
  (success ? io.out : io.err)(outcomeText(result, { width: io.width, style, unserved, ...told }));
}
