import {
  formatGithub,
  formatJson,
  formatSarif,
  formatText,
  type LintReport,
  lint,
  ruleCatalog,
  type TextStyle,
} from '../lint';
import type { ReadProblem } from '../manifests';
import { styleFor } from '../report';
import { UsageError } from './cli-error';
import { contextHelp, defineCommand, namespace } from './command';
import type { CliIo, ExitCode } from './io';
import { readLintConfig } from './lint-config';
import {
  fleetHelp,
  karmadaHelp,
  karmadaVersion,
  liveInputs,
  readContracts,
  readFleet,
  readManifestPaths,
} from './plan-inputs';
import { tellProblems } from './problems';
import { readRecorded } from './recorded';
import { ownVersion } from './version';

const formats = ['text', 'json', 'sarif', 'github'] as const;
type Format = (typeof formats)[number];

interface LintCommandOptions {
  readonly fleet?: string;
  readonly config?: string;
  readonly contracts?: string;
  readonly karmada?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly format?: string;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly verbose?: boolean;
}

/** `lint`: what Karmada rejects, and what it accepts but does not do as intended. */
export const command = defineCommand<LintCommandOptions>({
  name: 'lint',
  usage: '[PATH...] [--fleet FILE]',
  summary: 'find what Karmada would refuse, and what it accepts silently',
  define(command) {
    command
      .description('Finds what Karmada would refuse, and what it accepts silently and does otherwise than you meant.')
      .argument('[path...]', 'files, folders, patterns, or - for standard input (default: dist)')
      .option('-f, --fleet <file>', fleetHelp)
      .option('-c, --config <file>', 'severities of rules, calls between apps, feature gates (docs/rules)')
      .option('--contracts <file>', 'check what must hold of placements (docs/formats.md); needs a fleet')
      .option('--karmada <version>', karmadaHelp)
      .option('--kubeconfig <file>', 'Karmada API server to read the clusters from, if no file has them')
      .option('--context <name>', contextHelp)
      .option('-n, --namespace <name>', 'namespace of objects that name none', namespace, 'default')
      .option('--format <format>', `${formats.slice(0, -1).join(', ')} or ${formats.at(-1)} (default: text)`)
      .option('--json', 'the same as --format json (docs/formats.md)')
      .option('--strict', 'exit with 1 for warnings too')
      .option('--verbose', 'show infos one by one');
  },
  async run(parsed, io) {
    const { paths, options } = parsed;
    const format = formatOf(options);
    const config = options.config === undefined ? {} : await readLintConfig(options.config, io);
    const fleetFile = options.fleet ?? config.fleet;
    const stated =
      fleetFile === undefined ? (await liveInputs(options, ['clusters'], io))?.fleet : await readFleet(fleetFile, io);
    const recorded = readRecorded(paths, io);
    const fleet = stated ?? recorded.fleet();
    const karmada =
      (options.karmada === undefined ? config.karmada : karmadaVersion(options.karmada)) ?? recorded.karmada();
    const featureGates = config.featureGates ?? recorded.featureGates();
    const { fleet: _, ...settings } = config;
    const naming = options.namespace === undefined ? {} : { defaultNamespace: options.namespace };

    const { manifests, problems, unread } = await readManifestPaths(
      paths,
      {
        ...(fleetFile !== undefined && { fleet: fleetFile }),
        ...(options.config !== undefined && { config: options.config }),
        ...(options.contracts !== undefined && { contracts: options.contracts }),
      },
      io,
    );
    const report = lint(manifests, {
      unread,
      ...settings,
      calls: settings.calls ?? recorded.calls,
      ...(fleet && { fleet }),
      ...(karmada && { karmada }),
      ...(featureGates && { featureGates }),
      ...naming,
      contracts: options.contracts === undefined ? recorded.contracts : await readContracts(options.contracts, io),
    });
    print(report, problems, format, options, io);
    if (fleet === undefined) {
      io.err('without --fleet FILE nothing that depends on the member clusters is looked at\n');
    }
    return exitCodeOf(report, problems, options.strict ?? false);
  },
});

function formatOf({ format, json }: LintCommandOptions): Format {
  if (json && format !== undefined && format !== 'json') {
    throw new UsageError(`--json and --format ${format} exclude each other`);
  }
  const wanted = json ? 'json' : (format ?? 'text');
  const known = formats.find((one) => one === wanted);
  if (known) return known;
  throw new UsageError(
    `--format ${wanted} is not understood: use ${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`,
  );
}

function print(
  report: LintReport,
  problems: readonly ReadProblem[],
  format: Format,
  { verbose = false }: LintCommandOptions,
  io: CliIo,
): void {
  switch (format) {
    case 'text':
      tellProblems(problems, io);
      io.out(
        `${formatText(report, { style: textStyle(io), verbose, unread: countErrors(problems), ...(io.columns && { width: io.columns }) })}\n`,
      );
      break;
    case 'json':
      io.out(`${formatJson(report, problems)}\n`);
      break;
    case 'sarif':
      io.out(`${formatSarif(report, ruleCatalog, ownVersion(), problems)}\n`);
      break;
    case 'github': {
      const text = formatGithub(report, problems);
      if (text !== '') io.out(`${text}\n`);
      break;
    }
    default:
      format satisfies never;
  }
}

function textStyle({ color }: CliIo): TextStyle {
  const { bold, dim, red, yellow } = styleFor(color.out);
  return {
    bold,
    dim,
    severity: (severity, text) =>
      severity === 'error' ? red(text) : severity === 'warning' ? yellow(text) : dim(text),
  };
}

function countErrors(problems: readonly ReadProblem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

/** Unreadable files come first, because the findings may be incomplete. */
function exitCodeOf({ summary }: LintReport, problems: readonly ReadProblem[], strict: boolean): ExitCode {
  if (problems.some(({ severity }) => severity === 'error')) return 2;
  return summary.error > 0 || (strict && (summary.warning > 0 || problems.length > 0)) ? 1 : 0;
}
