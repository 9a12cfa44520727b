import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ImportedFile, ImportedProgram, ImportOptions } from '../import';
import { legacyFilesIn } from '../import/chart-file';
import { importManifests } from '../import/import-manifests';
import { formNames, importReportText } from '../import/report-text';
import { type Demotion, importForms } from '../import/rungs';
import type { Manifest } from '../kubernetes/manifest';
import { placeOf, type ReadManifests, readText, textOf } from '../manifests';
import { writeFiles } from '../manifests/write-files';
import { Fleet } from '../model/fleet';
import { ModelError } from '../problem/model-error';
import { counted, joinWords, printable } from '../problem/words';
import { UsageError } from './cli-error';
import { contextHelp, defineCommand, namespace } from './command';
import { type ControlPlaneOptions, controlPlaneKubectl, programsOf } from './control-plane-options';
import { moduleKindOf, nextForms, type Proof, projectTools, prove } from './import-proof';
import type { CliIo } from './io';
import { fleetHelp, readFleet, readManifestPaths } from './plan-inputs';
import { printJson } from './print-json';

interface ImportCommandOptions extends ControlPlaneOptions {
  readonly out?: string;
  readonly fleet?: string;
  readonly templates?: string;
  readonly namespace?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `import`: manifests into a TypeScript program, proven before it is written. */
export const command = defineCommand<ImportCommandOptions>({
  name: 'import',
  usage: 'PATH... --out FOLDER',
  summary: 'turn manifests into a TypeScript program that makes the same objects',
  define(command) {
    command
      .description(
        'Turns manifests into a TypeScript program. The program is compiled and run with the tools of the project around FOLDER before anything is written, and its objects are compared with the manifests.',
      )
      .argument('[path...]', 'files, folders, patterns, or - for standard input, such as the output of helm template')
      .option('-o, --out <folder>', 'folder of the program, such as src')
      .option('-f, --fleet <file>', fleetHelp.replace(/ \(default: .*\)$/, ' (default: the names in policies)'))
      .option('--templates <form>', 'objects that are not policies: include (YAML) or typed (ApiObject)', 'include')
      .option('--kubeconfig <file>', 'Karmada API server to import from, instead of paths')
      .option('--context <name>', contextHelp)
      .option(
        '-n, --namespace <name>',
        'namespace of objects that name none; with --kubeconfig, the only one to import',
        namespace,
      )
      .option('--force', 'replace files that exist')
      .option('--json', 'print JSON (docs/formats.md)');
  },
  async run({ paths, options }, io) {
    const { out, templates = 'include' } = options;
    if (out === undefined) throw new UsageError('--out FOLDER is missing: the folder of the program, such as src');
    if ((paths.length === 0) === (options.kubeconfig === undefined)) {
      throw new UsageError(
        paths.length === 0
          ? 'nothing to import: pass files, folders, - for standard input, or --kubeconfig FILE'
          : 'paths and --kubeconfig exclude each other',
      );
    }
    if (templates !== 'include' && templates !== 'typed') {
      throw new UsageError(`--templates ${templates} is not understood: use include or typed`);
    }
    const folder = resolve(io.cwd, out);
    const live = options.kubeconfig === undefined ? undefined : await liveObjects(options, io);
    const fleet = options.fleet === undefined ? live?.fleet : await readFleet(options.fleet, io);
    const input = live
      ? { ...live, problems: [], unread: [], sources: {} }
      : await readInputs(paths, options, folder, io);
    const module = moduleKindOf(folder);
    const { program, outcome } = await provenProgram(input, { fleet, templates, module, options, folder }, io);
    const { proof, isProven, demotions } = outcome;
    const { leftOut } = program.report;

    if (proof !== undefined && !isProven) {
      const failing = [...proof.failures].map(([key, why]) => `${key}: ${why}`);
      throw new ModelError(
        [`the program is not right, so nothing is written to ${out}`, proof.problem ?? '', ...failing.slice(0, 10)]
          .filter((line) => line !== '')
          .join('\n'),
        { code: 'program.proof', fix: 'leave these objects out and report this as a bug of cdk8s-karmada' },
      );
    }
    const sentence = proofSentence(outcome);
    const files = program.files.map((file) =>
      file.path === 'IMPORT.md' ? { ...file, text: importReportText(program.report, sentence) } : file,
    );
    refuseExisting(folder, out, files, options.force ?? false);
    writeFiles(folder, files);
    const { report } = program;
    const errors = leftOut.filter(({ severity, code }) => severity === 'error' && code !== 'read.program-file');
    if (options.json) {
      printJson(io, 'import', {
        out,
        proven: isProven,
        proof: sentence,
        files: files.map(({ path }) => path),
        objects: report.objects.map(({ key: _, ...object }) => object),
        findings: report.findings,
        problems: leftOut,
        summary: {
          ...report.summary,
          demoted: demotions.size,
          findings: report.findings.length,
          leftOut: leftOut.length,
        },
      });
    } else {
      for (const problem of leftOut) io.err(`left out: ${printable(`${placeOf(problem)}: ${problem.message}`)}\n`);
      io.out(summaryText(out, program, sentence));
    }
    return errors.length > 0 ? 2 : 0;
  },
});

interface Wanted {
  readonly fleet: Fleet | undefined;
  readonly templates: 'include' | 'typed';
  readonly module: 'commonjs' | 'esm';
  readonly options: ImportCommandOptions;
  readonly folder: string;
}

interface Attempted {
  readonly proof: Proof | undefined;
  readonly isProven: boolean;
  readonly demotions: ReadonlyMap<string, Demotion>;
  /** Packages without which nothing can be proven. */
  readonly missing: readonly string[];
}

/** Each failing object takes a step down or is left out, so a program has this many at most; rules come on top. */
const mostAttempts = 8;

async function provenProgram(
  { manifests, problems, sources }: Inputs,
  { fleet, templates, module, options, folder }: Wanted,
  io: CliIo,
): Promise<{ readonly program: ImportedProgram; readonly outcome: Attempted }> {
  let demotions: ReadonlyMap<string, Demotion> = new Map();
  let rules: readonly string[] | undefined;
  const impossible = new Map<string, string>();
  const make = () =>
    importManifests(manifests, {
      templates,
      module,
      sources,
      problems,
      demotions,
      impossible,
      ...(fleet && { fleet }),
      ...(options.namespace !== undefined && { defaultNamespace: options.namespace }),
      ...(rules && { toleratedRules: rules }),
    } satisfies ImportOptions);
  let program = make();
  const tools = toolsFor(folder, io.cwd);
  if (!('compiler' in tools)) {
    return { program, outcome: { proof: undefined, isProven: false, demotions, missing: tools } };
  }
  io.err('compiling and running the program in a temporary folder\n');
  for (let attempt = 1; ; attempt++) {
    const proof = await prove(program, module, tools, {
      run: programsOf(io),
      fleet: fleet ?? program.fleet,
      defaultNamespace: options.namespace ?? 'default',
    });
    const isProven = proof.failures.size === 0 && proof.rules.length === 0 && proof.problem === undefined;
    if (isProven || attempt === mostAttempts) return { program, outcome: { proof, isProven, demotions, missing: [] } };
    const next = nextForms(program, proof.failures, demotions);
    for (const [key, why] of next.impossible) impossible.set(key, why);
    const known = program.toleratedRules;
    const added = proof.rules.filter((rule) => !known.includes(rule));
    if (!next.isChanged && added.length === 0) return { program, outcome: { proof, isProven, demotions, missing: [] } };
    demotions = next.demotions;
    if (added.length > 0) rules = [...known, ...added].sort();
    program = make();
  }
}

/** The tools of the project around a folder, or of the current one. */
function toolsFor(folder: string, cwd: string): ReturnType<typeof projectTools> {
  const found = projectTools(existingFolder(folder));
  return 'compiler' in found ? found : 'compiler' in projectTools(cwd) ? projectTools(cwd) : found;
}

function existingFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existingFolder(dirname(folder));
}

