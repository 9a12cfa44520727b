import type { KarmadaVersion } from '../karmada/release';
import { lintConfig } from '../lint';
import { featureGatesOn, gateSettings } from '../lint/analysis/gates';
import type { FeatureGates } from '../planner';

/**
 * Reads what `--feature-gates` says, in the form that Karmada's own programs take: `Failover,PropagateDeps=false`.
 *
 * @param texts - one for each time that the option was given
 * @throws ModelError `lint.feature-gate` for a gate that the release does not have, or a value but true and false
 */
export function featureGatesFrom(texts: readonly string[], karmada: KarmadaVersion): FeatureGates {
  const gates = texts.flatMap((text) => text.split(',')).map((gate) => gate.trim());
  // The linter takes the same gates, from its configuration.
  const { featureGates = [] } = lintConfig({ featureGates: gates.filter((gate) => gate !== ''), karmada });
  return gateSettings(featureGatesOn(karmada, featureGates));
}
