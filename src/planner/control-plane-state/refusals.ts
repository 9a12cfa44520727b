import { admit, causesBy } from '../../admission/admit';
import { defaultKarmadaVersion, type KarmadaVersion } from '../../karmada/release';
import type { Manifest } from '../../kubernetes/manifest';
import { type KubernetesObject, kindKey } from '../../kubernetes/object';

/** Says why a control plane refuses an object; undefined if it takes it. */
export type RefusalOf = (object: KubernetesObject, stored: Iterable<Manifest>) => string | undefined;

/** Karmada's kinds that change what is planned. */
const decisive: ReadonlySet<string> = new Set([
  'policy.karmada.io/v1alpha1 PropagationPolicy',
  'policy.karmada.io/v1alpha1 ClusterPropagationPolicy',
  'policy.karmada.io/v1alpha1 OverridePolicy',
  'policy.karmada.io/v1alpha1 ClusterOverridePolicy',
  'policy.karmada.io/v1alpha1 FederatedResourceQuota',
  'autoscaling.karmada.io/v1alpha1 FederatedHPA',
  'autoscaling.karmada.io/v1alpha1 CronFederatedHPA',
  'config.karmada.io/v1alpha1 ResourceInterpreterCustomization',
  'config.karmada.io/v1alpha1 ResourceInterpreterWebhookConfiguration',
  'networking.karmada.io/v1alpha1 MultiClusterService',
  'apps.karmada.io/v1alpha1 WorkloadRebalancer',
]);

/** What a control plane of a release refuses of the kinds that change a plan. */
export function refusalsBy(karmada: KarmadaVersion = defaultKarmadaVersion): RefusalOf {
  const causesOf = causesBy({ karmada });
  return (object, stored) => {
    if (!decisive.has(kindKey(object))) return undefined;
    // Only rules about customizations compare objects.
    const [cause] =
      object.kind === 'ResourceInterpreterCustomization'
        ? admit(object, { karmada, others: Array.from(stored, (each) => each.object) }).causes
        : causesOf(object);
    return cause && (cause.path === '' ? cause.message : `${cause.path}: ${cause.message}`);
  };
}
