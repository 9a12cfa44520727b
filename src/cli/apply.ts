import { resolve } from 'node:path';
import {
  type ApplyPreview,
  type ApplyResult,
  type ApplyWatcher,
  apply,
  defaultInventoryNamespace,
  isSuccess,
  type Kubectl,
  releaseOf,
} from '../apply';
import { karmadaVersions } from '../karmada/release';
import { readFolderRecord } from '../manifests';
import { styleFor } from '../report';
import { applyJson, outcomeText, previewText } from './apply-output';
import { UsageError } from './cli-error';
import { defineCommand } from './command';
import {
  addControlPlaneOptions,
  type ControlPlaneOptions,
  clockOf,
  controlPlaneKubectl,
  orInterrupted,
  secondsOf,
} from './control-plane-options';
import type { CliIo, ExitCode } from './io';
import { LiveView } from './live-view';
import { karmadaVersion, type PlanInputOptions, readFleet, readManifestPaths } from './plan-inputs';
import { printJson, tellProblems } from './problems';
import { RolloutLog, rolloutTable } from './rollout-text';
import { processTerminal, type Terminal } from './terminal';

interface ApplyCommandOptions extends PlanInputOptions, ControlPlaneOptions {
  readonly application?: string;
  readonly inventoryNamespace: string;
  readonly dryRun?: boolean;
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
      .option('--karmada <version>', 'Karmada release of the control plane', karmadaVersions.at(-1))
      .option('-n, --namespace <name>', 'namespace of objects without one', 'default')
      .option(
        '--application <name>',
        'application that owns the objects; without a name nothing is pruned (default: the name of the Federation)',
      )
      .option('--inventory-namespace <name>', 'namespace of the list of its objects', defaultInventoryNamespace)
      .option('--dry-run', 'preview without writing anything')
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
    const karmada = karmadaVersion(options.karmada);
    if (!options.dryRun && !options.yes && (!terminal.ask || options.json)) {
      throw new UsageError(
        'standard input is not a terminal or --json is set: pass --yes to apply, or --dry-run to preview',
      );
    }
    const fleet = options.fleet === undefined ? undefined : await readFleet(options.fleet, io);
    const { manifests, problems } = await readManifestPaths(paths, options, io);
    if (tellProblems(problems, io)) return 2;
    if (manifests.length === 0) throw new UsageError(`no manifests in ${paths.join(', ') || 'dist'}`);
    const application = options.application ?? applicationOf(paths.length > 0 ? paths : ['dist'], io);

    return orInterrupted(async () => {
      const signal = terminal.interruption();
      const kubectl = await controlPlaneKubectl(options, io, signal);
      if (application === undefined) io.err('note: no application name, so nothing is pruned: pass --application\n');
      io.err(
        `${application === undefined ? '' : `application ${application}, `}context ${kubectl.target.context} of ${kubectl.target.kubeconfig}\n`,
      );
      const result = await apply(
        kubectl,
        {
          release: releaseOf(manifests, application, options.namespace),
          karmada,
          ...(fleet && { fleet: fleet.names }),
          inventoryNamespace: options.inventoryNamespace,
          forceConflicts: options.forceConflicts ?? false,
          dryRun: options.dryRun ?? false,
          ...(options.wait && { wait: { timeout, health: options.health, clock: clockOf(io) } }),
        },
        watcherOf(options, kubectl, terminal, io),
      );
      return report(result, application, kubectl, options, io);
    }, io);
  },
});

/** The name of the Federation that wrote these folders, from their record. The default name `app` does not count. */
function applicationOf(paths: readonly string[], io: CliIo): string | undefined {
  const names = new Set(paths.flatMap((path) => [...readFolderRecord(resolve(io.cwd, path)).keys()]));
  const [name] = names;
  return names.size === 1 && name !== 'app' ? name : undefined;
}

function watcherOf(options: ApplyCommandOptions, kubectl: Kubectl, terminal: Terminal, io: CliIo): ApplyWatcher {
  const view = terminal.isLive ? new LiveView(io) : undefined;
  const log = new RolloutLog();
  return {
    step: (text) => {
      view?.leave();
      io.err(`${text}\n`);
    },
    confirm: (preview) => confirmed(preview, options, kubectl, terminal, io),
    rollout: (rollouts, seconds) => {
      if (view) view.draw(rolloutTable(rollouts, { width: io.width, color: io.color.err }));
      else for (const line of log.lines(rollouts, seconds)) io.err(`${line}\n`);
    },
  };
}

async function confirmed(
  preview: ApplyPreview,
  options: ApplyCommandOptions,
  kubectl: Kubectl,
  { ask }: Terminal,
  io: CliIo,
): Promise<boolean> {
  const text = previewText(preview, {
    width: io.width,
    color: io.color.out,
    kubectl,
    dryRun: options.dryRun ?? false,
    forceConflicts: options.forceConflicts ?? false,
  });
  if (!options.json) io.out(text);
  const nothing = preview.diff === '' && preview.later.length === 0 && preview.prune.objects.length === 0;
  if (options.dryRun) return false;
  if (options.yes || nothing) return true;
  const answer = await ask!(`apply this to ${kubectl.target.context}? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}

function report(
  result: ApplyResult,
  application: string | undefined,
  kubectl: Kubectl,
  options: ApplyCommandOptions,
  io: CliIo,
): ExitCode {
  if (options.json) printJson(io, 'apply', applyJson(result, application, kubectl));
  else {
    if (result.rollouts.length > 0)
      io.out(`${rolloutTable(result.rollouts, { width: io.width, color: io.color.out })}\n`);
    const success = isSuccess(result);
    const text = outcomeText(result, styleFor(success ? io.color.out : io.color.err));
    (success ? io.out : io.err)(text);
  }
  return isSuccess(result) ? 0 : 1;
}
