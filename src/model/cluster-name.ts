import { clusterNameProblems } from '../kubernetes/names';
import { ModelError } from '../problem/model-error';
import { joinWords, nearMiss, quoted } from '../problem/words';

/**
 * Refuses what cannot be the name of a member cluster.
 *
 * @param name - what the author wrote
 * @param owner - where it stands, such as `placement`
 * @throws ModelError `cluster.name` unless it is a DNS label of 1 to 48 characters
 * @see Karmada v1.18.2 pkg/apis/cluster/validation/validation.go, ValidateClusterName
 */
export function checkClusterName(name: unknown, owner: string): asserts name is string {
  const problem = typeof name === 'string' ? clusterNameProblems(name)[0] : 'must be a string';
  if (problem === undefined) return;
  throw new ModelError(`${owner}: cluster name ${quoted(name)} ${problem}`, {
    code: 'cluster.name',
    fix: 'use the name that `kubectl get clusters` prints',
  });
}

/**
 * Refuses what is not the name of a cluster in the fleet.
 *
 * @param fleet - the names there are
 * @param owner - where the name stands, such as `fleet.in`
 * @throws ModelError `cluster.name`, `fleet.unknown-cluster`
 */
export function checkClusterInFleet(name: unknown, fleet: readonly string[], owner: string): void {
  if (fleet.includes(name as string)) return;
  checkClusterName(name, owner);
  const meant = nearMiss(name, fleet);
  throw new ModelError(`${owner} names cluster "${name}", which the fleet does not have`, {
    code: 'fleet.unknown-cluster',
    fix: `use ${meant === undefined ? `one of ${joinWords(fleet)}` : `"${meant}"`}, or add "${name}" to the fleet`,
  });
}

/**
 * Refuses a list of cluster names that is empty, names one twice, or holds something that is no cluster name.
 *
 * @param names - what the author wrote
 * @param owner - where the list stands
 * @param insteadOfNone - the next step for an author whose list came out empty
 * @throws ModelError `cluster.name`, `clusters.empty`, `clusters.duplicate`
 */
export function checkClusterNames(names: readonly unknown[], owner: string, insteadOfNone: string): void {
  if (names.length === 0) {
    throw new ModelError(`${owner} names no cluster`, { code: 'clusters.empty', fix: insteadOfNone });
  }
  names.forEach((name, index) => {
    checkClusterName(name, owner);
    if (names.indexOf(name) < index) {
      throw new ModelError(`${owner} names cluster "${name}" twice`, {
        code: 'clusters.duplicate',
        fix: `name "${name}" once`,
      });
    }
  });
}