function proofSentence({ isProven, missing, demotions }: Attempted): string {
  if (!isProven) {
    return `Not proven: ${joinWords(missing, 'and')} ${missing.length === 1 ? 'is' : 'are'} not installed for this folder, so the program was neither compiled nor run.`;
  }
  const steps = demotions.size === 0 ? '' : ` ${counted(demotions.size, 'object')} took a lower form to get there.`;
  return `Proven: the program compiles under strict, and makes exactly these objects, which reach the same clusters.${steps}`;
}

interface Inputs extends ReadManifests {
  readonly sources: Readonly<Record<string, string>>;
}

/** What a control plane has: clusters, policies, and the objects that Karmada propagates. */
async function liveObjects(
  options: ImportCommandOptions,
  io: CliIo,
): Promise<{ readonly manifests: readonly Manifest[]; readonly fleet?: Fleet }> {
  const { readPropagated } = await import('./propagated-objects.js');
  const kubectl = await controlPlaneKubectl(options, io, new AbortController().signal);
  const { objects, clusters } = await readPropagated(kubectl, options.namespace);
  if (objects.length === 0) {
    throw new ModelError('the control plane has no policies', {
      code: 'program.empty',
      fix: 'pass the namespace that has them, or the files of the manifests',
    });
  }
  const manifests = objects.map((object, index): Manifest => ({ object, origin: { type: 'memory', index } }));
  return { manifests, ...(clusters.length > 0 && { fleet: Fleet.fromClusters(clusters) }) };
}

