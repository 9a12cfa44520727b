import { deploymentIn, object, propagation, serviceIn, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const labelled = (kind: string, app: string) => ({ apiVersion: 'v1', kind, labelSelector: { matchLabels: { app } } });

describeRule('no-dead-selector', {
  passes: [
    {
      name: 'selectors by name, label and kind that find something',
      manifests: texts(
        web,
        serviceIn('shop', 'web'),
        object('v1', 'ConfigMap/shop/web', { labels: { app: 'web' } }),
        propagation('PropagationPolicy/shop/web', [
          'apps/v1 Deployment web',
          'v1 Service',
          labelled('ConfigMap', 'web'),
        ]),
      ),
    },
    {
      name: 'policies without any object beside them',
      manifests: texts(propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web'])),
    },
    {
      name: 'what Kubernetes and Karmada make themselves',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', [
          'apps/v1 Deployment web',
          'v1 ServiceAccount default',
          'v1 Service derived-api',
        ]),
        object('multicluster.x-k8s.io/v1alpha1', 'ServiceImport/shop/api', {
          spec: { type: 'ClusterSetIP', ports: [] },
        }),
        propagation('ClusterPropagationPolicy/mcs', [
          'apiextensions.k8s.io/v1 CustomResourceDefinition serviceexports.multicluster.x-k8s.io',
        ]),
      ),
    },
    {
      name: 'an autoscaler in an old version, which Karmada sees in the preferred one',
      manifests: texts(
        web,
        object('autoscaling/v1', 'HorizontalPodAutoscaler/shop/web', {
          labels: {},
          spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 9 },
        }),
        propagation('PropagationPolicy/shop/web', [
          'apps/v1 Deployment web',
          'autoscaling/v2 HorizontalPodAutoscaler web',
        ]),
      ),
    },
  ],
  reports: [
    {
      name: 'the derived Service of a ServiceImport of another group, from which Karmada makes none',
      manifests: texts(
        web,
        object('multicluster.flomesh.io/v1alpha1', 'ServiceImport/shop/api', { spec: { ports: [] } }),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web', 'v1 Service derived-api']),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1]',
          message:
            'PropagationPolicy/shop/web selects Service "derived-api", which is not in the manifests in namespace "shop"',
          fix: 'add the Service to the manifests, or remove the selector',
        },
      ],
    },
    {
      name: 'a ConfigMap that was removed',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web', 'v1 ConfigMap old-flags']),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1]',
          message:
            'PropagationPolicy/shop/web selects ConfigMap "old-flags", which is not in the manifests in namespace "shop"',
          fix: 'add the ConfigMap to the manifests, or remove the selector',
        },
      ],
    },
    {
      name: 'a slip in a name, with the one that was meant',
      manifests: texts(
        web,
        serviceIn('shop', 'web-frontend'),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web', 'v1 Service web-frontned']),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1]',
          message:
            'PropagationPolicy/shop/web selects Service "web-frontned", which is not in the manifests in namespace "shop"',
          fix: 'write "web-frontend", or remove the selector',
        },
      ],
    },
    {
      name: 'an object that is in another namespace',
      manifests: texts(
        web,
        object('v1', 'ConfigMap/tools/banner'),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web', 'v1 ConfigMap banner']),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1]',
          message:
            'PropagationPolicy/shop/web selects ConfigMap "banner", which is not in the manifests in namespace "shop"',
          fix: 'select ConfigMap/tools/banner in a policy in its own namespace, or remove the selector',
        },
      ],
    },
    {
      name: 'a cluster policy for a namespace that has no such object',
      manifests: texts(
        web,
        propagation('ClusterPropagationPolicy/all', [
          'apps/v1 Deployment',
          { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'data', name: 'db' },
        ]),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.resourceSelectors[1]',
          message:
            'ClusterPropagationPolicy/all selects StatefulSet "db", which is not in the manifests in namespace "data"',
          fix: 'add the StatefulSet to the manifests, or remove the selector',
        },
      ],
    },
    {
      name: 'a label with a slip',
      manifests: texts(
        object('v1', 'ConfigMap/shop/a', { labels: { app: 'storefront' } }),
        propagation('PropagationPolicy/shop/web', [labelled('ConfigMap', 'storefornt')]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[0]',
          message:
            'PropagationPolicy/shop/web selects objects of kind ConfigMap labelled app: storefornt, but the manifests have none',
          fix: 'write app: storefront',
        },
      ],
    },
    {
      name: 'as an info what other programs often make, and one of several kinds of a label',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', [
          'apps/v1 Deployment web',
          'v1 Secret web-tls',
          labelled('ConfigMap', 'web'),
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1]',
          message:
            'PropagationPolicy/shop/web selects Secret "web-tls", which is not in the manifests in namespace "shop"',
          fix: 'add the Secret to the manifests, or remove the selector',
          severity: 'info',
        },
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[2]',
          message:
            'PropagationPolicy/shop/web selects objects of kind ConfigMap labelled app: web, but the manifests have none',
          fix: 'remove the selector',
          severity: 'info',
        },
      ],
    },
  ],
});
