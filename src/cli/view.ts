import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Manifest } from '../kubernetes/manifest';
import { objectKey } from '../kubernetes/object';
import { lint } from '../lint';
import { readText } from '../manifests';
import { writeFile } from '../manifests/write-file';
import { planOf } from '../planner';
import { EnvironmentError } from '../problem/environment-error';
import { printable } from '../problem/words';
import { pageHtml } from '../view/html';
import { viewData } from '../view/view-of';
import { UsageError } from './cli-error';
import { defineCommand } from './command';
import type { CliIo } from './io';
import { readLintConfig } from './lint-config';
import {
  addContractsOption,
  addPlanOptions,
  type PlanInputOptions,
  planInputs,
  planOptionsFor,
  readManifestPaths,
  warnOfUnusedCapacities,
} from './plan-inputs';
import { printJson } from './print-json';
import { tellProblems } from './problems';
import { defaultPath, readRecorded } from './recorded';
import { ownFolder } from './version';
import { servePage } from './view-server';

interface ViewCommandOptions extends PlanInputOptions {
  readonly config?: string;
  readonly out?: string;
  readonly serve?: boolean;
  readonly port?: string;
  readonly title?: string;
}

/** `view`: the plan as a page, with what if. */
export const command = defineCommand<ViewCommandOptions>({
  name: 'view',
  usage: '[PATH...] [--fleet FILE] --out FILE | --serve',
  summary: 'write the plan as a page, in which replicas, weights and losses can be tried',
  define(command) {
    command
      .description(
        'Writes the plan as one HTML file that needs no network: templates by clusters, why they are there, what is received, and what if. Two paths that hold the same objects are compared.',
      )
      .argument('[path...]', 'files, folders, patterns, or - for standard input (default: dist)');
    addPlanOptions(command);
    addContractsOption(command);
    command
      .option('-c, --config <file>', 'configuration of the linter: severities of rules, calls between apps')
      .option('-o, --out <file>', 'the HTML file to write')
      .option('--serve', 'show it at an address of this machine, anew when files change')
      .option('--port <number>', 'port for --serve (default: any that is free)')
      .option('--title <text>', 'title of the page (default: the name of the folder)')
      .option('--json', 'print JSON (docs/formats.md)');
  },
  async run(parsed, io) {
    const { options, paths } = parsed;
    if ((options.out === undefined) === !options.serve) {
      throw new UsageError('write --out FILE for a file, or --serve for an address of this machine');
    }
    const page = readPage();
    if (options.serve) {
      const watched = [
        ...(paths.length > 0 ? paths : [defaultPath]),
        ...[options.fleet, options.capacities, options.bindings, options.contracts, options.config].filter(
          (path) => path !== undefined,
        ),
      ];
      if (watched.includes('-')) throw new UsageError('--serve needs files, because standard input is read once');
      const render = async () => (await pageOf(page, paths, options, io, true)).html;
      return servePage(
        render,
        watched.map((path) => resolve(io.cwd, path)),
        portOf(options.port),
        io,
      );
    }
    const out = options.out as string;
    const { html, data, incomplete } = await pageOf(page, paths, options, io, false);
    writeFile(resolve(io.cwd, out), html, out);
    const summary = { objects: data.manifests.length, clusters: data.fleet.length, bytes: Buffer.byteLength(html) };
    if (options.json) printJson(io, 'view', { out, summary });
    else
      io.out(
        `${printable(out)}: ${summary.objects} objects, ${summary.clusters} clusters, ${Math.round(summary.bytes / 1024)} kB\n`,
      );
    return incomplete ? 2 : 0;
  },
});

/** @throws EnvironmentError if the package was not built */
function readPage(): string {
  const file = join(ownFolder() ?? '.', 'lib/page.html');
  const text = existsSync(file) ? readText(file) : undefined;
  if (typeof text === 'string') return text;
  throw new EnvironmentError(
    `${file} is not there`,
    'run `npm run build` in the clone of cdk8s-karmada, or install the package again',
  );
}

async function pageOf(page: string, paths: readonly string[], options: ViewCommandOptions, io: CliIo, live: boolean) {
  const config = options.config === undefined ? {} : await readLintConfig(options.config, io);
  const { fleet = config.fleet, karmada = config.karmada, featureGates = config.featureGates } = options;
  const given = {
    ...options,
    ...(fleet !== undefined && { fleet }),
    ...(karmada !== undefined && { karmada }),
    ...(featureGates && { featureGates }),
  };
  const { before, after } = await statesIn(paths, given, io);
  const inputs = await planInputs(given, after.paths, io);
  const incomplete = tellProblems([...(before?.problems ?? []), ...after.problems], io);
  const planOptions = await planOptionsFor(after.manifests, inputs.planOptions, given, io);
  const recorded = readRecorded(after.paths, io);
  const calls = config.calls ?? recorded.calls;
  const gates = featureGates ?? recorded.featureGates();
  const { contracts } = inputs;
  const { findings } = lint(after.manifests, {
    fleet: inputs.fleet,
    calls,
    contracts,
    unread: after.unread,
    ...(config.rules && { rules: config.rules }),
    ...(planOptions.karmada && { karmada: planOptions.karmada }),
    ...(gates && { featureGates: gates.flatMap((text) => text.split(',')) }),
    ...(options.namespace !== undefined && { defaultNamespace: options.namespace }),
  });
  if (planOptions.capacities) warnOfUnusedCapacities(planOptions, planOf(after.manifests, planOptions), io);
  const data = viewData({
    title: options.title ?? titleOf(after.paths, io),
    manifests: after.manifests,
    ...(before && { before: before.manifests }),
    planOptions,
    calls,
    contracts,
    findings,
    live,
  });
  return { html: pageHtml(page, data), data, incomplete };
}

/** Two paths with the same objects are two states; together they would be nothing but duplicates. */
async function statesIn(paths: readonly string[], options: ViewCommandOptions, io: CliIo) {
  const [one, two, ...more] = paths;
  if (one !== undefined && two !== undefined && more.length === 0 && one !== '-' && two !== '-') {
    const before = await readManifestPaths([one], options, io);
    const after = await readManifestPaths([two], options, io);
    const known = new Set(before.manifests.map(keyOf));
    if (after.manifests.some((manifest) => known.has(keyOf(manifest)))) {
      return { before, after: { ...after, paths: [two] } };
    }
  }
  return { before: undefined, after: { ...(await readManifestPaths(paths, options, io)), paths } };
}

function keyOf({ object }: Manifest): string {
  return `${object.apiVersion} ${objectKey(object)}`;
}

function titleOf([path = defaultPath]: readonly string[], io: CliIo): string {
  if (path === '-') return 'standard input';
  const full = resolve(io.cwd, path);
  const name = basename(full);
  return name === defaultPath ? basename(dirname(full)) : name;
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`--port ${text} is not a port: use a number from 0 to 65535`);
}
