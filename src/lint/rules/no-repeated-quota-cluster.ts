import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/federatedresourcequota/federated_resource_quota_sync_controller.go, extractClusterHardResourceList */
export const noRepeatedQuotaCluster = defineRule({
  id: 'no-repeated-quota-cluster',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P60'],
  summary: 'A FederatedResourceQuota assigns its resources to each cluster once.',
  rationale: 'Karmada applies the first assignment of a cluster and ignores the others',
  check({ controlPlane, report }) {
    for (const at of controlPlane.ofKind('policy.karmada.io/v1alpha1', 'FederatedResourceQuota')) {
      const first = new Map<string, number>();
      for (const [index, assignment] of listOf(fieldAt(at.object.spec, 'staticAssignments')).entries()) {
        const cluster = textOf(fieldAt(assignment, 'clusterName'));
        const before = first.get(cluster);
        if (before === undefined) {
          first.set(cluster, index);
          continue;
        }
        report({
          at,
          path: `spec.staticAssignments[${index}].clusterName`,
          message: `assigns to cluster "${cluster}" a second time: only staticAssignments[${before}] is applied there`,
          fix: `merge both into one assignment for "${cluster}", or replace the name with the intended cluster`,
        });
      }
    }
  },
});
