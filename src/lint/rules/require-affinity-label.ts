import { labelOf } from '../../kubernetes/label-selector';
import { fieldAt, stringMapOf, textOf } from '../../kubernetes/plain-data';
import { placementPath } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.17 pkg/apis/policy/v1alpha1/propagation_types.go, WorkloadAffinity */
export const requireAffinityLabel = defineRule({
  id: 'require-affinity-label',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P43'],
  summary: 'A workload that is placed by workloadAffinity has the grouping label.',
  rationale: 'Karmada groups workloads by the value of the label, and a workload without the label is in no group',
  check(context) {
    for (const { manifest, key, policy, countsReplicas } of context.claimedTemplates) {
      const affinity = policy.spec.placement?.workloadAffinity;
      // The Services and ConfigMaps of the policy are not workloads.
      if (!affinity || !countsReplicas) continue;
      const labels = stringMapOf(manifest.object.metadata?.labels) ?? {};
      for (const field of ['affinity', 'antiAffinity']) {
        const label = textOf(fieldAt(affinity, field, 'groupByLabelKey'));
        if (label === '' || labelOf(labels, label) !== undefined) continue;
        const inPods = labelOf(stringMapOf(fieldAt(manifest.object, 'spec', 'template', 'metadata', 'labels')), label);
        context.report({
          at: manifest,
          path: 'metadata.labels',
          message: `has no label "${label}", which ${policy.name} uses to group workloads (${placementPath}.workloadAffinity.${field})${inPods === undefined ? '' : ': only its pods have it, and Karmada does not read their labels'}`,
          fix: `add ${label}: ${inPods ?? '<group>'} to metadata.labels of ${key}`,
          cause: `${field} of ${key}`,
        });
      }
    }
  },
});
