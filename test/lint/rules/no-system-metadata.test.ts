import { deploymentIn, object, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const sends = propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment', 'v1 ConfigMap']);
const id = '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d';

describeRule('no-system-metadata', {
  passes: [
    {
      name: 'marks of Karmada that people write',
      manifests: texts(
        deploymentIn('shop', 'web', {
          labels: {
            'resourcetemplate.karmada.io/retain-replicas': 'true',
            'resourcetemplate.karmada.io/deletion-protected': 'Always',
          },
        }),
        object('v1', 'ConfigMap/shop/web', { annotations: { 'work.karmada.io/conflict-resolution': 'overwrite' } }),
        object('v1', 'Namespace/shop', { labels: { 'namespace.karmada.io/skip-auto-propagation': 'false' } }),
        sends,
      ),
    },
    {
      name: 'bindings, which live from these marks',
      manifests: texts(
        object('work.karmada.io/v1alpha2', 'ResourceBinding/shop/web-deployment', {
          labels: { 'propagationpolicy.karmada.io/permanent-id': id },
          spec: { resource: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
        }),
      ),
    },
  ],
  reports: [
    {
      name: 'claimed-by on a workload',
      manifests: texts(
        deploymentIn('shop', 'web', { labels: { 'resourcetemplate.karmada.io/claimed-by': 'team-blue' } }),
        sends,
      ),
      findings: [
        {
          object: 'Deployment/shop/web',
          path: 'metadata.labels[resourcetemplate.karmada.io/claimed-by]',
          message:
            'Deployment/shop/web has the label resourcetemplate.karmada.io/claimed-by: team-blue, which only Karmada may set',
          fix: 'remove the label resourcetemplate.karmada.io/claimed-by',
        },
      ],
    },
    {
      name: 'a claim as kubectl get shows it',
      manifests: texts(
        object('v1', 'ConfigMap/shop/web', {
          labels: { 'propagationpolicy.karmada.io/permanent-id': id },
          annotations: { 'propagationpolicy.karmada.io/name': 'web', 'propagationpolicy.karmada.io/namespace': 'shop' },
        }),
        sends,
      ),
      findings: [
        {
          object: 'ConfigMap/shop/web',
          path: 'metadata.labels[propagationpolicy.karmada.io/permanent-id]',
          message:
            'ConfigMap/shop/web has the label propagationpolicy.karmada.io/permanent-id: 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d, which only Karmada may set',
          fix: 'remove the label propagationpolicy.karmada.io/permanent-id',
        },
        {
          object: 'ConfigMap/shop/web',
          path: 'metadata.annotations[propagationpolicy.karmada.io/name]',
          message:
            'ConfigMap/shop/web has the annotation propagationpolicy.karmada.io/name: web, which only Karmada may set',
          fix: 'remove the annotation propagationpolicy.karmada.io/name',
        },
        {
          object: 'ConfigMap/shop/web',
          path: 'metadata.annotations[propagationpolicy.karmada.io/namespace]',
          message:
            'ConfigMap/shop/web has the annotation propagationpolicy.karmada.io/namespace: shop, which only Karmada may set',
          fix: 'remove the annotation propagationpolicy.karmada.io/namespace',
        },
      ],
    },
    {
      name: 'the id of a policy',
      manifests: texts(
        { ...sends, metadata: { ...sends.metadata, labels: { 'propagationpolicy.karmada.io/permanent-id': id } } },
        object('rbac.authorization.k8s.io/v1', 'ClusterRole/reader', {
          labels: { 'clusterpropagationpolicy.karmada.io/permanent-id': id },
        }),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'metadata.labels[propagationpolicy.karmada.io/permanent-id]',
          message:
            'PropagationPolicy/shop/web has the label propagationpolicy.karmada.io/permanent-id: 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d, which only Karmada may set',
          fix: 'remove the label propagationpolicy.karmada.io/permanent-id',
        },
        {
          object: 'ClusterRole/reader',
          path: 'metadata.labels[clusterpropagationpolicy.karmada.io/permanent-id]',
          message:
            'ClusterRole/reader has the label clusterpropagationpolicy.karmada.io/permanent-id: 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d, which only Karmada may set',
          fix: 'remove the label clusterpropagationpolicy.karmada.io/permanent-id',
        },
      ],
    },
  ],
});
