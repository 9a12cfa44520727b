import { joinWords, nearMiss } from '../../problem/words';
import { clustersCause } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches */
export const noUnknownCluster = defineRule({
  id: 'no-unknown-cluster',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P35'],
  rank: 180,
  summary: 'Every cluster that an object names is in the fleet.',
  rationale: 'Karmada accepts the names of unregistered clusters, but does nothing for them',
  check({ clusterLists, fleet, report }) {
    if (!fleet) return;
    const clusters = fleet.map(({ name }) => name);
    const known = new Set(clusters);
    clusterLists.visit((names, place) => {
      for (let index = 0; index < names.length; index++) {
        const name = names[index];
        if (typeof name !== 'string' || name === '' || known.has(name)) continue;
        const { at, key, owner, pathOf, sense } = place();
        const meant = nearMiss(
          name,
          clusters.filter((cluster) => !names.includes(cluster)),
        );
        const instead = meant === undefined ? `use one of ${joinWords(clusters)}` : `write "${meant}"`;
        report({
          at,
          path: pathOf(index),
          // Excluding an unknown cluster is harmless, unless the name is misspelled.
          ...(sense === 'exclude' && { severity: 'warning' }),
          message: `${owner} ${sense === 'exclude' ? 'excludes' : 'names'} cluster "${name}", which the fleet does not have`,
          fix: `${instead}, or remove it, or add "${name}" to the fleet`,
          cause: clustersCause(key),
        });
      }
    });
  },
});
