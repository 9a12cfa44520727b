import type { KarmadaVersion } from '../karmada/release';
import { featureGatesOn, gateSettings } from '../lint/analysis/gates';
import type { FleetLike, Plan, PlanOptions } from '../planner';
import type { Testable } from './testable';

/** A Federation. Detected by its shape, so that this folder does not load cdk8s. */
interface FederationShape {
  readonly fleet?: FleetLike;
  readonly karmada: KarmadaVersion;
  readonly featureGates: readonly string[];
}

/** The planner options of the Federation that contains a construct; empty otherwise. */
export function federationPlanOptions(what: Plan | Testable): Partial<PlanOptions> {
  const federation = federationOf(what);
  if (!federation) return {};
  const { fleet, karmada, featureGates } = federation;
  const gates = gateSettings(featureGatesOn(karmada, featureGates));
  return { ...(fleet && { fleet }), karmada, featureGates: gates };
}

function federationOf(what: Plan | Testable): FederationShape | undefined {
  const { root } =
    (what as { readonly node?: { readonly root?: Partial<FederationShape> } } | null | undefined)?.node ?? {};
  return root?.karmada && root.featureGates ? (root as FederationShape) : undefined;
}
