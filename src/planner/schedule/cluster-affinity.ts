import type { Cluster } from '../../karmada/cluster';
import type { ClusterAffinitySpec, FieldSelectorRequirementSpec } from '../../karmada/policy-spec';
import { behaviourOf, type KarmadaVersion } from '../../karmada/release';
import { compileLabelSelector } from '../../kubernetes/label-selector';
import { listOf, recordOf, recordsOf } from '../../kubernetes/plain-data';

/** An affinity that has been read once and can be asked about many clusters. */
export type ClusterMatcher = (cluster: Cluster) => boolean;

/**
 * Reads a ClusterAffinity once, for asking it about many clusters. A cluster matches when it is not excluded and every
 * selector that is present agrees. A selector that is present and empty matches every cluster; one that Kubernetes
 * cannot read matches none.
 *
 * @param affinity - absent: every cluster matches
 * @param karmada - up to v1.17 `zone In` wants every zone of the cluster to be listed, since v1.18 one is enough
 * @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches
 */
export function compileClusterAffinity(
  affinity: ClusterAffinitySpec | null | undefined,
  karmada: KarmadaVersion,
): ClusterMatcher {
  if (!affinity || !recordOf(affinity)) return () => true;
  const anyZone = behaviourOf(karmada).anyZoneMatches;
  const excluded = new Set(listOf<string>(affinity.exclude));
  const named = new Set(listOf<string>(affinity.clusterNames));
  const byLabels = affinity.labelSelector ? compileLabelSelector(affinity.labelSelector) : undefined;
  const byFields = recordsOf<FieldSelectorRequirementSpec>(affinity.fieldSelector?.matchExpressions).map(
    (requirement) => fieldMatcher(requirement, anyZone),
  );
  return (cluster) =>
    !excluded.has(cluster.name) &&
    (named.size === 0 || named.has(cluster.name)) &&
    (byLabels === undefined || byLabels(cluster.labels)) &&
    byFields.every((matches) => matches(cluster));
}

function fieldMatcher(requirement: FieldSelectorRequirementSpec, anyZone: boolean): ClusterMatcher {
  if (requirement.key === 'zone') return zoneMatcher(requirement, anyZone);
  // Karmada reads provider and region as if they were labels, unknown keys included.
  const byField = compileLabelSelector({ matchExpressions: [requirement] });
  return ({ provider, region }) => byField({ ...(provider && { provider }), ...(region && { region }) });
}

function zoneMatcher({ operator, values }: FieldSelectorRequirementSpec, anyZone: boolean): ClusterMatcher {
  const listed = new Set(listOf<string>(values));
  const isListed = (zone: string) => listed.has(zone);
  switch (operator) {
    case 'In':
      return anyZone
        ? ({ zones = [] }) => zones.some(isListed)
        : ({ zones = [] }) => zones.length > 0 && zones.every(isListed);
    case 'NotIn':
      return ({ zones = [] }) => !zones.some(isListed);
    case 'Exists':
      return ({ zones = [] }) => zones.length > 0;
    case 'DoesNotExist':
      return ({ zones = [] }) => zones.length === 0;
    default:
      return () => false;
  }
}
