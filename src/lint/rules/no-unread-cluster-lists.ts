import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { joinWords } from '../../problem/words';
import { defineRule } from '../engine/rule';

/** Fields that no release modelled here reads, and what took their place. */
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
    'range, serviceProvisionClusters and serviceConsumptionClusters are not read any more; without providerClusters or consumerClusters every cluster takes part',
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
            ? `${steps.join('.')} is not read: ${instead} counts`
            : `${steps.join('.')} is not read, so not only ${joinWords(names, 'and')}, but every cluster takes part`,
          fix: written
            ? `remove ${steps.join('.')}`
            : `write ${instead}: [${names.map((name) => `{ name: ${name} }`).join(', ')}], and remove ${steps.join('.')}`,
        });
      }
    }
  },
});
