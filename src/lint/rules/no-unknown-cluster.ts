import { listed, nearMiss } from '../../model/known-properties';
import { clusterListsIn } from '../cluster-lists';
import { clustersCause } from '../policy-placement';
import { defineRule } from '../rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches */
export const noUnknownCluster = defineRule({
  id: 'no-unknown-cluster',
  severity: 'error',
  layer: 'federation',
  summary: 'Every cluster that an object names is in the fleet.',
  rationale: 'Karmada accepts names of clusters that are not registered, and nothing happens there',
  check({ federation, fleet, report }) {
    if (!fleet) return;
    const clusters = fleet.map(({ name }) => name);
    const known = new Set(clusters);
    for (const { at, key, owner, names, sense } of clusterListsIn(federation)) {
      for (const { name, path } of names) {
        if (known.has(name)) continue;
        const free = clusters.filter((cluster) => !names.some((each) => each.name === cluster));
        const meant = nearMiss(name, free);
        const instead = meant === undefined ? `use one of ${listed(clusters)}` : `write "${meant}"`;
        report({
          at,
          path,
          // A name that is left out and is not there anyway does no harm, unless another one was meant.
          ...(sense === 'exclude' && { severity: 'warning' }),
          message: `${owner} ${sense === 'exclude' ? 'excludes' : 'names'} cluster "${name}", which the fleet does not have`,
          fix: `${instead}, or remove it, or add "${name}" to the fleet`,
          cause: clustersCause(key),
        });
      }
    }
  },
});
