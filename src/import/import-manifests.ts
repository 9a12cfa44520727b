import { isKarmadaGroup } from '../karmada/group';
import { isDefinition } from '../kubernetes/custom-definition';
import { unfolded } from '../kubernetes/list';
import type { Manifest } from '../kubernetes/manifest';
import { clusterNameProblems } from '../kubernetes/names';
import type { KubernetesObject } from '../kubernetes/object';
import { apiGroup, reportedName } from '../kubernetes/object';
import { listOf, recordOf, textOf } from '../kubernetes/plain-data';
import { Scopes } from '../kubernetes/scope';
import { type Finding, lint, type ReadProblem } from '../lint';
import { Fleet } from '../model/fleet';
import { fleetData } from '../model/fleet-data';
import { clustersOf, type FleetLike, manifestsOf, type PlanInput } from '../planner/plan/plan-input';
import { extensionOf, printChartFile } from './chart-file';
import { cleanManifests } from './clean';
import { namesWith } from './code/evaluate';
import { fleetHeader, fleetProgram } from './fleet-program';
import { groupProgram, type Outcome, summaryOf } from './group-program';
import { byReference, claimsOf, groupsOf } from './groups';
import type { ImportedObject, ImportReport } from './import-report';
import { type Item, itemsOf } from './items';
import { classNameFor, DistinctNames } from './names';
import type { ProgramContext } from './object-plan';
import { mainProgram } from './project/main-program';
import { importReportText } from './report-text';
import type { Demotion, ImportForm } from './rungs';

/** Options of {@link importManifests}. */
export interface ImportOptions {
  /** The member clusters. @default - those that policies name */
  readonly fleet?: FleetLike;
  /** Objects that are not policies: YAML that is included, or `ApiObject` literals. @default 'include' */
  readonly templates?: 'include' | 'typed';
  /** Texts of the files that the manifests were read from, by name, so that comments stay. @default - YAML is written anew */
  readonly sources?: Readonly<Record<string, string>>;
  /** @default 'commonjs' */
  readonly module?: 'commonjs' | 'esm';
  /** Namespace of objects without one, for the question of which policy selects them. @default 'default' */
  readonly defaultNamespace?: string;
  /** What could not be read, for the report. @default - everything was read */
  readonly problems?: readonly ReadProblem[];
  /**
   * Forms that objects may not take, by {@link ImportedObject.key}.
   *
   * @default - none
   * @internal
   */
  readonly demotions?: ReadonlyMap<string, Demotion>;
  /**
   * Objects that no program makes, with the reason, by {@link ImportedObject.key}: they are left out.
   *
   * @default - none
   * @internal
   */
  readonly impossible?: ReadonlyMap<string, string>;
  /**
   * Lint rules that are warnings in the program.
   *
   * @default - those with errors in the manifests
   * @internal
   */
  readonly toleratedRules?: readonly string[];
}

/** A file of an imported program. */
export interface ImportedFile {
  /** Relative to the folder of the program, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Permissions, 0o600 for files with Secrets. @default - those of other files */
  readonly mode?: number;
}

/** An imported program. */
export interface ImportedProgram {
  readonly files: readonly ImportedFile[];
  readonly report: ImportReport;
  /** The fleet of the program. @default - it has none */
  readonly fleet?: FleetLike;
  /**
   * The objects that the program makes.
   *
   * @internal
   */
  readonly manifests: readonly Manifest[];
  /**
   * Lint rules that are warnings in the program.
   *
   * @internal
   */
  readonly toleratedRules: readonly string[];
  /**
   * For each file, the lines that make objects.
   *
   * @internal
   */
  readonly lines: Readonly<
    Record<string, readonly { readonly from: number; readonly to: number; readonly keys: readonly string[] }[]>
  >;
}

/**
 * A TypeScript program that makes these objects: `main.ts`, `fleet.ts`, a chart for each application, and YAML that is included.
 * Each object takes the best form that makes exactly it again; the report says which and why. Nothing is read or written.
 *
 * @param what - manifests as read, or plain objects: templates and policies together
 * @throws ModelError `program.conflict` for two different objects of one name, `program.empty` without objects
 */
