import type { KarmadaVersion } from '../karmada/release';
import { featureGatesOn, gateSettings } from '../lint/analysis/gates';
import type { FleetLike, Plan, PlanOptions } from '../planner';
import type { Testable } from './testable';

/** A Federation, recognised by its shape: this room loads without cdk8s. */
interface FederationShape {
  readonly fleet?: FleetLike;
  readonly karmada: KarmadaVersion;
  readonly featureGates: readonly string[];
}

/** What the Federation that a construct is in tells the planner; nothing for anything else. */
export function federationPlanOptions(what: Plan | Testable): Partial<PlanOptions> {
  const federation = federationOf(what);
  if (!federation) return {};
  const { fleet, karmada, featureGates } = federation;
  const gates = gateSettings(featureGatesOn(karmada, featureGates));
  return { ...(fleet && { fleet }), karmada, featureGates: gates };
}

function federationOf(what: Plan | Testable): FederationShape | undefined {
  const { root } = (what as { readonly node?: { readonly root?: Partial<FederationShape> } }).node ?? {};
  return root?.karmada && root.featureGates ? (root as FederationShape) : undefined;
}
