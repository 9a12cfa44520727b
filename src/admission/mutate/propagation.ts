import type {
  FailoverSpec,
  PlacementSpec,
  PropagationSpec,
  ResourceSelectorSpec,
  SpreadConstraintSpec,
} from '../../karmada/policy-spec';
import { behaviourOf, type KarmadaVersion } from '../../karmada/release';
import type { ObjectMetadata } from '../../kubernetes/object';
import type { Review } from '../review';
import { type PropagationPolicyObject, permanentIdLabels } from '../validate/propagation';

/** Finalizers that Karmada adds to new policies. */
const finalizers: Readonly<Record<string, string>> = {
  PropagationPolicy: 'karmada.io/propagation-policy-controller',
  ClusterPropagationPolicy: 'karmada.io/cluster-propagation-policy-controller',
};

/** Default of gracePeriodSeconds in a graceful failover. */
const defaultGracePeriod = 600;

/**
 * The defaults that Karmada's webhook sets in a PropagationPolicy or ClusterPropagationPolicy, except the random id of a new
 * policy.
 *
 * @see Karmada v1.18.2 pkg/webhook/propagationpolicy/mutating.go; pkg/util/helper/policy.go
 */
export function mutatePropagation({
  object,
  operation,
  namespace,
  karmada,
}: Review<PropagationPolicyObject>): PropagationPolicyObject {
  const spec = object.spec ?? {};
  const selectors = spec.resourceSelectors && selectorsIn(spec.resourceSelectors, namespace);
  const mutated: PropagationSpec = {
    ...spec,
    ...(selectors && { resourceSelectors: selectors }),
    ...((selectors ?? []).some(isServiceImport) && { propagateDeps: true }),
    placement: mutatePlacement(spec.placement ?? {}),
    ...(spec.failover && { failover: mutateFailover(spec.failover, karmada) }),
  };
  const created = operation === 'CREATE' ? { metadata: createdMetadata(object) } : {};
  return { ...object, ...created, spec: mutated };
}

/** The namespace of a selector defaults to that of its policy, but not in a cluster-scoped policy. */
export function selectorsIn(
  selectors: readonly ResourceSelectorSpec[],
  namespace: string,
): readonly ResourceSelectorSpec[] {
  if (namespace === '') return selectors;
  return selectors.map((selector) => (selector.namespace ? selector : { ...selector, namespace }));
}

function isServiceImport({ apiVersion, kind }: ResourceSelectorSpec): boolean {
  return apiVersion === 'multicluster.x-k8s.io/v1alpha1' && kind === 'ServiceImport';
}

function mutatePlacement(placement: PlacementSpec): PlacementSpec {
  const { spreadConstraints, replicaScheduling } = placement;
  const weighted =
    replicaScheduling?.replicaSchedulingType === 'Divided' && !replicaScheduling.replicaDivisionPreference;
  return {
    ...placement,
    ...(spreadConstraints && { spreadConstraints: spreadConstraints.map(mutateSpreadConstraint) }),
    ...(weighted && { replicaScheduling: { ...replicaScheduling, replicaDivisionPreference: 'Weighted' } }),
  };
}

function mutateSpreadConstraint(constraint: SpreadConstraintSpec): SpreadConstraintSpec {
  return {
    ...constraint,
    ...(!constraint.spreadByField && !constraint.spreadByLabel && { spreadByField: 'cluster' }),
    minGroups: constraint.minGroups || 1,
  };
}

function mutateFailover(failover: FailoverSpec, karmada: KarmadaVersion): FailoverSpec {
  const { application } = failover;
  if (!application || application.gracePeriodSeconds !== undefined) return failover;
  if (!behaviourOf(karmada).gracefulPurgeModes.includes(application.purgeMode ?? '')) return failover;
  return { ...failover, application: { ...application, gracePeriodSeconds: defaultGracePeriod } };
}

/** A new policy gets a finalizer, and a random id that replaces any other. */
function createdMetadata({ kind, metadata }: PropagationPolicyObject): ObjectMetadata {
  const present = (metadata?.['finalizers'] ?? []) as readonly string[];
  const finalizer = finalizers[kind]!;
  const { [permanentIdLabels[kind]!]: _, ...labels } = metadata?.labels ?? {};
  return {
    ...metadata,
    ...(metadata?.labels && { labels }),
    finalizers: present.includes(finalizer) ? present : [...present, finalizer],
  };
}
