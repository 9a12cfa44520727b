import { definitionOf, deploymentIn, labelling, object, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole/reader', { rules: [] });
const fleetWide = definitionOf('ops.example.com', 'Fleetbook');
const clusterWide = { ...fleetWide, spec: { ...(fleetWide.spec as object), scope: 'Cluster' } };

describeRule('no-cluster-scoped-selector', {
  passes: [
    {
      name: 'a kind that only sounds as if it had no namespace',
      manifests: texts(
        object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass/shop/vault'),
        propagation('PropagationPolicy/shop/web', ['secrets-store.csi.x-k8s.io/v1 SecretProviderClass vault']),
      ),
    },
    {
      name: 'namespaced kinds, custom ones among them',
      manifests: texts(
        deploymentIn('shop', 'web'),
        definitionOf('ops.example.com', 'Runbook'),
        object('ops.example.com/v1', 'Runbook/shop/restart'),
        propagation('PropagationPolicy/shop/web', [
          'apps/v1 Deployment web',
          'rbac.authorization.k8s.io/v1 Role reader',
          'ops.example.com/v1 Runbook',
        ]),
      ),
    },
    {
      name: 'cluster-scoped kinds in a cluster policy',
      manifests: texts(
        role,
        propagation('ClusterPropagationPolicy/rbac', ['rbac.authorization.k8s.io/v1 ClusterRole reader']),
      ),
    },
  ],
  reports: [
    {
      name: 'a ClusterRole beside namespaced objects',
      manifests: texts(
        deploymentIn('shop', 'web'),
        role,
        propagation('PropagationPolicy/shop/web', [
          'apps/v1 Deployment web',
          'rbac.authorization.k8s.io/v1 ClusterRole reader',
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1]',
          message: 'PropagationPolicy/shop/web selects ClusterRole "reader", but ClusterRole is cluster-scoped',
          fix: 'move the selector to a ClusterPropagationPolicy',
        },
      ],
    },
    {
      name: 'a definition, a volume and a Namespace',
      manifests: texts(
        object('v1', 'Namespace/shop'),
        definitionOf('ops.example.com', 'Runbook'),
        object('v1', 'PersistentVolume/disk'),
        propagation('PropagationPolicy/shop/all', [
          'apiextensions.k8s.io/v1 CustomResourceDefinition runbooks.ops.example.com',
          'v1 PersistentVolume',
          'v1 Namespace shop',
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/all',
          path: 'spec.resourceSelectors[0]',
          message:
            'PropagationPolicy/shop/all selects CustomResourceDefinition "runbooks.ops.example.com", but CustomResourceDefinition is cluster-scoped',
          fix: 'move the selector to a ClusterPropagationPolicy',
        },
        {
          object: 'PropagationPolicy/shop/all',
          path: 'spec.resourceSelectors[1]',
          message:
            'PropagationPolicy/shop/all selects objects of kind PersistentVolume, but PersistentVolume is cluster-scoped',
          fix: 'move the selector to a ClusterPropagationPolicy',
        },
        {
          object: 'PropagationPolicy/shop/all',
          path: 'spec.resourceSelectors[2]',
          message: 'PropagationPolicy/shop/all selects Namespace "shop", but Namespace is cluster-scoped',
          fix: 'move the selector to a ClusterPropagationPolicy',
        },
      ],
    },
    {
      name: 'a custom kind that its definition makes cluster-scoped, in an override policy',
      manifests: texts(
        clusterWide,
        object('ops.example.com/v1', 'Fleetbook/restart'),
        propagation('ClusterPropagationPolicy/ops', [
          'apiextensions.k8s.io/v1 CustomResourceDefinition',
          'ops.example.com/v1 Fleetbook',
        ]),
        labelling('OverridePolicy/shop/books', ['ops.example.com/v1 Fleetbook restart']),
      ),
      findings: [
        {
          object: 'OverridePolicy/shop/books',
          path: 'spec.resourceSelectors[0]',
          message: 'OverridePolicy/shop/books selects Fleetbook "restart", but Fleetbook is cluster-scoped',
          fix: 'move the selector to a ClusterOverridePolicy',
        },
      ],
    },
  ],
});
