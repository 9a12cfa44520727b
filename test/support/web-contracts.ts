import { Contract } from '../../src/model/contract';

/** A Deployment over three members; the division is Weighted, without weights, or Aggregated. */
export const web = (replicas: number, division: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default, labels: { app: web } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: 'example.com/web:1.0' }] } }
---
apiVersion: policy.karmada.io/v1alpha1
kind: PropagationPolicy
metadata: { name: web, namespace: default }
spec:
  resourceSelectors: [{ apiVersion: apps/v1, kind: Deployment, name: web }]
  placement:
    clusterAffinity: { clusterNames: [member1, member2, member3] }
    replicaScheduling: { replicaSchedulingType: Divided, replicaDivisionPreference: ${division} }
`;

/** Weighted: three replicas fulfil it, two do not. Aggregated: capacity decides. */
export const contracts = [Contract.on('web').keeps(2).whenLosing('any cluster')];
