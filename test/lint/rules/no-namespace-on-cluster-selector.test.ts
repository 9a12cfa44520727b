import { definitionOf, deploymentIn, labelling, object, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole/reader', { rules: [] });
const selector = (apiVersion: string, kind: string, name?: string) => ({
  apiVersion,
  kind,
  namespace: 'shop',
  ...(name && { name }),
});

describeRule('no-namespace-on-cluster-selector', {
  passes: [
    {
      name: 'a namespace on a namespaced kind, custom ones among them',
      manifests: texts(
        deploymentIn('shop', 'web'),
        definitionOf('ops.example.com', 'Runbook'),
        object('ops.example.com/v1', 'Runbook/shop/restart'),
        propagation('ClusterPropagationPolicy/web', [
          selector('apps/v1', 'Deployment', 'web'),
          selector('ops.example.com/v1', 'Runbook'),
        ]),
      ),
    },
    {
      name: 'a cluster-scoped kind without one',
      manifests: texts(
        role,
        propagation('ClusterPropagationPolicy/rbac', ['rbac.authorization.k8s.io/v1 ClusterRole reader']),
      ),
    },
  ],
  reports: [
    {
      name: 'a ClusterRole',
      manifests: texts(
        role,
        propagation('ClusterPropagationPolicy/rbac', [
          selector('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader'),
        ]),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/rbac',
          path: 'spec.resourceSelectors[0].namespace',
          message:
            'ClusterPropagationPolicy/rbac selects ClusterRole "reader" in namespace "shop", but ClusterRole is cluster-scoped',
          fix: 'remove namespace: shop from the selector',
        },
      ],
    },
    {
      name: 'a whole kind, and a definition',
      manifests: texts(
        definitionOf('ops.example.com', 'Runbook'),
        object('storage.k8s.io/v1', 'StorageClass/fast'),
        propagation('ClusterPropagationPolicy/base', [
          selector('storage.k8s.io/v1', 'StorageClass'),
          selector('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'runbooks.ops.example.com'),
        ]),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/base',
          path: 'spec.resourceSelectors[0].namespace',
          message:
            'ClusterPropagationPolicy/base selects objects of kind StorageClass in namespace "shop", but StorageClass is cluster-scoped',
          fix: 'remove namespace: shop from the selector',
        },
        {
          object: 'ClusterPropagationPolicy/base',
          path: 'spec.resourceSelectors[1].namespace',
          message:
            'ClusterPropagationPolicy/base selects CustomResourceDefinition "runbooks.ops.example.com" in namespace "shop", but CustomResourceDefinition is cluster-scoped',
          fix: 'remove namespace: shop from the selector',
        },
      ],
    },
    {
      name: 'a cluster override policy',
      manifests: texts(
        role,
        propagation('ClusterPropagationPolicy/rbac', ['rbac.authorization.k8s.io/v1 ClusterRole reader']),
        labelling('ClusterOverridePolicy/rbac', [selector('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader')]),
      ),
      findings: [
        {
          object: 'ClusterOverridePolicy/rbac',
          path: 'spec.resourceSelectors[0].namespace',
          message:
            'ClusterOverridePolicy/rbac selects ClusterRole "reader" in namespace "shop", but ClusterRole is cluster-scoped',
          fix: 'remove namespace: shop from the selector',
        },
      ],
    },
  ],
});
