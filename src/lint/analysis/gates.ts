import { defaultFeatureGates } from '../../karmada/feature-gates';
import type { KarmadaVersion } from '../../karmada/release';
import type { FeatureGates } from '../../planner/plan/plan-input';

/**
 * Names of the feature gates that are on: those of the release, and those declared.
 *
 * @param declared - gates switched on by hand; a name with `=false` behind it is switched off
 */
export function featureGatesOn(karmada: KarmadaVersion, declared: readonly string[]): ReadonlySet<string> {
  const on = new Set<string>(defaultFeatureGates(karmada));
  for (const entry of declared) {
    const [name = '', value] = entry.split('=');
    if (value === 'false') on.delete(name);
    else on.add(name);
  }
  return on;
}

/** Those gates that change what the planner says, as it takes them. */
export function gateSettings(on: ReadonlySet<string>): FeatureGates {
  return {
    CustomizedClusterResourceModeling: on.has('CustomizedClusterResourceModeling'),
    WorkloadAffinity: on.has('WorkloadAffinity'),
    MultiClusterService: on.has('MultiClusterService'),
    FederatedQuotaEnforcement: on.has('FederatedQuotaEnforcement'),
    MultiplePodTemplatesScheduling: on.has('MultiplePodTemplatesScheduling'),
    PropagationPolicyPreemption: on.has('PropagationPolicyPreemption'),
    PropagateDeps: on.has('PropagateDeps'),
  };
}
