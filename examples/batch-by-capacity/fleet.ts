import { Fleet } from 'cdk8s-karmada';

/**
 * The member clusters, with what they have and use. `npx cdk8s-karmada fleet --kubeconfig FILE --out fleet.ts` writes the
 * same from a control plane.
 */
export const fleet = Fleet.of({
  'own-1': {
    provider: 'own',
    resourceSummary: {
      allocatable: { cpu: '96', memory: '384Gi', pods: '220' },
      allocated: { cpu: '40', memory: '128Gi', pods: '90' },
    },
  },
  'own-2': {
    provider: 'own',
    resourceSummary: {
      allocatable: { cpu: '64', memory: '256Gi', pods: '220' },
      allocated: { cpu: '48', memory: '160Gi', pods: '75' },
    },
  },
  'rented-1': {
    provider: 'aws',
    resourceSummary: {
      allocatable: { cpu: '256', memory: '1Ti', pods: '500' },
      allocated: { cpu: '16', memory: '32Gi', pods: '30' },
    },
  },
});
