import type { Cluster } from '../../karmada/cluster';
import { compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import { behaviourOf, changeOf, type KarmadaVersion } from '../../karmada/release';
import { fieldAt, listOf } from '../../kubernetes/plain-data';
import { joinWords } from '../../problem/words';
import { clustersCause } from '../analysis/policy-placement';
import { definePlanRule, type Report } from '../engine/rule';

const anyZone = changeOf('anyZoneMatches');

/** @see Karmada v1.18.2 pkg/util/selector.go, matchZones */
export const noAmbiguousZoneSelector = definePlanRule({
  id: 'no-ambiguous-zone-selector',
  severity: 'info',
  layer: 'federation',
  pitfalls: ['P39'],
  summary: 'A zone selector means the same in every Karmada release.',
  rationale: `up to Karmada ${anyZone.before} "zone In" wants every zone of a cluster to be listed, since ${anyZone.since} one of them is enough`,
  check({ clusterLists, fleet, karmada, report }) {
    const several = fleet.filter(({ zones = [] }) => zones.length > 1);
    if (several.length === 0) return;
    for (const { at, key, affinities, pathOf } of clusterLists.affinities) {
      for (const [position, affinity] of affinities.entries()) {
        const said = affinity?.fieldSelector && ambiguityOf(affinity, several, karmada);
        if (said) report({ at, path: `${pathOf(position)}.fieldSelector`, ...said, cause: clustersCause(key) });
      }
    }
  },
});

/** How the releases differ on a zone selector; undefined if they agree. */
function ambiguityOf(
  affinity: ClusterAffinitySpec,
  clusters: readonly Cluster[],
  karmada: KarmadaVersion,
): Pick<Report, 'message' | 'fix'> | undefined {
  const expressions = listOf(affinity.fieldSelector?.matchExpressions);
  const zones = expressions.filter((each) => fieldAt(each, 'key') === 'zone' && fieldAt(each, 'operator') === 'In');
  if (zones.length === 0) return undefined;
  const [now, before] = [
    compileClusterAffinity(affinity, anyZone.since),
    compileClusterAffinity(affinity, anyZone.before),
  ];
  const differing = clusters.filter((cluster) => now(cluster) && !before(cluster));
  if (differing.length === 0) return undefined;
  const names = joinWords(
    differing.map(({ name }) => name),
    'and',
  );
  const also = `which ${differing.length === 1 ? 'is' : 'are'} in other zones as well (${joinWords(unlisted(differing, zones))})`;
  return {
    message: behaviourOf(karmada).anyZoneMatches
      ? `zone In ${joinWords(valuesOf(zones))} matches ${names}, ${also}: up to Karmada ${anyZone.before} it did not`
      : `zone In ${joinWords(valuesOf(zones))} does not match ${names}, ${also}: since Karmada ${anyZone.since} it does`,
    fix: `list every zone of ${names}, or choose by region or by name`,
  };
}

function valuesOf(expressions: readonly unknown[]): readonly string[] {
  return expressions.flatMap((each) => listOf(fieldAt(each, 'values')).map(String));
}

function unlisted(clusters: readonly Cluster[], expressions: readonly unknown[]): readonly string[] {
  const listedZones = new Set(valuesOf(expressions));
  return [...new Set(clusters.flatMap(({ zones = [] }) => zones))].filter((zone) => !listedZones.has(zone));
}
