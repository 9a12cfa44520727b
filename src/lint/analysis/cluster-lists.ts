import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { type PolicyPlacement, placementPath } from './policy-placement';

/** An object that chooses clusters by ClusterAffinities, one or a whole list of them: there may be very many. */
export interface AffinityHolder {
  readonly at: Manifest;
  /** `Kind/namespace/name` of the object. */
  readonly key: string;
  /** What is chosen: clusters to run in, those of one weight, those that an override or a taint is for. */
  readonly chooses: 'placement' | 'weight' | 'override' | 'taint' | 'search';
  /** Its affinities; undefined where something else stands in their place. */
  readonly affinities: readonly (ClusterAffinitySpec | undefined)[];
  /** Field that holds the affinity at a position. */
  readonly pathOf: (index: number) => string;
}

/** Where a list of cluster names stands. */
export interface ClusterListPlace {
  readonly at: Manifest;
  /** `Kind/namespace/name` of the object. */
  readonly key: string;
  /** What the list belongs to, in the user's terms: `clusterAffinity`, `staticWeightList[0].targetCluster`. */
  readonly owner: string;
  /** Field that holds the name at a position. */
  readonly pathOf: (index: number) => string;
  /** `in`: these clusters; `exclude`: all but these. */
  readonly sense: 'in' | 'exclude';
}

/** Where the objects of a control plane choose clusters. */
export class ClusterLists {
  /** Every ClusterAffinity, by the object that holds it. */
  readonly affinities: readonly AffinityHolder[];
  readonly #controlPlane: ControlPlaneState;
  readonly #placements: readonly PolicyPlacement[];

  constructor(controlPlane: ControlPlaneState, placements: readonly PolicyPlacement[]) {
    this.#controlPlane = controlPlane;
    this.#placements = placements;
    this.affinities = [...ofPlacements(placements), ...ofOverrides(controlPlane), ...ofOthers(controlPlane)];
  }

  /**
   * Shows every list of cluster names: those of affinities, and those that other kinds have.
   *
   * @param visit - gets the names as they stand there, and where that is when it asks
   */
  visit(visit: (names: readonly unknown[], place: () => ClusterListPlace) => void): void {
    for (const holder of this.affinities) {
      const { affinities } = holder;
      for (let index = 0; index < affinities.length; index++) {
        const affinity = affinities[index];
        if (affinity?.clusterNames) visit(listOf(affinity.clusterNames), () => placeIn(holder, index, 'clusterNames'));
        if (affinity?.exclude) visit(listOf(affinity.exclude), () => placeIn(holder, index, 'exclude'));
      }
    }
    for (const { names, ...place } of plainLists(this.#controlPlane, this.#placements)) visit(names, () => place);
  }
}

function* ofPlacements(placements: readonly PolicyPlacement[]): Iterable<AffinityHolder> {
  for (const { policy, key, placement, groups } of placements) {
    const at = policy.manifest;
    yield {
      at,
      key,
      chooses: 'placement',
      affinities: groups.map(({ affinity }) => affinity),
      pathOf: (index) => groups[index]?.path ?? placementPath,
    };
    const weights = listOf(placement.replicaScheduling?.weightPreference?.staticWeightList);
    if (weights.length === 0) continue;
    yield { at, key, chooses: 'weight', affinities: weights.map(targetOf), pathOf: targetPath(weightsPath) };
  }
}

const weightsPath = `${placementPath}.replicaScheduling.weightPreference.staticWeightList`;

function* ofOverrides(controlPlane: ControlPlaneState): Iterable<AffinityHolder> {
  for (const { manifest: at, spec } of controlPlane.overridePolicies) {
    const key = objectKey(at.object);
    const rules = listOf(spec.overrideRules);
    yield {
      at,
      key,
      chooses: 'override',
      affinities: [recordOf(spec.targetCluster)],
      pathOf: () => 'spec.targetCluster',
    };
    yield { at, key, chooses: 'override', affinities: rules.map(targetOf), pathOf: targetPath('spec.overrideRules') };
  }
}

const otherAffinities = [
  ['policy.karmada.io/v1alpha1', 'ClusterTaintPolicy', 'targetClusters', 'taint'],
  ['search.karmada.io/v1alpha1', 'ResourceRegistry', 'targetCluster', 'search'],
] as const;

function* ofOthers(controlPlane: ControlPlaneState): Iterable<AffinityHolder> {
  for (const [apiVersion, kind, field, chooses] of otherAffinities) {
    for (const at of controlPlane.ofKind(apiVersion, kind)) {
      const affinities = [recordOf(fieldAt(at.object.spec, field))];
      yield { at, key: objectKey(at.object), chooses, affinities, pathOf: () => `spec.${field}` };
    }
  }
}

function targetOf(rule: unknown): ClusterAffinitySpec | undefined {
  return recordOf(recordOf(rule)?.['targetCluster']);
}

function targetPath(list: string): (index: number) => string {
  return (index) => `${list}[${index}].targetCluster`;
}

function placeIn({ at, key, pathOf }: AffinityHolder, position: number, field: string): ClusterListPlace {
  const path = pathOf(position);
  return {
    at,
    key,
    // The last steps tell where it stands: `staticWeightList[0].targetCluster`.
    owner: path.replace(/^spec\.(placement\.)?(replicaScheduling\.weightPreference\.)?/, ''),
    pathOf: (index) => `${path}.${field}[${index}]`,
    sense: field === 'exclude' ? 'exclude' : 'in',
  };
}

type PlainList = ClusterListPlace & { readonly names: readonly unknown[] };

function* plainLists(controlPlane: ControlPlaneState, placements: readonly PolicyPlacement[]): Iterable<PlainList> {
  for (const { policy, key } of placements) {
    const names = policy.spec.suspension?.dispatchingOnClusters?.clusterNames;
    if (!names) continue;
    const path = 'spec.suspension.dispatchingOnClusters.clusterNames';
    yield { at: policy.manifest, key, owner: 'suspension.dispatchingOnClusters', ...namesIn(names, path) };
  }
  for (const at of controlPlane.ofKind('remedy.karmada.io/v1alpha1', 'Remedy')) {
    const names = fieldAt(at.object.spec, 'clusterAffinity', 'clusterNames');
    const path = 'spec.clusterAffinity.clusterNames';
    yield { at, key: objectKey(at.object), owner: 'clusterAffinity', ...namesIn(names, path) };
  }
  for (const at of controlPlane.ofKind('networking.karmada.io/v1alpha1', 'MultiClusterService')) {
    yield entriesOf(at, 'providerClusters', 'name');
    yield entriesOf(at, 'consumerClusters', 'name');
  }
  for (const at of controlPlane.ofKind('policy.karmada.io/v1alpha1', 'FederatedResourceQuota')) {
    yield entriesOf(at, 'staticAssignments', 'clusterName');
  }
}

function namesIn(names: unknown, path: string): Pick<PlainList, 'names' | 'pathOf' | 'sense'> {
  return { names: listOf(names), pathOf: (index) => `${path}[${index}]`, sense: 'in' };
}

/** A list of objects that each name a cluster in a field. */
function entriesOf(at: Manifest, list: string, field: string): PlainList {
  const names = listOf(fieldAt(at.object.spec, list)).map((entry) => fieldAt(entry, field));
  const pathOf = (index: number) => `spec.${list}[${index}].${field}`;
  return { at, key: objectKey(at.object), owner: list, names, pathOf, sense: 'in' };
}
