import type { Manifest } from '../../kubernetes/manifest';
import { namedKey, objectKey, referenceKey } from '../../kubernetes/object';
import { fieldAt, listOf } from '../../kubernetes/plain-data';
import { scaleTargetOf } from '../../kubernetes/scale-target';
import { autoscalingApi, byTarget } from '../../planner/final/autoscalers';
import { joinWords } from '../../problem/words';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/federatedhpa and pkg/controllers/cronfederatedhpa */
export const noCompetingAutoscalers = defineRule({
  id: 'no-competing-autoscalers',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P50'],
  summary: 'Only one autoscaler sets the replicas of a workload.',
  rationale: 'each autoscaler overwrites the replicas that the other one set',
  check({ controlPlane, isSent, report }) {
    const federated = byTarget(controlPlane, autoscalingApi, 'FederatedHPA');
    const native = byTarget(controlPlane, 'autoscaling/v2', 'HorizontalPodAutoscaler');
    const scheduled = byTarget(controlPlane, autoscalingApi, 'CronFederatedHPA');
    for (const [key, scalers] of federated) {
      const [first, ...others] = scalers as readonly [Manifest, ...Manifest[]];
      const workload = namedKey(scaleTargetOf(first.object));
      const rivals = [...others, ...(native.get(key) ?? []).filter(isSent)].map(({ object }) => objectKey(object));
      if (rivals.length > 0) {
        report({
          at: first,
          path: 'spec.scaleTargetRef',
          message: `scales ${workload}, which ${joinWords(rivals, 'and')} ${rivals.length === 1 ? 'scales' : 'scale'} too`,
          fix: `keep one of ${joinWords([objectKey(first.object), ...rivals])}`,
        });
      }
      for (const cron of scheduled.get(referenceKey(scaleTargetOf(first.object))) ?? []) {
        const rule = listOf(fieldAt(cron.object.spec, 'rules')).findIndex(
          (each) => fieldAt(each, 'targetReplicas') !== undefined,
        );
        if (rule < 0) continue;
        report({
          at: cron,
          path: `spec.rules[${rule}].targetReplicas`,
          message: `sets the replicas of ${workload}, which ${objectKey(first.object)} also scales`,
          fix: `set its target to FederatedHPA "${first.object.metadata?.name}" instead of the workload, with targetMinReplicas and targetMaxReplicas`,
        });
      }
    }
  },
});
