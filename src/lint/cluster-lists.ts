import { objectKey } from '../model/kubernetes-object';
import type { Manifest } from '../model/manifest';
import type { ClusterAffinitySpec } from '../model/placement-spec';
import type { Federation } from '../planner/federation/federation';
import { fieldAt, listOf, recordOf, textOf } from '../planner/plain-data';
import { placementPath, placementsIn } from './policy-placement';

/** A place where an object chooses clusters by a ClusterAffinity. */
export interface AffinityPlace {
  readonly at: Manifest;
  /** `Kind/namespace/name` of the object. */
  readonly key: string;
  /** Field that holds the affinity. */
  readonly path: string;
  readonly affinity: ClusterAffinitySpec;
  /** What is chosen: clusters to run in, those of one weight, those that an override or a taint is for. */
  readonly chooses: 'placement' | 'weight' | 'override' | 'taint' | 'search';
}

/** A list of cluster names, wherever one stands. */
export interface ClusterList {
  readonly at: Manifest;
  readonly key: string;
  /** What it is, in the user's terms: `clusterAffinity`, `staticWeightList[0]`. */
  readonly owner: string;
  /** Names as they stand there, each with the field that holds it. */
  readonly names: readonly { readonly name: string; readonly path: string }[];
  /** `in`: these clusters; `exclude`: all but these. */
  readonly sense: 'in' | 'exclude';
}

const knownAffinities = new WeakMap<Federation, readonly AffinityPlace[]>();
const knownLists = new WeakMap<Federation, readonly ClusterList[]>();

/** Every ClusterAffinity of the federation. */
export function affinitiesIn(federation: Federation): readonly AffinityPlace[] {
  let places = knownAffinities.get(federation);
  if (!places) {
    places = [...ofPlacements(federation), ...ofOverrides(federation), ...ofOthers(federation)];
    knownAffinities.set(federation, places);
  }
  return places;
}

/** Every list of cluster names: those of affinities, and those that other kinds have. */
export function clusterListsIn(federation: Federation): readonly ClusterList[] {
  let lists = knownLists.get(federation);
  if (!lists) {
    lists = [...affinitiesIn(federation).flatMap(listsOf), ...plainLists(federation)].filter(
      ({ names }) => names.length > 0,
    );
    knownLists.set(federation, lists);
  }
  return lists;
}

function* ofPlacements(federation: Federation): Iterable<AffinityPlace> {
  for (const { policy, key, placement, groups } of placementsIn(federation)) {
    const at = policy.manifest;
    for (const { path, affinity } of groups) yield { at, key, path, affinity, chooses: 'placement' };
    const rules = listOf(placement.replicaScheduling?.weightPreference?.staticWeightList);
    for (const [index, rule] of rules.entries()) {
      const affinity = recordOf(fieldAt(rule, 'targetCluster'));
      const path = `${placementPath}.replicaScheduling.weightPreference.staticWeightList[${index}].targetCluster`;
      if (affinity) yield { at, key, path, affinity, chooses: 'weight' };
    }
  }
}

function* ofOverrides(federation: Federation): Iterable<AffinityPlace> {
  for (const { manifest: at, spec } of federation.overridePolicies) {
    const key = objectKey(at.object);
    const single = recordOf(spec.targetCluster);
    if (single) yield { at, key, path: 'spec.targetCluster', affinity: single, chooses: 'override' };
    for (const [index, rule] of listOf(spec.overrideRules).entries()) {
      const affinity = recordOf(fieldAt(rule, 'targetCluster'));
      if (affinity)
        yield { at, key, path: `spec.overrideRules[${index}].targetCluster`, affinity, chooses: 'override' };
    }
  }
}

const otherAffinities = [
  ['policy.karmada.io/v1alpha1', 'ClusterTaintPolicy', 'targetClusters', 'taint'],
  ['search.karmada.io/v1alpha1', 'ResourceRegistry', 'targetCluster', 'search'],
] as const;

function* ofOthers(federation: Federation): Iterable<AffinityPlace> {
  for (const [apiVersion, kind, field, chooses] of otherAffinities) {
    for (const at of federation.ofKind(apiVersion, kind)) {
      const affinity = recordOf(fieldAt(at.object.spec, field));
      if (affinity) yield { at, key: objectKey(at.object), path: `spec.${field}`, affinity, chooses };
    }
  }
}

function listsOf({ at, key, path, affinity }: AffinityPlace): readonly ClusterList[] {
  const owner = ownerOf(path);
  return [
    { at, key, owner, names: namesIn(affinity.clusterNames, `${path}.clusterNames`), sense: 'in' },
    { at, key, owner, names: namesIn(affinity.exclude, `${path}.exclude`), sense: 'exclude' },
  ];
}

/** The last steps of a path that tell where a list stands: `staticWeightList[0].targetCluster`. */
function ownerOf(path: string): string {
  return path.replace(/^spec\.(placement\.)?(replicaScheduling\.weightPreference\.)?/, '');
}

function* plainLists(federation: Federation): Iterable<ClusterList> {
  for (const { policy, key } of placementsIn(federation)) {
    const path = 'spec.suspension.dispatchingOnClusters.clusterNames';
    const names = namesIn(policy.spec.suspension?.dispatchingOnClusters?.clusterNames, path);
    yield { at: policy.manifest, key, owner: 'suspension.dispatchingOnClusters', names, sense: 'in' };
  }
  for (const at of federation.ofKind('remedy.karmada.io/v1alpha1', 'Remedy')) {
    const names = namesIn(
      fieldAt(at.object.spec, 'clusterAffinity', 'clusterNames'),
      'spec.clusterAffinity.clusterNames',
    );
    yield { at, key: objectKey(at.object), owner: 'clusterAffinity', names, sense: 'in' };
  }
  for (const at of federation.ofKind('networking.karmada.io/v1alpha1', 'MultiClusterService')) {
    for (const field of ['providerClusters', 'consumerClusters']) {
      const names = entriesOf(fieldAt(at.object.spec, field), 'name', `spec.${field}`);
      yield { at, key: objectKey(at.object), owner: field, names, sense: 'in' };
    }
  }
  for (const at of federation.ofKind('policy.karmada.io/v1alpha1', 'FederatedResourceQuota')) {
    const names = entriesOf(fieldAt(at.object.spec, 'staticAssignments'), 'clusterName', 'spec.staticAssignments');
    yield { at, key: objectKey(at.object), owner: 'staticAssignments', names, sense: 'in' };
  }
}

function namesIn(value: unknown, path: string): ClusterList['names'] {
  return listOf(value).flatMap((name, index) =>
    typeof name === 'string' ? [{ name, path: `${path}[${index}]` }] : [],
  );
}

function entriesOf(value: unknown, field: string, path: string): ClusterList['names'] {
  return listOf(value).flatMap((entry, index) => {
    const name = textOf(fieldAt(entry, field));
    return name === '' ? [] : [{ name, path: `${path}[${index}].${field}` }];
  });
}
