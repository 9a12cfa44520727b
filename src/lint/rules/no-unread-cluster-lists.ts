import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { joinWords } from '../../problem/words';
import { defineRule } from '../engine/rule';

/** Fields that no supported release reads, and their replacements. */
const unread = [
  { steps: ['range', 'clusterNames'], instead: 'consumerClusters' },
  { steps: ['serviceProvisionClusters'], instead: 'providerClusters' },
  { steps: ['serviceConsumptionClusters'], instead: 'consumerClusters' },
] as const;

/** @see Karmada v1.18.2 pkg/util/helper/mcs.go, GetProviderClusters and GetConsumerClusters */
export const noUnreadClusterLists = defineRule({
  id: 'no-unread-cluster-lists',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P52'],
  summary: 'A MultiClusterService names its clusters in providerClusters and consumerClusters.',
  rationale:
    'Karmada no longer reads range, serviceProvisionClusters and serviceConsumptionClusters; without providerClusters or consumerClusters every cluster is included',
  check({ controlPlane, report }) {
    for (const at of controlPlane.ofKind('networking.karmada.io/v1alpha1', 'MultiClusterService')) {
      const { spec } = at.object;
      for (const { steps, instead } of unread) {
        const names = listOf(fieldAt(spec, ...steps)).map(textOf);
        if (names.length === 0) continue;
        const written = listOf(fieldAt(spec, instead)).length > 0;
        report({
          at,
          path: ['spec', ...steps].join('.'),
          ...(written && { severity: 'warning' }),
          message: written
            ? `${steps.join('.')} is not read: Karmada reads ${instead}`
            : `${steps.join('.')} is not read, so every cluster is included, not only ${joinWords(names, 'and')}`,
          fix: written
            ? `remove ${steps.join('.')}`
            : `write ${instead}: [${names.map((name) => `{ name: ${name} }`).join(', ')}], and remove ${steps.join('.')}`,
        });
      }
    }
  },
});
