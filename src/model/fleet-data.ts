import type { Cluster } from '../karmada/cluster';
import type { ClusterProperties } from './cluster-properties';

/** A fleet file as data. */
export interface FleetData {
  readonly clusters: Readonly<Record<string, ClusterProperties>>;
}

/**
 * The fleet file of clusters. The condition of a live cluster and whether it is being removed are not part of it.
 * Properties are always in the same order, so that equal fleets make equal text.
 */
export function fleetData(clusters: readonly Cluster[]): FleetData {
  return { clusters: Object.fromEntries(clusters.map((cluster) => [cluster.name, propertiesOf(cluster)])) };
}

function propertiesOf(cluster: Cluster): ClusterProperties {
  const { region, provider, zones, labels, taints, apiEnablements, nodes, resourceModels } = cluster;
  const { resourceSummary, schedulerEstimator } = cluster;
  const ordered = {
    region,
    provider,
    zones,
    labels,
    taints: taints as ClusterProperties['taints'],
    apiEnablements,
    nodes,
    resourceModels,
    resourceSummary,
    schedulerEstimator,
  };
  return Object.fromEntries(Object.entries(ordered).filter(([, value]) => value !== undefined));
}
