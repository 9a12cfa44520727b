/** Karmada minor releases whose behaviour is modelled. */
export type KarmadaVersion = '1.16' | '1.17' | '1.18' | '1.19';

/** The differences between the modelled releases, one property each. */
export interface ReleaseBehaviour {
  /** `zone In` matches a cluster with one of the listed zones; earlier, every zone of the cluster had to be listed. */
  readonly anyZoneMatches: boolean;
  /** A namespaced policy that selects in another namespace is rejected; earlier, it was accepted and matched nothing. */
  readonly selectorNamespaceChecked: boolean;
  /** `placement.workloadAffinity` exists. */
  readonly workloadAffinity: boolean;
  /** `clusterAffinities[].overflowAffinities` exists. */
  readonly overflowAffinities: boolean;
  /** The operators Lt and Gt of a cluster toleration are rejected. */
  readonly tolerationOperatorChecked: boolean;
  /** A field overrider with neither `json` nor `yaml` is rejected. */
  readonly fieldOverriderNeedsPatches: boolean;
  /** Scaling down by capacity ignores the replicas in clusters that are no longer selected. */
  readonly scaleDownWithinSelection: boolean;
  /** Values of `failover.application.purgeMode` that remove the old copy before the new one runs. */
  readonly directPurgeModes: readonly string[];
  /** Values of `failover.application.purgeMode` that keep the old copy for `gracePeriodSeconds`. */
  readonly gracefulPurgeModes: readonly string[];
  /** Resource models are counted node by node; earlier, from the smallest class of nodes that a replica fits into. */
  readonly modelsCountNodes: boolean;
  /** A rebalancing tries the affinity groups from the first one; earlier, from the one used last. */
  readonly rebalanceFromFirstTerm: boolean;
}

/** The oldest modelled release in full, then the changes of each later one. A new release is a new row. */
const changes: { readonly [version in KarmadaVersion]: Partial<ReleaseBehaviour> } & { '1.16': ReleaseBehaviour } = {
  '1.16': {
    anyZoneMatches: false,
    selectorNamespaceChecked: false,
    workloadAffinity: false,
    overflowAffinities: false,
    tolerationOperatorChecked: false,
    fieldOverriderNeedsPatches: false,
    scaleDownWithinSelection: false,
    directPurgeModes: ['Directly', 'Immediately'],
    gracefulPurgeModes: ['Gracefully', 'Graciously'],
    modelsCountNodes: false,
    rebalanceFromFirstTerm: false,
  },
  '1.17': {
    selectorNamespaceChecked: true,
    workloadAffinity: true,
    scaleDownWithinSelection: true,
  },
  '1.18': {
    anyZoneMatches: true,
    overflowAffinities: true,
    tolerationOperatorChecked: true,
    fieldOverriderNeedsPatches: true,
    modelsCountNodes: true,
  },
  '1.19': {
    directPurgeModes: ['Directly'],
    gracefulPurgeModes: ['Gracefully'],
    rebalanceFromFirstTerm: true,
  },
};

/** Every modelled release, oldest first. */
export const karmadaVersions = Object.keys(changes) as readonly KarmadaVersion[];

/** The default release: the newest modelled one. */
export const defaultKarmadaVersion = karmadaVersions.at(-1)!;

const behaviours = new Map<KarmadaVersion, ReleaseBehaviour>();
let accumulated: ReleaseBehaviour = changes['1.16'];
for (const version of karmadaVersions) {
  accumulated = Object.freeze({ ...accumulated, ...changes[version] });
  behaviours.set(version, accumulated);
}

/** The behaviour of a release. */
export function behaviourOf(karmada: KarmadaVersion): ReleaseBehaviour {
  return behaviours.get(karmada)!;
}

/** The release that changed a behaviour, and the one before it. */
export function changeOf(behaviour: keyof ReleaseBehaviour): { since: KarmadaVersion; before: KarmadaVersion } {
  const at = karmadaVersions.findIndex((version, index) => index > 0 && changes[version][behaviour] !== undefined);
  return { since: karmadaVersions[at]!, before: karmadaVersions[at - 1]! };
}

/** Whether `version` is `minimum` or a later release. */
export function atLeast(version: KarmadaVersion, minimum: KarmadaVersion): boolean {
  return karmadaVersions.indexOf(version) >= karmadaVersions.indexOf(minimum);
}
