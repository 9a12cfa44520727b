import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import { stringMapOf, textOf } from '../../kubernetes/plain-data';

/** API groups that Karmada never propagates. @see Karmada v1.18.2 pkg/util/apigroup.go, NewSkippedResourceConfig */
const skippedGroups: ReadonlySet<string> = new Set([
  'apps.karmada.io',
  'autoscaling.karmada.io',
  'cluster.karmada.io',
  'config.karmada.io',
  'networking.karmada.io',
  'policy.karmada.io',
  'remedy.karmada.io',
  'work.karmada.io',
  'events.k8s.io',
]);

/** Default of the controller manager's flag --skipped-propagating-namespaces. */
const skippedNamespace = /^kube-.*$/;

/** Kinds that clients cannot list, watch and delete, so that Karmada does not see them. */
const unwatchableKinds: ReadonlySet<string> = new Set([
  'v1 Binding',
  'v1 ComponentStatus',
  'authentication.k8s.io/v1 SelfSubjectReview',
  'authentication.k8s.io/v1 TokenReview',
  'authorization.k8s.io/v1 LocalSubjectAccessReview',
  'authorization.k8s.io/v1 SelfSubjectAccessReview',
  'authorization.k8s.io/v1 SelfSubjectRulesReview',
  'authorization.k8s.io/v1 SubjectAccessReview',
]);

/** Label of a template that another controller propagates; policies ignore the template. */
const claimedByLabel = 'resourcetemplate.karmada.io/claimed-by';

/** Label of a Namespace that is not propagated. */
const skipAutoPropagationLabel = 'namespace.karmada.io/skip-auto-propagation';

/**
 * Why no policy can propagate an object; undefined if one can.
 *
 * @see Karmada v1.18.2 pkg/detector/detector.go, EventFilter and gvrDisabled
 */
export function neverPropagated(object: KubernetesObject): string | undefined {
  const group = apiGroup(object.apiVersion);
  if (skippedGroups.has(group)) return `Karmada never propagates the API group ${group}`;
  if (object.apiVersion === 'v1' && object.kind === 'Event') return 'Karmada never propagates Events';
  if (object.apiVersion === 'coordination.k8s.io/v1') return 'Karmada never propagates Leases';
  if (unwatchableKinds.has(`${object.apiVersion} ${object.kind}`)) {
    return `a ${object.kind} cannot be watched, so Karmada never sees it`;
  }
  const namespace = textOf(object.metadata?.namespace);
  if (isReservedNamespace(namespace)) return `Karmada keeps the namespace "${namespace}" to itself`;
  if (skippedNamespace.test(namespace))
    return `Karmada does not propagate from namespaces named kube-…, such as "${namespace}"`;
  return undefined;
}

/** The controller that propagates a template, so that policies ignore it; undefined if there is none. */
export function claimedByController(object: KubernetesObject): string | undefined {
  return stringMapOf(object.metadata?.labels)?.[claimedByLabel] || undefined;
}

/**
 * Whether Karmada propagates a Namespace to every member, independently of policies.
 *
 * @see Karmada v1.18.2 pkg/controllers/namespace/namespace_sync_controller.go, namespaceShouldBeSynced
 */
export function isSyncedNamespace(object: KubernetesObject): boolean {
  if (object.apiVersion !== 'v1' || object.kind !== 'Namespace') return false;
  const name = textOf(object.metadata?.name);
  if (isReservedNamespace(name) || name === 'default' || skippedNamespace.test(name)) return false;
  return stringMapOf(object.metadata?.labels)?.[skipAutoPropagationLabel]?.toLowerCase() !== 'true';
}

/** Namespaces of Karmada itself. */
function isReservedNamespace(namespace: string): boolean {
  return namespace === 'karmada-system' || namespace === 'karmada-cluster' || namespace.startsWith('karmada-es-');
}
