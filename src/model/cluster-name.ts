import { clusterNameProblems } from '../kubernetes/names';
import { ModelError } from '../problem/model-error';
import { joinWords, nearMiss, quoted } from '../problem/words';

/**
 * Rejects an invalid name of a member cluster.
 *
 * @param name - what the author wrote
 * @param owner - where the name is used, such as `placement`; for messages
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
 * Rejects a name that is not in the fleet.
 *
 * @param fleet - names of all clusters in the fleet
 * @param owner - where the name is used, such as `fleet.in`; for messages
 * @throws ModelError `cluster.name`, `fleet.unknown-cluster`
 */
export function checkClusterInFleet(name: unknown, fleet: readonly string[], owner: string): void {
  if (fleet.includes(name as string)) return;
  checkClusterName(name, owner);
  const meant = nearMiss(name, fleet);
  throw new ModelError(`${owner} names cluster "${name}", which is not in the fleet`, {
    code: 'fleet.unknown-cluster',
    fix: `use ${meant === undefined ? `one of ${joinWords(fleet)}` : `"${meant}"`}, or add "${name}" to the fleet`,
  });
}

/**
 * Rejects a list of cluster names that is empty or has duplicates or invalid names.
 *
 * @param names - what the author wrote
 * @param owner - where the list is used, for messages
 * @param insteadOfNone - the suggested fix for an empty list
 * @throws ModelError `cluster.name`, `clusters.empty`, `clusters.duplicate`
 */
export function checkClusterNames(names: readonly unknown[], owner: string, insteadOfNone: string): void {
  if (names.length === 0) {
    throw new ModelError(`${owner} names no cluster`, { code: 'clusters.empty', fix: insteadOfNone });
  }
  const seen = new Set<unknown>();
  for (const name of names) {
    checkClusterName(name, owner);
    if (seen.has(name)) {
      throw new ModelError(`${owner} names cluster "${name}" twice`, {
        code: 'clusters.duplicate',
        fix: `name "${name}" once`,
      });
    }
    seen.add(name);
  }
}
