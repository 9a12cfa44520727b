import { planOf } from '../planner';
import { isNowhere, planSummary, planText, variantChanges, whatIfText } from '../report';
import { collect, defineCommand } from './command';
import {
  addPlanOptions,
  type PlanInputOptions,
  planInputs,
  readManifestPaths,
  warnOfUnusedCapacities,
} from './plan-inputs';
import { printJson, tellProblems } from './problems';
import { variantsOf } from './variants';

interface PlanCommandOptions extends PlanInputOptions {
  readonly replicas?: readonly string[];
  readonly without?: readonly string[];
}

/** `plan`: where everything runs, and what if replicas change or clusters are lost. */
export const command = defineCommand<PlanCommandOptions>({
  name: 'plan',
  usage: '[PATH...] --fleet FILE',
  summary: 'say where everything runs, before it is applied',
  define(command) {
    command
      .description('Says where every template goes, cluster by cluster, exactly as Karmada would.')
      .argument('[path...]', 'files, folders, patterns, or - for standard input (default: dist)');
    addPlanOptions(command);
    command
      .option('--replicas <name=range>', 'what if a template had other replicas: pipy=3, pipy=1..6, pipy=1,5', collect)
      .option('--without <cluster>', 'what if a cluster is lost; several at once: member1,member2', collect)
      .option('--json', 'print JSON (docs/formats.md)');
  },
  async run(parsed, io) {
    const { options } = parsed;
    const { planOptions } = await planInputs(options, io);
    const { manifests, problems } = await readManifestPaths(parsed.paths, options, io);
    const incomplete = tellProblems(problems, io);
    const plan = planOf(manifests, planOptions);
    warnOfUnusedCapacities(planOptions, plan, io);
    const variants = variantsOf(plan, manifests, planOptions, options);

    if (options.json) {
      const changes = variantChanges(plan, variants);
      printJson(io, 'plan', {
        ...plan.toJSON(),
        ...(variants.length > 0 && {
          variants: variants.map((variant, index) => ({ ...changes[index], summary: planSummary(variant.plan) })),
        }),
        problems,
        summary: planSummary(plan),
      });
    } else {
      const layout = { width: io.width, color: io.color.out };
      io.out(variants.length > 0 ? whatIfText(plan, variants, layout) : planText(plan, layout));
      if (incomplete) io.err('the plan is incomplete: something could not be read, as said above\n');
    }
    if (incomplete) return 2;
    return [plan, ...variants.map((variant) => variant.plan)].some(({ templates }) => templates.some(isNowhere))
      ? 1
      : 0;
  },
});
