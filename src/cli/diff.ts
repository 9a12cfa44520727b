import type { Manifest } from '../kubernetes/manifest';
import type { ReadManifests } from '../manifests';
import { Losses, type Plan, planOf } from '../planner';
import { checkContracts } from '../planner/contract/check-contracts';
import {
  brokenByChange,
  brokenByChangeMarkdown,
  diffMarkdown,
  diffSummary,
  diffText,
  isEmptyDiff,
  newlyBroken,
  planDiff,
} from '../report';
import { UsageError } from './cli-error';
import { defineCommand } from './command';
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
import { isRecorded } from './recorded';

interface DiffCommandOptions extends PlanInputOptions {
  readonly exitCode?: boolean;
  readonly markdown?: boolean;
}

/** `diff OLD NEW`: what changes in placement, and in each member cluster, between two states of the manifests. */
export const command = defineCommand<DiffCommandOptions>({
  name: 'diff',
  usage: 'OLD NEW [--fleet FILE]',
  summary: 'say what changes where between two states of the manifests',
  define(command) {
    command
      .description('Says what changes in placement, and in each member cluster, between two states of the manifests.')
      .argument('<old>', 'file, folder or pattern, or - for standard input')
      .argument('<new>', 'the same, for the new state');
    addPlanOptions(command);
    addContractsOption(command);
    command
      .option('--exit-code', 'exit with 1 when something changes')
      .option('--json', 'print JSON (docs/formats.md)')
      .option('--markdown', 'print Markdown, fit for a comment on a pull request');
  },
  async run(parsed, io) {
    const { options } = parsed;
    if (options.json && options.markdown) throw new UsageError('--json and --markdown exclude each other');
    const [oldPath, newPath] = parsed.paths as [string, string];
    if (oldPath === '-' && newPath === '-') throw new UsageError('"-" can stand for one input only');

    // The fleet of the new state, or of the old one if it was written without.
    const stating = [newPath, oldPath].find((path) => isRecorded(path, io)) ?? newPath;
    const inputs = await planInputs(options, [stating], io);
    const before = await readManifestPaths([oldPath], options, io);
    const after = await readManifestPaths([newPath], options, io);
    // What cannot be read would look as if it were removed or new.
    if (tellProblems([...before.problems, ...after.problems], io)) return 2;

    const both = [...before.manifests, ...after.manifests];
    const planOptions = await planOptionsFor(both, inputs.planOptions, options, io);
    const plan = planOf(after.manifests, planOptions);
    warnOfUnusedCapacities(planOptions, plan, io);
    const sameOverrides = overrides(before.manifests) === overrides(after.manifests);
    const planBefore = planOf(before.manifests, planOptions);
    const diff = planDiff(planBefore, plan, sameOverrides);
    const { contracts } = inputs;
    const answersOf = (planned: Plan, { manifests }: ReadManifests) =>
      checkContracts(contracts, { plan: planned, losses: () => Losses.of(manifests, planOptions) });
    const broken = newlyBroken(answersOf(planBefore, before), answersOf(plan, after));
    const layout = { width: io.width, color: io.color.out };
    if (options.json) {
      printJson(io, 'diff', { ...diff, ...(contracts.length > 0 && { broken }), summary: diffSummary(diff) });
    } else if (options.markdown) {
      io.out(`${brokenByChangeMarkdown(broken)}${diffMarkdown(diff)}`);
    } else {
      io.out(`${brokenByChange(broken, layout)}${diffText(diff, layout)}`);
    }
    if (broken.length > 0) return 1;
    return options.exitCode && !isEmptyDiff(diff) ? 1 : 0;
  },
});

function overrides(manifests: readonly Manifest[]): string {
  const policies = manifests.filter(
    ({ object }) => object.kind === 'OverridePolicy' || object.kind === 'ClusterOverridePolicy',
  );
  return JSON.stringify(policies.map(({ object }) => object));
}