/** The manifests with the texts of their files, for comments. What the program in the folder includes is not read. */
async function readInputs(
  paths: readonly string[],
  { fleet }: ImportCommandOptions,
  folder: string,
  io: CliIo,
): Promise<Inputs> {
  const stdin = paths.includes('-') ? await io.stdin() : undefined;
  const given = stdin === undefined ? io : { ...io, stdin: async () => stdin };
  const exclude = includedBefore(folder);
  const read = await readManifestPaths(paths, { ...(fleet !== undefined && { fleet }), exclude }, given);
  const sources: Record<string, string> = {};
  for (const { origin } of read.manifests) {
    if (origin.type !== 'file' || Object.hasOwn(sources, origin.file)) continue;
    const text = origin.file === '-' ? textOf(stdin ?? '') : readText(resolve(io.cwd, origin.file));
    if (typeof text === 'string') sources[origin.file] = text;
  }
  if (read.manifests.length > 0) return { ...read, sources };
  const [first] = read.problems;
  throw new ModelError(first ? `${placeOf(first)}: ${first.message}` : 'there are no objects to import', {
    code: first?.code ?? 'program.empty',
    fix: first?.fix ?? 'pass files or folders with Kubernetes manifests',
  });
}

/** Files that the program in a folder includes: copies of manifests, from an earlier import. */
function includedBefore(folder: string): readonly string[] {
  const apps = join(folder, 'apps');
  if (!statSync(apps, { throwIfNoEntry: false })?.isDirectory()) return [];
  const charts = readdirSync(apps).filter((name) => name.endsWith('.ts'));
  return charts.flatMap((name) => {
    const text = readText(join(apps, name));
    return typeof text === 'string' ? legacyFilesIn(text).map((file) => join(folder, 'legacy', file)) : [];
  });
}

function refuseExisting(folder: string, out: string, files: readonly ImportedFile[], force: boolean): void {
  const existing = files.filter(({ path }) => existsSync(join(folder, path))).map(({ path }) => path);
  if (force || existing.length === 0) return;
  throw new ModelError(`${out} has ${joinWords(existing, 'and', 5)} already, so nothing is written`, {
    code: 'program.exists',
    fix: 'choose another folder, or pass --force to replace these files',
  });
}

function summaryText(out: string, { files, report }: ImportedProgram, proof: string): string {
  const { summary, findings } = report;
  const forms = importForms
    .filter((form) => summary[form] > 0)
    .map((form) => `  ${formNames[form].padEnd(24)}${summary[form]}`);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return [
    `${printable(out)}: ${counted(files.length, 'file')} for ${counted(summary.objects, 'object')} in ${counted(summary.charts, 'chart')}`,
    ...forms,
    proof,
    ...(findings.length > 0
      ? [`${counted(findings.length, 'finding')} in the manifests, ${errors} of them errors: see IMPORT.md`]
      : []),
    '',
  ].join('\n');
}
