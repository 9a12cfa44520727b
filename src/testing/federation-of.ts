import type { LintOptions } from '../lint';
import { featureGatesOn, gateSettings } from '../lint/gates';
import type { KarmadaVersion } from '../model/karmada-version';
import type { FleetLike, Plan, PlanOptions } from '../planner';
import type { Testable } from './testable';

/** A Federation, recognised by its shape: this room loads without cdk8s. */
interface FederationShape {
  readonly fleet?: FleetLike;
  readonly karmada: KarmadaVersion;
  readonly featureGates: readonly string[];
  readonly lintOptions: LintOptions;
}

/** What the Federation that a construct is in tells the planner; nothing for anything else. */
export function federationPlanOptions(what: Plan | Testable): Partial<PlanOptions> {
  const federation = federationOf(what);
  if (!federation) return {};
  const { fleet, karmada, featureGates } = federation;
  const gates = gateSettings(featureGatesOn(karmada, featureGates));
  return { ...(fleet && { fleet }), karmada, featureGates: gates };
}

/** What the Federation that a construct is in tells the linter; nothing for anything else. */
export function federationLintOptions(what: Testable): LintOptions {
  return federationOf(what)?.lintOptions ?? {};
}

function federationOf(what: Plan | Testable): FederationShape | undefined {
  const root = (what as { node?: { root?: unknown } }).node?.root;
  return typeof root === 'object' && root !== null && 'lintOptions' in root ? (root as FederationShape) : undefined;
}