export function importManifests(what: PlanInput, options: ImportOptions = {}): ImportedProgram {
  const { sources = {}, templates = 'include', module = 'commonjs', defaultNamespace = 'default' } = options;
  const read = unfolded(manifestsOf(what));
  const { manifests: clean, skipped } = cleanManifests(read);
  const { impossible = new Map<string, string>() } = options;
  const all = itemsOf(clean, sources);
  const items = all.filter(({ key }) => !impossible.has(key));
  const manifests = items.map(({ manifest }) => manifest);
  const objects = items.map(({ object }) => object);
  const fleet = options.fleet === undefined ? fleetOfNames(objects) : asFleet(options.fleet);
  const { findings: found } = lint(manifests, { ...(fleet && { fleet }), defaultNamespace });
  const findings = found.filter(({ severity }) => severity !== 'info');
  const tolerated = options.toleratedRules ?? rulesOf(found);
  const kept = new Set(items.map(({ manifest }) => manifest.origin));
  const repeated = new Set(clean.map(({ origin }) => origin).filter((origin) => !kept.has(origin)));
  const claims = claimsOf(
    items,
    read.filter(({ origin }) => !repeated.has(origin)),
    defaultNamespace,
  );
  const context: ProgramContext = {
    claims,
    items: byReference(items),
    fleet,
    names: namesWith(fleet),
    templates,
    module,
    demotions: options.demotions ?? new Map(),
    scopes: scopesOf(objects),
  };
  const groups = groupsOf(items, claims);
  const legacyNames = new DistinctNames();
  const files: ImportedFile[] = [];
  const lines: Record<string, ImportedProgram['lines'][string]> = {};
  const outcomes: { readonly outcome: Outcome; readonly file: string }[] = [];
  const classes = new DistinctNames();
  const charts = groups.map((group) => {
    const { namespace, statements, outcomes: made, legacy } = groupProgram(group, context, legacyNames);
    const className = classes.take(classNameFor(group.name)).replaceAll('-', '');
    const path = `apps/${group.name}.ts`;
    const printed = printChartFile({
      className,
      summary: summaryOf(group.name, group.items),
      namespace,
      statements,
      module,
    });
    files.push({ path, text: printed.text });
    lines[path] = printed.lines;
    for (const outcome of made) outcomes.push({ outcome, file: path });
    for (const { name, text, isSecret } of legacy)
      files.push({ path: `legacy/${name}`, text, ...(isSecret && { mode: 0o600 }) });
    return { className, module: `./apps/${group.name}`, id: group.name };
  });
  const main = mainProgram(undefined, charts, {
    extension: extensionOf(module),
    hasFleet: fleet !== undefined,
    ...(tolerated.length > 0 && {
      lint: Object.fromEntries(tolerated.map((rule) => [rule, 'warning'])),
      note: ['These rules find errors in the imported manifests, see IMPORT.md. Remove each once they are corrected.'],
    }),
  });
  const imported = outcomes.map(({ outcome, file }) => importedObject(outcome, file));
  const count = (form: ImportForm) => imported.filter((object) => object.form === form).length;
  const report: ImportReport = {
    objects: imported,
    fleet: options.fleet ? 'given' : fleet ? 'names' : 'none',
    findings,
    leftOut: [...(options.problems ?? []), ...all.flatMap((item) => impossibleProblem(item, impossible.get(item.key)))],
    skipped,
    summary: {
      objects: imported.length,
      charts: charts.length,
      shorthand: count('shorthand'),
      app: count('app'),
      policy: count('policy'),
      'api-object': count('api-object'),
      include: count('include'),
    },
  };
  return {
    files: [
      { path: 'main.ts', text: main },
      ...(fleet ? [{ path: 'fleet.ts', text: fleetText(fleet, options.fleet !== undefined) }] : []),
      ...files,
      { path: 'IMPORT.md', text: importReportText(report) },
    ],
    report,
    manifests,
    toleratedRules: tolerated,
    ...(fleet && { fleet }),
    lines,
  };
}

function impossibleProblem(
  { manifest: { origin }, title, place }: Item,
  why: string | undefined,
): readonly ReadProblem[] {
  if (why === undefined) return [];
  const message = `no program makes exactly ${title}: ${why}`;
  const fix = 'apply it apart from the program';
  const base = { code: 'program.impossible', severity: 'error', message, why: '', fix } as const;
  return [origin.type === 'file' ? { ...base, file: origin.file, ...origin.locate('') } : { ...base, file: place }];
}

function importedObject({ item, form, why }: Outcome, file: string): ImportedObject {
  const { apiVersion, kind, metadata } = item.object;
  const namespace = textOf(metadata?.namespace);
  return {
    key: item.key,
    apiVersion,
    kind,
    ...(namespace !== '' && { namespace }),
    name: reportedName(metadata),
    from: item.place,
    form,
    file,
    ...(why !== undefined && { why }),
  };
}

/** A Federation declares its feature gates, so it takes a missing one for an error. */
const errorInFederations = 'no-undeclared-feature-gate';

function rulesOf(findings: readonly Finding[]): readonly string[] {
  const all = findings.flatMap((finding) => [finding, ...(finding.related ?? [])]);
  const stopping = all.filter(({ severity, rule }) => severity === 'error' || rule === errorInFederations);
  return [...new Set(stopping.map(({ rule }) => rule))].sort();
}

function scopesOf(objects: readonly KubernetesObject[]): Scopes {
  const scopes = new Scopes();
  for (const object of objects) if (isDefinition(object)) scopes.learn(object);
  return scopes;
}

function asFleet(fleet: FleetLike): Fleet {
  return fleet instanceof Fleet ? fleet : Fleet.of(fleetData(clustersOf(fleet)).clusters);
}

function fleetText(fleet: Fleet, isGiven: boolean): string {
  const note = 'Only names are known, from the imported policies: regions, labels, taints and capacity are missing.';
  return fleetProgram(fleetData(fleet.clusters), [...fleetHeader, ...(isGiven ? [] : [note])]);
}

/** The clusters that objects of Karmada name; undefined if they name none. */
function fleetOfNames(objects: readonly KubernetesObject[]): Fleet | undefined {
  const names = new Set<string>();
  for (const object of objects) {
    if (isKarmadaGroup(apiGroup(object.apiVersion))) for (const name of clusterNamesIn(object)) names.add(name);
  }
  const valid = [...names].filter((name) => name !== '' && clusterNameProblems(name).length === 0).sort();
  return valid.length === 0 ? undefined : Fleet.of(Object.fromEntries(valid.map((name) => [name, {}])));
}

const fieldsWithNames = ['clusterNames', 'exclude'];

function* clusterNamesIn(value: unknown): Iterable<string> {
  if (Array.isArray(value)) for (const item of value) yield* clusterNamesIn(item);
  for (const [field, content] of Object.entries(recordOf(value) ?? {})) {
    if (fieldsWithNames.includes(field)) for (const name of listOf(content)) yield textOf(name);
    yield* clusterNamesIn(content);
  }
}
