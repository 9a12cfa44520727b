import { defaultKarmadaVersion, type KarmadaVersion, karmadaVersions } from '../../karmada/release';
import { unfolded } from '../../kubernetes/list';
import type { Manifest } from '../../kubernetes/manifest';
import type { Contract } from '../../model/contract';
import { contractList } from '../../planner/contract/check-contracts';
import { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { Losses } from '../../planner/loss/plan-after-loss';
import type { Plan } from '../../planner/plan';
import { clustersOf, type FleetLike, manifestsOf, type PlanInput } from '../../planner/plan/plan-input';
import { planOfState } from '../../planner/plan-of';
import type { Finding, Severity } from '../../problem/finding';
import type { UnreadObjects } from '../../problem/unread';
import {
  anything,
  checkValue,
  listOf,
  mapOf,
  objectOf,
  objectWith,
  oneOf,
  type ShapeOf,
  text,
} from '../../problem/value-kinds';
import { featureGatesOn, gateSettings } from '../analysis/gates';
import type { Call, LintInput } from '../analysis/lint-input';
import { mayHold } from '../analysis/missing-object';
import { byPlace } from './finding-order';
import { type FindingGroup, foldCauses } from './fold';
import { inOrder } from './manifest-order';
import { findingOf, type RawFinding } from './raw-finding';
import { refusals } from './refusals';
import { ranking, ruleCatalog } from './rule-catalog';
import { runRules } from './run-rules';
import { checkSettings, effectiveSeverity, type RuleSettings } from './settings';
import { annotatedSuppressions, type Suppression, Suppressions } from './suppression';
import { suppressionFindings } from './suppression-findings';
import { timed } from './timed';

/** What the linter knows in addition to the manifests. */
export interface LintOptions {
  /** The member clusters. @default - unknown: rules that need a plan are skipped */
  readonly fleet?: FleetLike;
  /** Karmada release that will read the manifests. @default - the newest release modelled */
  readonly karmada?: KarmadaVersion;
  /** Additional enabled feature gates. @default - the defaults of the release */
  readonly featureGates?: readonly string[];
  /** Severities that override those of the rules. @default - none */
  readonly rules?: RuleSettings;
  /** Calls between apps that names do not show. @default - calls that names show */
  readonly calls?: readonly Call[];
  /** What must hold of placements. @default - none */
  readonly contracts?: readonly Contract[];
  /** Suppressions in code. @default - only those in annotations */
  readonly suppressions?: readonly Suppression[];
  /** Namespace of objects without one, like the namespace of the context in `kubectl apply`. @default 'default' */
  readonly defaultNamespace?: string;
  /**
   * An existing plan of the same manifests and fleet.
   *
   * @default - computed if a fleet is given
   * @internal
   */
  readonly plan?: Plan;
  /**
   * What the parts of the input may hold that could not be read. It is not reported as missing.
   *
   * @default - everything was read
   * @internal
   */
  readonly unread?: readonly UnreadObjects[];
  /** Called with the time of each rule in milliseconds. @default - no measurement */
  readonly onRule?: (rule: string, milliseconds: number) => void;
}

/** Result of the linter. */
export interface LintReport {
  /** Sorted by location, then by severity and rule. */
  readonly findings: readonly Finding[];
  /** Number of findings by severity. */
  readonly summary: Readonly<Record<Severity, number>>;
  /** Number of checked objects. */
  readonly objects: number;
  /** Number of findings left out, because what could not be read may hold the object that they miss. @default 0 */
  readonly leftOut?: number;
}

/**
 * Finds what Karmada rejects, and what it accepts but does not do as intended.
 *
 * @param what - a cdk8s app, manifests as read, or plain objects: templates and policies together
 * @param given - options; for a `Federation`, its settings and suppressions are the defaults
 * @throws ModelError `lint.unknown-rule` for settings of a rule that does not exist, `property.…` for options of a wrong kind
 */
export function lint(what: PlanInput, given: LintOptions = {}): LintReport {
  checkValue(given, lintOptions, 'the options of lint');
  const options = { ...optionsOfFederation(what), ...given };
  const { karmada = defaultKarmadaVersion, rules: settings = {}, defaultNamespace = 'default', onRule } = options;
  checkSettings(settings, ruleIds);
  const manifests = unfolded(inOrder(manifestsOf(what), defaultNamespace));

  const refused = timed(refusalLayers, () => refusals(manifests, karmada, defaultNamespace), onRule);
  const input = lintInput(refused.sound, karmada, defaultNamespace, options);
  const raw = [...refused.findings, ...runRules(input, settings, onRule)];

  const annotated = annotatedSuppressions(manifests);
  const suppressions = new Suppressions([...annotated.suppressions, ...(options.suppressions ?? [])]);
  const { unread = [] } = options;
  const weighed = raw.flatMap((finding) => withSeverity(finding, settings)).map((one) => suppressions.mark(one));
  const told = weighed.filter(({ missing }) => !missing || !unread.some((part) => mayHold(part, missing)));
  const complete = input.fleet !== undefined || input.plan !== undefined;
  const ofSuppressions = { broken: annotated.broken, suppressions, manifests, settings, complete, rules: ruleCatalog };
  const groups = foldCauses(told, ranking);
  const leftOut = told.length < weighed.length ? foldCauses(weighed, ranking).length - groups.length : 0;
  const findings = [...groups.map(published), ...suppressionFindings(ofSuppressions).map(findingOf)].sort(byPlace);
  return {
    findings,
    summary: countBySeverity(findings),
    objects: manifests.length,
    ...(leftOut > 0 && { leftOut }),
  };
}

const callShape = objectOf({ client: text, server: text }, ['client', 'server']);

const lintOptions = objectOf({
  // `clustersOf` checks it.
  fleet: anything,
  karmada: oneOf(karmadaVersions),
  featureGates: listOf(text),
  rules: mapOf(anything, "{ 'no-open-placement': 'off' }"),
  calls: listOf(callShape),
  contracts: contractList,
  suppressions: listOf(objectWith({ rule: text, reason: text, construct: text })),
  defaultNamespace: text,
  plan: anything,
  unread: anything,
  onRule: anything,
} satisfies ShapeOf<LintOptions>);

const ruleIds = ruleCatalog.map(({ id }) => id);
const refusalLayers = 'valid-schema and valid-admission';

/** Detects a Federation by its shape, so that the linter does not load cdk8s. */
function optionsOfFederation(what: PlanInput): LintOptions {
  const { root } =
    (what as { readonly node?: { readonly root?: { readonly lintOptions?: LintOptions } } } | null | undefined)?.node ??
    {};
  return root?.lintOptions ?? {};
}

function lintInput(
  manifests: readonly Manifest[],
  karmada: KarmadaVersion,
  defaultNamespace: string,
  options: LintOptions,
): LintInput {
  const controlPlane = ControlPlaneState.of(manifests, { defaultNamespace });
  const featureGates = featureGatesOn(karmada, options.featureGates ?? []);
  const fleet = options.fleet === undefined || options.fleet === null ? undefined : clustersOf(options.fleet);
  // Quotas are a rule of their own, which compares them with what would be placed.
  const gates = { ...gateSettings(featureGates), FederatedQuotaEnforcement: false };
  const planOptions = fleet && { fleet, karmada, featureGates: gates };
  const plan = options.plan ?? (planOptions && planOfState(controlPlane, planOptions));
  return {
    contracts: options.contracts ?? [],
    losses: planOptions && (() => Losses.ofState(controlPlane, planOptions)),
    manifests,
    controlPlane,
    karmada,
    featureGates,
    calls: options.calls ?? [],
    fleet,
    plan,
  };
}

/** Applies the configured severity; undefined if the rule is off. */
function withSeverity(finding: RawFinding, settings: RuleSettings): readonly RawFinding[] {
  const severity = effectiveSeverity(finding.code, finding.severity, settings);
  return severity === undefined ? [] : [{ ...finding, severity }];
}

function published({ main, related }: FindingGroup): Finding {
  const finding = findingOf(main);
  return related.length === 0 ? finding : { ...finding, related: related.map(findingOf) };
}

function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const summary = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) summary[severity]++;
  return summary;
}
