import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isRecord } from '../problem/record';
import { quoted } from '../problem/words';
import { Clusters } from './clusters';
import type { ClusterWeight } from './replica-division';

/** The share that these clusters have together; unit-free, a whole number of at least 1. */
export interface ClusterShare {
  /** The clusters that share it. */
  readonly clusters: Clusters;
  /** The parts that all of them have together, at least 1. */
  readonly share: number;
}

/**
 * Whether a list has shares. Shares and weights do not mix, because a weight counts for each cluster of its entry.
 *
 * @throws ModelError `placement.weights` for a list with both
 */
export function areShares(list: unknown, owner: string): list is readonly ClusterShare[] {
  if (!Array.isArray(list)) return false;
  const withShare = list.filter((entry) => isRecord(entry) && entry['share'] !== undefined);
  if (withShare.length === 0) return false;
  if (withShare.length === list.length && !withShare.some((entry) => entry['weight'] !== undefined)) return true;
  throw new ModelError(`${owner} has weights and shares`, {
    code: 'placement.weights',
    fix: 'use one of the two: a weight counts for each cluster of its entry, a share for all of them together',
  });
}

/**
 * Shares as weights by name. Karmada gives a weight to each cluster, so the share of an entry is divided by the number of its
 * clusters, and all are multiplied by the least common multiple of these numbers.
 *
 * @param namesOf - the names of the clusters of an entry
 * @throws ModelError `placement.weights` without clusters, for a cluster with two shares, and for numbers that are too great,
 *   `placement.weight` for an invalid share
 * @example
 * ```ts
 * // eu: a and b, share 3; us: c, share 1
 * // weights a 3, b 3, c 2: eu has 6 of 8
 * ```
 */
export function weightsOfShares(
  shares: readonly ClusterShare[],
  namesOf: (clusters: Clusters) => readonly string[],
  owner: string,
): readonly ClusterWeight[] {
  const groups = shares.map((entry) => {
    checkShare(entry);
    return { names: namesOf(entry.clusters), share: entry.share };
  });
  for (const [index, { names }] of groups.entries()) {
    if (names.length > 0) continue;
    throw new ModelError(`${owner}: no cluster of the fleet matches the clusters of share ${index + 1}`, {
      code: 'placement.weights',
      fix: 'correct the conditions, or leave the share out',
    });
  }
  const all = groups.flatMap(({ names }) => names);
  const twice = all.find((name, index) => all.indexOf(name) < index);
  if (twice !== undefined) {
    throw new ModelError(`${owner} has two shares for cluster "${twice}"`, {
      code: 'placement.weights',
      fix: `keep "${twice}" in one of them, for example with except("${twice}")`,
    });
  }
  const multiple = groups.reduce((product, { names: { length } }) => leastCommonMultiple(product, length), 1);
  const weights = groups.map(({ names, share }) => ({ names, weight: share * (multiple / names.length) }));
  if (!Number.isSafeInteger(multiple) || weights.some(({ weight }) => !Number.isSafeInteger(weight))) {
    throw new ModelError(`${owner}: the weights of the shares would be above ${Number.MAX_SAFE_INTEGER}`, {
      code: 'placement.weights',
      fix: 'give smaller shares: only their proportion counts',
    });
  }
  const divisor = weights.reduce((common, { weight }) => greatestCommonDivisor(common, weight), 0);
  return weights.flatMap(({ names, weight }) =>
    names.map((name) => ({ clusters: Clusters.in(name), weight: weight / divisor })),
  );
}

/**
 * The names of clusters that are selected by name.
 *
 * @throws ModelError `placement.weights` for others: their number is known to a fleet only
 */
export function givenNames(clusters: Clusters): readonly string[] {
  if (clusters.isByName) return clusters.names.filter((name) => !clusters.excluded.includes(name));
  throw new ModelError('Placement.weighted cannot count the clusters of a share that are not selected by name', {
    code: 'placement.weights',
    fix: 'use fleet.weighted, or name the clusters with Clusters.in(…)',
  });
}

function checkShare(entry: ClusterShare): void {
  checkProperties(entry, ['clusters', 'share'], 'share');
  if (!(entry.clusters instanceof Clusters)) {
    throw new ModelError(`share: clusters must be Clusters, got ${quoted(entry.clusters)}`, {
      code: 'property.type',
      fix: 'write it like { clusters: fleet.where({ region: "eu" }), share: 2 }',
    });
  }
  const { share } = entry;
  if (Number.isSafeInteger(share) && share >= 1) return;
  throw new ModelError(`share must be a whole number of at least 1, got ${quoted(share)}`, {
    code: 'placement.weight',
    fix:
      share === 0 ? 'leave the entry out to send it no replicas' : 'give whole numbers: only their proportion counts',
  });
}

function leastCommonMultiple(one: number, other: number): number {
  return (one / greatestCommonDivisor(one, other)) * other;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
