import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isInOrder, readStatus, releaseOf, type Status } from '../apply';
import { karmadaVersions } from '../karmada/release';
import { counted, printableData } from '../problem/words';
import { Interrupted } from '../process/run-program';
import { contractSummary, contractsText, labelled, styleFor } from '../report';
import { UsageError } from './cli-error';
import { defineCommand, namespace } from './command';
import {
  addControlPlaneOptions,
  clockOf,
  controlPlaneKubectl,
  orInterrupted,
  secondsOf,
} from './control-plane-options';
import type { CliIo } from './io';
import { LiveView } from './live-view';
import { karmadaVersion, type PlanInputOptions, readContracts, readManifestPaths } from './plan-inputs';
import { printJson } from './print-json';
import { tellProblems } from './problems';
import { defaultPath } from './recorded';
import { rolloutTable } from './rollout-text';
import { processTerminal } from './terminal';

interface StatusCommandOptions extends PlanInputOptions {
  readonly all?: boolean;
  readonly watch?: boolean;
  readonly interval: string;
  readonly health: boolean;
}

/** `status`: templates, policies, bindings and members in one table. */
export const command = defineCommand<StatusCommandOptions>({
  name: 'status',
  usage: '[PATH...] --kubeconfig FILE',
  summary: 'say how far each template has come in each member, and why not',
  define(command) {
    command
      .description(
        'Reports for each template and member what is wanted, scheduled, applied, ready and healthy, and why not.',
      )
      .argument('[path...]', 'manifests of the templates to report (default: dist if it exists, else all templates)');
    addControlPlaneOptions(command);
    command
      .option('--all', 'report every template that has a binding')
      .option('--karmada <version>', 'Karmada release of the control plane', karmadaVersions.at(-1))
      .option('-n, --namespace <name>', 'namespace of objects without one', namespace, 'default')
      .option('--contracts <file>', 'check what must hold of the running replicas (docs/formats.md)')
      .option('--no-health', 'do not require healthy members')
      .option('-w, --watch', 'repeat until Ctrl-C')
      .option('--interval <time>', 'time between two reads', '2s')
      .option('--json', 'print JSON (docs/formats.md); with --watch one line per change');
  },
  async run(parsed, io) {
    const { options, paths } = parsed;
    if (options.all && paths.length > 0) throw new UsageError('--all cannot be combined with paths');
    const interval = secondsOf(options.interval, '--interval');
    const karmada = karmadaVersion(options.karmada);
    const named = paths.length > 0 || (!options.all && existsSync(resolve(io.cwd, defaultPath)));
    const { manifests, problems } = named
      ? await readManifestPaths(paths, options, io)
      : { manifests: [], problems: [] };
    if (tellProblems(problems, io)) return 2;
    const contracts = await readContracts(options.contracts, io);
    const release = named ? { release: releaseOf(manifests, undefined, options.namespace) } : {};

    return orInterrupted(async () => {
      const terminal = io.terminal ?? processTerminal();
      const signal = terminal.interruption();
      const kubectl = await controlPlaneKubectl(options, io, signal);
      const look = () => readStatus(kubectl, { ...release, karmada, health: options.health, contracts });
      if (!options.watch) {
        const status = await look();
        if (options.json) printJson(io, 'status', statusJson(status));
        else io.out(statusText(status, io.color.out, io));
        return isInOrder(status) ? 0 : 1;
      }
      const view = terminal.isLive && !options.json ? new LiveView(io) : undefined;
      const clock = clockOf(io);
      for (let last = ''; ; ) {
        const status = await look();
        const text = options.json
          ? `${JSON.stringify({ version: 1, command: 'status', ...statusJson(status) })}\n`
          : statusText(status, view ? io.color.err : io.color.out, io);
        if (view) view.draw(text);
        else if (text !== last) io.out(text);
        last = text;
        try {
          await clock.sleep(interval, signal);
        } catch (error) {
          if (!(error instanceof Interrupted)) throw error;
          return isInOrder(status) ? 0 : 1;
        }
      }
    }, io);
  },
});

/** A table of templates, and a line for each member that is not ready. */
function statusText(status: Status, color: boolean, { width }: CliIo): string {
  const { members, templates, contracts } = printableData(status);
  const style = styleFor(color);
  const ready = members.filter((member) => member.ready).length;
  const versions = members.map(({ name, kubernetes }) => (kubernetes ? `${name} ${kubernetes}` : name));
  const counts = templates.filter(({ state }) => state === 'done' || state === 'paused').length;
  const entry = (label: string, text: string, paint: (text: string) => string) =>
    labelled(label, text, width, '').map((line, index) =>
      index === 0 ? `${paint(label)}${line.slice(label.length)}` : line,
    );
  return [
    ...entry('members', `${ready} of ${members.length} ready: ${versions.join(', ')}`, style.bold),
    ...members
      .filter((member) => !member.ready)
      .flatMap(({ name, why }) => entry('not ready ', `${name}: ${why}`, style.red).map((line) => `  ${line}`)),
    ...(templates.length > 0 ? [rolloutTable(templates, { width, color })] : []),
    ...templates
      .filter(({ state, why }) => why !== undefined && state !== 'done')
      .flatMap(({ template, state, why }) => entry(state, `${template}  ${why}`, style.red)),
    `${counts} of ${counted(templates.length, 'template')} done`,
    ...(contracts ? [contractsText(contracts, { width, color }).trimEnd()] : []),
    '',
  ].join('\n');
}

function statusJson(status: Status): object {
  const { members, templates, contracts } = status;
  return {
    ...status,
    summary: {
      members: members.length,
      ready: members.filter(({ ready }) => ready).length,
      templates: templates.length,
      done: templates.filter(({ state }) => state === 'done' || state === 'paused').length,
      ...(contracts && { contracts: contractSummary(contracts) }),
      inOrder: isInOrder(status),
    },
  };
}
