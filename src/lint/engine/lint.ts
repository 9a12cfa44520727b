import type { Cluster } from '../../karmada/cluster';
import { defaultKarmadaVersion, type KarmadaVersion } from '../../karmada/release';
import { unfolded } from '../../kubernetes/list';
import type { Manifest } from '../../kubernetes/manifest';
import { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import type { Plan } from '../../planner/plan';
import { clustersOf, type FleetLike } from '../../planner/plan/options';
import { manifestsOf, type PlanInput } from '../../planner/plan/plan-input';
import { planOfFederation } from '../../planner/plan-of';
import type { Finding, Severity } from '../../problem/finding';
import { featureGatesOn, gateSettings } from '../analysis/gates';
import { ranking, rules } from '../rules';
import { findingOf } from './finding-of';
import { type FindingGroup, foldCauses, type RawFinding } from './fold';
import { refusals } from './refusals';
import type { Call, Problem, Rule, RuleContext } from './rule';
import { ruleCatalog } from './rule-catalog';
import { checkSettings, effectiveSeverity, type RuleSettings } from './settings';
import { annotatedSuppressions, type Suppression, Suppressions } from './suppression';
import { suppressionFindings } from './suppression-findings';

/** What the linter knows beside the manifests. */
export interface LintOptions {
  /** The member clusters. @default - unknown: rules that ask the plan are not run */
  readonly fleet?: FleetLike;
  /** Karmada release that will read the manifests. @default - the newest release modelled */
  readonly karmada?: KarmadaVersion;
  /** Feature gates switched on beyond those of the release. @default - those that the release has on */
  readonly featureGates?: readonly string[];
  /** Severities that differ from the rules' own. @default - each rule has its own */
  readonly rules?: RuleSettings;
  /** Which app sends requests to which, where names do not show it. @default - what names show */
  readonly calls?: readonly Call[];
  /** Rules silenced in code. @default - those that annotations silence */
  readonly suppressions?: readonly Suppression[];
  /** Namespace of objects that name none, as `kubectl apply` takes it from the context. @default 'default' */
  readonly defaultNamespace?: string;
  /**
   * The plan of the same manifests over the same fleet, where it was made already.
   *
   * @default - made when a rule asks for it
   * @internal
   */
  readonly plan?: Plan;
  /** Called with the milliseconds each rule took. @default - nobody asks */
  readonly onRule?: (rule: string, milliseconds: number) => void;
}

/** What the linter found. */
export interface LintReport {
  /** Sorted: by place, then by severity and rule. */
  readonly findings: readonly Finding[];
  /** How many of each severity. */
  readonly summary: Readonly<Record<Severity, number>>;
  /** How many objects were looked at. */
  readonly objects: number;
}

/**
 * Finds what Karmada would refuse, and what it accepts and does otherwise than its author meant.
 *
 * @param what - a cdk8s app, manifests as read, or plain objects: templates and policies together
 * @param given - what a `Federation` says of itself, and what `Lint.ignore` silences in it, need not be said again
 * @throws ModelError `lint.unknown-rule` for settings of a rule that does not exist
 */
export function lint(what: PlanInput, given: LintOptions = {}): LintReport {
  const options = { ...optionsOfFederation(what), ...given };
  const karmada = options.karmada ?? defaultKarmadaVersion;
  const settings = options.rules ?? {};
  checkSettings(settings, ruleIds);
  const manifests = unfolded(manifestsOf(what));
  const annotated = annotatedSuppressions(manifests);
  const suppressions = new Suppressions([...annotated.suppressions, ...(options.suppressions ?? [])]);

  const refused = timed(options, 'valid-schema and valid-admission', () =>
    refusals(manifests, karmada, options.defaultNamespace ?? 'default'),
  );
  const stated = [...refused.stated, ...federationStatements(refused.sound, karmada, options)];
  const heard = stated.flatMap((statement): RawFinding[] => {
    const severity = effectiveSeverity(statement.rule, statement.severity, settings);
    if (severity === undefined) return [];
    return [{ ...statement, severity, silenced: suppressions.silence(statement.rule, statement.at) }];
  });
  const complete = options.fleet !== undefined || options.plan !== undefined;
  const about = { broken: annotated.broken, suppressions, manifests, settings, complete, rules: ruleCatalog };
  const findings = [...foldCauses(heard, ranking).map(published), ...suppressionFindings(about)].sort(byPlace);
  return { findings, summary: counted(findings), objects: manifests.length };
}

/** A Federation is recognised by its shape, since the linter loads without cdk8s. */
function optionsOfFederation(what: PlanInput): LintOptions {
  const { root } = (what as { readonly node?: { readonly root?: { readonly lintOptions?: LintOptions } } }).node ?? {};
  return root?.lintOptions ?? {};
}

const ruleIds = ruleCatalog.map(({ id }) => id);

function federationStatements(
  manifests: readonly Manifest[],
  karmada: KarmadaVersion,
  options: LintOptions,
): RawFinding[] {
  const stated: RawFinding[] = [];
  const fleet: readonly Cluster[] | undefined = options.fleet && clustersOf(options.fleet);
  const featureGates = featureGatesOn(karmada, options.featureGates ?? []);
  const naming = options.defaultNamespace === undefined ? {} : { defaultNamespace: options.defaultNamespace };
  const gates = gateSettings(featureGates);
  const federation = ControlPlaneState.of(manifests, naming);
  const plan = options.plan ?? (fleet && planOfFederation(federation, { fleet, karmada, featureGates: gates }));
  const shared = {
    manifests,
    federation,
    karmada,
    featureGates,
    calls: options.calls ?? [],
    ...(fleet && { fleet }),
    ...(plan && { plan }),
  };
  for (const rule of rules) {
    if (effectiveSeverity(rule.id, rule.severity, options.rules ?? {}) === undefined) continue;
    const context: RuleContext = { ...shared, report: (problem) => stated.push(statementOf(rule, problem)) };
    timed(options, rule.id, () => rule.check(context));
  }
  return stated;
}

function timed<Result>({ onRule }: LintOptions, rule: string, check: () => Result): Result {
  if (!onRule) return check();
  const started = performance.now();
  const result = check();
  onRule(rule, performance.now() - started);
  return result;
}

function statementOf(rule: Rule, problem: Problem): RawFinding {
  const { at, path, message, fix, cause } = problem;
  return {
    rule: rule.id,
    layer: rule.layer,
    severity: problem.severity ?? rule.severity,
    at,
    ...(path !== undefined && { path }),
    message,
    why: problem.why ?? rule.rationale,
    fix,
    ...(cause !== undefined && { cause }),
  };
}

function published({ main, related }: FindingGroup): Finding {
  const finding = findingOf(main);
  return related.length === 0 ? finding : { ...finding, related: related.map(findingOf) };
}

function counted(findings: readonly Finding[]): Record<Severity, number> {
  const summary = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) summary[severity]++;
  return summary;
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

function byPlace(a: Finding, b: Finding): number {
  return (
    comparePlaces(a, b) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.path ?? '', b.path ?? '') ||
    compare(a.message, b.message)
  );
}

function comparePlaces({ location: a, object: objectA }: Finding, { location: b, object: objectB }: Finding): number {
  if (a && b && 'file' in a && 'file' in b) {
    return compare(a.file, b.file) || a.document - b.document || a.line - b.line || a.column - b.column;
  }
  if (a && b && 'construct' in a && 'construct' in b) return compare(a.construct, b.construct);
  return (
    compare(objectA.namespace ?? '', objectB.namespace ?? '') ||
    compare(objectA.kind, objectB.kind) ||
    compare(objectA.name, objectB.name)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
