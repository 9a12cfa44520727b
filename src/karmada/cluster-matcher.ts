import { compileLabelSelector } from '../kubernetes/label-selector';
import { listOf, recordOf, recordsOf } from '../kubernetes/plain-data';
import type { Cluster } from './cluster';
import type { ClusterAffinitySpec, FieldSelectorRequirementSpec } from './policy-spec';
import { behaviourOf, type KarmadaVersion } from './release';

/** A compiled affinity. */
export type ClusterMatcher = (cluster: Cluster) => boolean;

/**
 * Compiles a ClusterAffinity, to match many clusters with it. A cluster matches if it is not excluded and every selector
 * that is present matches. A selector that is present and empty matches every cluster; one that Kubernetes cannot read
 * matches none.
 *
 * @param affinity - absent: every cluster matches
 * @param karmada - up to v1.17 `zone In` has to list every zone of the cluster; since v1.18 one is enough
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
  // Karmada matches provider and region like labels, including unknown keys.
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
