import { resolve } from 'node:path';
import { renderApplication, writeFolder } from '../manifests';
import { planOf, type TieBreak } from '../planner';
import { counted, printable } from '../problem/words';
import { isNowhere } from '../report';
import { UsageError } from './cli-error';
import { defineCommand } from './command';
import { memberFiles } from './member-files';
import { requireOwnFolder } from './output-folder';
import {
  addPlanOptions,
  type PlanInputOptions,
  planInputs,
  planOptionsFor,
  readManifestPaths,
  warnOfUnusedCapacities,
} from './plan-inputs';
import { printJson } from './print-json';
import { tellProblems } from './problems';

interface RenderCommandOptions extends PlanInputOptions {
  readonly out?: string;
  readonly tie?: string;
}

/** `render --out DIR`: a folder for each member cluster, with the objects that it will receive. */
export const command = defineCommand<RenderCommandOptions>({
  name: 'render',
  usage: '[PATH...] [--fleet FILE] --out DIR',
  summary: 'write the objects that each member cluster receives',
  define(command) {
    command
      .description('Writes a folder for each member cluster, with the objects that it will receive.')
      .argument('[path...]', 'files, folders, patterns, or - for standard input (default: dist)');
    addPlanOptions(command);
    command
      .option('-o, --out <dir>', 'folder to write: an empty one, or one that render wrote before')
      .option('--tie <result>', 'where the UID decides, write one result: ascending or descending (default: both)')
      .option('--json', 'print JSON (docs/formats.md)');
  },
  async run(parsed, io) {
    const { options } = parsed;
    if (options.out === undefined) throw new UsageError('--out DIR is missing: the folder to write');
    const tie = tieBreak(options.tie);
    const folder = resolve(io.cwd, options.out);
    requireOwnFolder(folder, options.out, 'render');

    const inputs = await planInputs(options, parsed.paths, io);
    const { manifests, problems } = await readManifestPaths(parsed.paths, options, io);
    const planOptions = await planOptionsFor(manifests, inputs.planOptions, options, io);
    // An incomplete folder would look complete.
    if (tellProblems(problems, io)) {
      io.err('nothing is written\n');
      return 2;
    }
    const plan = planOf(manifests, planOptions);
    warnOfUnusedCapacities(planOptions, plan, io);
    const { files, objects, failures } = memberFiles(plan, tie);
    const { written, unchanged, removed } = writeFolder(folder, files, renderApplication);

    const nowhere = plan.templates.filter(isNowhere).map(({ key }) => key);
    const summary = {
      clusters: new Set(objects.map(({ cluster }) => cluster)).size,
      objects: objects.length,
      written: written.length,
      unchanged: unchanged.length,
      removed: removed.length,
      failing: failures.length,
      nowhere: nowhere.length,
    };
    if (options.json) printJson(io, 'render', { out: options.out, objects, failures, nowhere, problems, summary });
    else
      io.out(
        `${options.out}: ${counted(summary.objects, 'file')} for ${counted(summary.clusters, 'cluster')}, ${summary.written} written, ${summary.unchanged} unchanged, ${summary.removed} removed\n`,
      );
    const told = [
      ...failures.map(({ cluster, template, why }) => `${template} does not reach ${cluster}: ${why}`),
      ...nowhere.map((key) => `${key} is sent to no cluster; plan says why`),
    ];
    for (const text of told) io.err(`error: ${printable(text)}\n`);
    return failures.length > 0 || nowhere.length > 0 ? 1 : 0;
  },
});

function tieBreak(text: string | undefined): TieBreak | undefined {
  if (text === undefined || text === 'ascending' || text === 'descending') return text;
  throw new UsageError(`--tie ${text} is not understood: use ascending or descending`);
}
