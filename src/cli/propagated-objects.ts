import type { Kubectl } from '../apply';
import { templateOf } from '../apply/binding';
import { readControlPlane } from '../apply/control-plane';
import { byIdentity } from '../apply/release';
import type { KubernetesObject } from '../kubernetes/object';

/** Karmada kinds that people write, apart from policies. */
const otherKinds = [
  'clustertaintpolicies.v1alpha1.policy.karmada.io',
  'federatedresourcequotas.v1alpha1.policy.karmada.io',
  'federatedhpas.v1alpha1.autoscaling.karmada.io',
  'cronfederatedhpas.v1alpha1.autoscaling.karmada.io',
  'multiclusteringresses.v1alpha1.networking.karmada.io',
  'multiclusterservices.v1alpha1.networking.karmada.io',
];

/**
 * What a control plane has of applications: policies and other objects of Karmada, and the objects that it propagates, as the
 * bindings name them.
 *
 * @param namespace - the only namespace to read; @default - all of them
 * @throws EnvironmentError when the server is not a Karmada API server, or refuses a kind
 */
export async function readPropagated(
  kubectl: Kubectl,
  namespace: string | undefined,
): Promise<{ readonly objects: readonly KubernetesObject[]; readonly clusters: readonly KubernetesObject[] }> {
  const { clusterObjects, policies, bindings } = await readControlPlane(kubectl);
  const others = await Promise.all(otherKinds.map((kind) => kubectl.listIfAllowed(kind)));
  const authored = [...policies, ...others.flatMap((found) => (found && !('refused' in found) ? found : []))];
  const isWanted = ({ metadata }: KubernetesObject): boolean =>
    namespace === undefined || metadata?.namespace === namespace;
  const references = byIdentity(bindings.map(templateOf).filter(isWanted));
  const templates = await kubectl.live([...references.values()]);
  return { objects: [...templates, ...authored.filter(isWanted)], clusters: clusterObjects };
}
