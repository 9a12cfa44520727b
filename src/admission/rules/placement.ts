import type {
  ClusterAffinityTermSpec,
  PlacementSpec,
  ReplicaSchedulingSpec,
  TolerationSpec,
  WorkloadAffinitySpec,
} from '../../karmada/policy-spec';
import { behaviourOf, type KarmadaVersion } from '../../karmada/release';
import { child, item } from '../../kubernetes/field-path';
import { labelKeyProblems } from '../../kubernetes/names';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import { clusterAffinityCauses, isEmptyAffinity } from './cluster-affinity';
import { spreadConstraintCauses } from './spread-constraints';

/**
 * Why Karmada rejects a placement. A release that lacks a field ignores it.
 *
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidatePlacement
 */
export function* placementCauses(
  placement: PlacementSpec,
  path: string,
  karmada: KarmadaVersion,
): Iterable<FieldProblem> {
  const { clusterAffinity, clusterAffinities } = placement;
  if (clusterAffinity && clusterAffinities) {
    yield fieldProblem(
      'one-kind-of-affinity',
      path,
      'clusterAffinity and clusterAffinities exclude each other',
      'make clusterAffinity the first group of clusterAffinities, or remove one of the two',
    );
  }
  yield* clusterAffinityCauses(clusterAffinity, child(path, 'clusterAffinity'));
  yield* affinityTermCauses(placement, child(path, 'clusterAffinities'));
  yield* spreadConstraintCauses(placement.spreadConstraints ?? [], child(path, 'spreadConstraints'));
  yield* workloadAffinityCauses(placement.workloadAffinity, child(path, 'workloadAffinity'));
  if (behaviourOf(karmada).tolerationOperatorChecked) {
    yield* tolerationCauses(placement.clusterTolerations ?? [], child(path, 'clusterTolerations'));
  }
}

/** Why Karmada rejects affinity groups. */
export function* affinityTermCauses(
  { clusterAffinities = [], replicaScheduling }: PlacementSpec,
  path: string,
): Iterable<FieldProblem> {
  const names = new Set<string>();
  for (const [index, term] of clusterAffinities.entries()) {
    const at = item(path, index);
    const name = term.affinityName ?? '';
    yield* affinityNameCauses(name, child(at, 'affinityName'));
    if (names.has(name)) {
      yield fieldProblem(
        'unique-affinity-name',
        child(at, 'affinityName'),
        `two affinity groups are named "${name}"`,
        'give each group a unique name',
      );
    }
    names.add(name);
    yield* clusterAffinityCauses(term, at);
    yield* overflowCauses(term, at, replicaScheduling);
  }
}

function* affinityNameCauses(name: string, path: string): Iterable<FieldProblem> {
  for (const problem of labelKeyProblems(name)) {
    yield fieldProblem('affinity-name', path, `affinity name "${name}" ${problem}`, 'use a name such as primary');
  }
}

function* overflowCauses(
  term: ClusterAffinityTermSpec,
  termPath: string,
  replicaScheduling: ReplicaSchedulingSpec | undefined,
): Iterable<FieldProblem> {
  if (!term.overflowAffinities) return;
  const path = child(termPath, 'overflowAffinities');
  if (!canOverflow(replicaScheduling)) {
    yield fieldProblem(
      'overflow-needs-capacity-division',
      path,
      'replicas overflow only if they are divided by free capacity',
      'set replicaSchedulingType: Divided with replicaDivisionPreference: Aggregated or with dynamicWeight: AvailableReplicas',
    );
  }
  if (isEmptyAffinity(term)) {
    yield fieldProblem(
      'overflow-needs-affinity',
      path,
      'the group selects every cluster, so no cluster is left for the overflow',
      'select the clusters that come first with clusterNames, labelSelector, fieldSelector or exclude',
    );
  }
  const names = new Set([term.affinityName ?? '']);
  for (const [index, overflow] of term.overflowAffinities.entries()) {
    const at = item(path, index);
    const name = overflow.affinityName ?? '';
    yield* affinityNameCauses(name, child(at, 'affinityName'));
    if (names.has(name)) {
      yield fieldProblem(
        'unique-affinity-name',
        child(at, 'affinityName'),
        `"${name}" names the group itself or another overflow of it`,
        'give each overflow a unique name',
      );
    }
    names.add(name);
    yield* clusterAffinityCauses(overflow, at);
  }
}

/** @see Karmada v1.18.2 pkg/util/policy.go, IsOverflowSchedulingAllowed */
function canOverflow(scheduling: ReplicaSchedulingSpec | undefined): boolean {
  if (scheduling?.replicaSchedulingType !== 'Divided') return false;
  if (scheduling.replicaDivisionPreference === 'Aggregated') return true;
  return scheduling.replicaDivisionPreference === 'Weighted' && Boolean(scheduling.weightPreference?.dynamicWeight);
}

/** Why Karmada rejects a workload affinity. */
export function* workloadAffinityCauses(
  workloadAffinity: WorkloadAffinitySpec | undefined,
  path: string,
): Iterable<FieldProblem> {
  const { affinity, antiAffinity } = workloadAffinity ?? {};
  for (const [field, term] of Object.entries({ affinity, antiAffinity })) {
    const key = term?.groupByLabelKey ?? '';
    for (const problem of term ? labelKeyProblems(key) : []) {
      yield fieldProblem(
        'workload-affinity-key',
        child(path, `${field}.groupByLabelKey`),
        `label key "${key}" ${problem}`,
        'give the key of the label that groups the templates',
      );
    }
  }
  if (affinity && antiAffinity && affinity.groupByLabelKey === antiAffinity.groupByLabelKey) {
    yield fieldProblem(
      'workload-affinity-same-key',
      path,
      `affinity and antiAffinity both group by label "${affinity.groupByLabelKey ?? ''}"`,
      'use another label for one of them',
    );
  }
}

function* tolerationCauses(tolerations: readonly TolerationSpec[], path: string): Iterable<FieldProblem> {
  for (const [index, { operator }] of tolerations.entries()) {
    if (operator !== 'Lt' && operator !== 'Gt') continue;
    yield fieldProblem(
      'toleration-operator',
      child(item(path, index), 'operator'),
      `operator ${operator} is for taints of nodes`,
      'use Exists or Equal',
    );
  }
}
