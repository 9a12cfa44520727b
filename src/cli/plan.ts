import type { Manifest } from '../kubernetes/manifest';
import { answeredCalls, callAnswer } from '../lint/analysis/answered-calls';
import { Losses, lossJson, type Plan, type PlanOptions, planOf } from '../planner';
import { checkContracts } from '../planner/contract/check-contracts';
import { fails } from '../planner/final/final-replicas';
import { controlPlaneOf } from '../planner/plan-of';
import {
  contractSummary,
  contractsText,
  isNowhere,
  lossText,
  narrowedTo,
  type PictureCall,
  type PlanSelection,
  partOf,
  planMermaid,
  planSummary,
  planSvg,
  planText,
  scaledJson,
  variantChanges,
  whatIfText,
} from '../report';
import { UsageError } from './cli-error';
import { collect, defineCommand } from './command';
import type { CliIo } from './io';
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
import { readRecorded } from './recorded';
import { lossesOf, scaledAfter, variantsOf } from './variants';

interface PlanCommandOptions extends PlanInputOptions, PlanSelection {
  readonly details?: boolean;
  readonly mermaid?: boolean;
  readonly svg?: boolean;
  readonly replicas?: readonly string[];
  readonly without?: readonly string[];
  readonly lost?: readonly string[];
}

/** `plan`: where everything runs, and what if replicas change or clusters are lost. */
export const command = defineCommand<PlanCommandOptions>({
  name: 'plan',
  usage: '[PATH...] [--fleet FILE]',
  summary: 'say where everything runs, before it is applied',
  define(command) {
    command
      .description('Says where every template goes, cluster by cluster, exactly as Karmada would.')
      .argument('[path...]', 'files, folders, patterns, or - for standard input (default: dist)');
    addPlanOptions(command);
    addContractsOption(command);
    command
      .option('--replicas <name=range>', 'what if a template had other replicas: pipy=3, pipy=1..6, pipy=1,5', collect)
      .option('--without <clusters>', 'what if clusters were unjoined: member1; member1,member2; region=eu', collect)
      .option('--lost <clusters>', 'what if clusters do not answer: by default nothing moves', collect)
      .option('--evicted <clusters>', 'what if clusters do not answer, with failover: what moves, and when', collect)
      .option('--template <name>', 'show only these templates: pipy, Deployment/pipy, shop-*', collect)
      .option('--cluster <name>', 'show only these clusters: member1, eu-*, region=eu', collect)
      .option('--only <what>', 'show only templates with `problems`, or `changes` from the current bindings')
      .option('--details', 'list every template of a large plan')
      .option('--mermaid', 'print a picture for Markdown, as GitHub draws it')
      .option('--svg', 'print a picture for documents')
      .option('--json', 'print JSON (docs/formats.md)');
  },
  async run(parsed, io) {
    const { options } = parsed;
    checkFormat(options);
    const inputs = await planInputs(options, parsed.paths, io);
    const { manifests, problems } = await readManifestPaths(parsed.paths, options, io);
    const planOptions = await planOptionsFor(manifests, inputs.planOptions, options, io);
    const incomplete = tellProblems(problems, io);
    const asksLosses = options.lost !== undefined || options.evicted !== undefined;
    const losses = asksLosses ? Losses.of(manifests, planOptions) : undefined;
    const plan = losses?.before ?? planOf(manifests, planOptions);
    warnOfUnusedCapacities(planOptions, plan, io);
    checkOnly(options.only, planOptions);
    const part = partOf(plan, options);
    const shown = narrowedTo(part);
    const { contracts } = inputs;
    const answers = checkContracts(contracts, { plan, losses: () => losses ?? Losses.of(manifests, planOptions) });
    const variants = variantsOf(plan, manifests, planOptions, options);
    const afterLosses = losses
      ? lossesOf(plan, options).map(({ name, loss }) => {
          const after = losses.after(loss);
          return { name, after, scaled: scaledAfter(after, manifests, options.replicas) };
        })
      : [];

    if (options.json) {
      const changes = variantChanges(plan, variants);
      const json = plan.toJSON();
      printJson(io, 'plan', {
        ...json,
        ...(shown && { templates: json.templates.filter(({ template }) => shown.has(template)) }),
        ...(variants.length > 0 && {
          variants: variants.map((variant, index) => ({ ...changes[index], summary: planSummary(variant.plan) })),
        }),
        ...(afterLosses.length > 0 && {
          losses: afterLosses.map(({ name, after, scaled }) => ({
            name,
            ...lossJson(after),
            ...(scaled.length > 0 && { scaled: scaledJson(scaled) }),
          })),
        }),
        ...(contracts.length > 0 && { contracts: answers }),
        problems,
        summary: { ...planSummary(plan), ...(contracts.length > 0 && { contracts: contractSummary(answers) }) },
      });
    } else if (options.mermaid || options.svg) {
      const calls = pictureCalls(plan, manifests, planOptions, parsed.paths, io);
      io.out(options.svg ? planSvg(part, calls) : planMermaid(part, calls));
    } else {
      const layout = { width: io.width, color: io.color.out };
      const { details = false } = options;
      if (variants.length > 0) io.out(whatIfText(plan, variants, { ...layout, part }));
      else if (afterLosses.length === 0) io.out(planText(plan, { ...layout, part, details }));
      for (const { name, after, scaled } of afterLosses) io.out(lossText(name, after, { ...layout, part, scaled }));
      if (contracts.length > 0) io.out(`\n${contractsText(answers, layout)}`);
      if (incomplete) io.err('the plan is incomplete: something could not be read, as said above\n');
    }
    if (incomplete) return 2;
    if (answers.some(({ verdict }) => verdict === 'broken')) return 1;
    return [plan, ...[...variants, ...afterLosses.map(({ after }) => after)].map((other) => other.plan)].some(
      ({ templates }) => templates.some((each) => isNowhere(each) || fails(each)),
    )
      ? 1
      : 0;
  },
});

/** @throws UsageError for several formats, and for pictures of something else than the plan */
function checkFormat(options: PlanCommandOptions): void {
  const formats = (['json', 'mermaid', 'svg'] as const).filter((format) => options[format]);
  if (formats.length > 1) throw new UsageError(`--${formats.join(' and --')} exclude each other`);
  const asked = (['replicas', 'without', 'lost', 'evicted'] as const).find((one) => options[one]);
  if (asked === undefined || formats.length === 0 || options.json) return;
  throw new UsageError(`--${formats[0]} draws the plan, without --${asked}`, 'leave one of them out, or use `view`');
}

function pictureCalls(
  plan: Plan,
  manifests: readonly Manifest[],
  options: PlanOptions,
  paths: readonly string[],
  io: CliIo,
): readonly PictureCall[] {
  const { calls } = readRecorded(paths, io);
  return answeredCalls({ plan, controlPlane: controlPlaneOf(manifests, options), calls }).map((each) =>
    callAnswer(each),
  );
}

/** @throws UsageError */
function checkOnly(only: string | undefined, { bindings }: PlanOptions): void {
  if (only === undefined || only === 'problems') return;
  if (only !== 'changes') {
    throw new UsageError(`--only ${only} is not understood: write --only problems, or --only changes`);
  }
  if (bindings) return;
  throw new UsageError(
    '--only changes needs the current bindings',
    'pass --bindings FILE, with what `kubectl get rb,crb -A -o json` prints, or --kubeconfig FILE',
  );
}
