import { deploymentIn, object, propagation, serviceIn, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = serviceIn('shop', 'web');
const knative = object('serving.knative.dev/v1', 'Service/shop/web', { spec: {} });
const role = (name: string) => object('rbac.authorization.k8s.io/v1', `ClusterRole/${name}`, { rules: [] });

describeRule('no-binding-name-collision', {
  passes: [
    {
      name: 'one name for several kinds, and one kind in several namespaces',
      manifests: texts(
        web,
        deploymentIn('shop', 'web'),
        serviceIn('tools', 'web'),
        propagation('ClusterPropagationPolicy/all', ['v1 Service', 'apps/v1 Deployment']),
      ),
    },
    {
      name: 'objects whose names are generated',
      manifests: texts(
        { ...object('batch/v1', 'Job/shop/a', { spec: {} }), metadata: { namespace: 'shop', generateName: 'a-' } },
        { ...object('batch/v1', 'Job/shop/a', { spec: {} }), metadata: { namespace: 'shop', generateName: 'a-' } },
        propagation('PropagationPolicy/shop/jobs', ['batch/v1 Job']),
      ),
    },
    {
      name: 'a namesake that is not propagated',
      manifests: texts(web, knative, propagation('PropagationPolicy/shop/web', ['v1 Service web'])),
    },
  ],
  reports: [
    {
      name: 'a Service that a MultiClusterService sends',
      featureGates: ['MultiClusterService'],
      manifests: texts(
        web,
        knative,
        object('networking.karmada.io/v1alpha1', 'MultiClusterService/shop/web', { spec: { types: ['CrossCluster'] } }),
        propagation('PropagationPolicy/shop/web', ['serving.knative.dev/v1 Service']),
      ),
      findings: [
        {
          object: 'Service/shop/web',
          path: 'metadata.name',
          message:
            'Service/shop/web of serving.knative.dev and Service/shop/web would have the same binding, "web-service"',
          fix: 'rename one of the two objects',
        },
      ],
    },
    {
      name: 'two groups with a kind of one name',
      manifests: texts(
        web,
        knative,
        propagation('PropagationPolicy/shop/web', ['v1 Service', 'serving.knative.dev/v1 Service']),
      ),
      findings: [
        {
          object: 'Service/shop/web',
          path: 'metadata.name',
          message:
            'Service/shop/web of serving.knative.dev and Service/shop/web would have the same binding, "web-service"',
          fix: 'rename one of the two objects',
        },
      ],
    },
    {
      name: 'names that differ by a colon, and by case',
      manifests: texts(
        role('shop:reader'),
        role('shop.reader'),
        role('Shop.Reader'),
        propagation('ClusterPropagationPolicy/rbac', ['rbac.authorization.k8s.io/v1 ClusterRole']),
      ),
      findings: [
        {
          object: 'ClusterRole/shop.reader',
          path: 'metadata.name',
          message:
            'ClusterRole/shop.reader of rbac.authorization.k8s.io and ClusterRole/shop:reader of rbac.authorization.k8s.io would have the same binding, "shop.reader-clusterrole"',
          fix: 'rename one of the two objects',
        },
        {
          object: 'ClusterRole/Shop.Reader',
          path: 'metadata.name',
          message:
            'ClusterRole/Shop.Reader of rbac.authorization.k8s.io and ClusterRole/shop:reader of rbac.authorization.k8s.io would have the same binding, "shop.reader-clusterrole"',
          fix: 'rename one of the two objects',
        },
      ],
    },
    {
      name: 'two groups under two policies',
      manifests: texts(
        object('apps/v1', 'StatefulSet/data/db', {
          spec: {
            serviceName: 'db',
            selector: { matchLabels: { app: 'db' } },
            template: { metadata: { labels: { app: 'db' } }, spec: { containers: [] } },
          },
        }),
        object('apps.kruise.io/v1beta1', 'StatefulSet/data/db', { spec: {} }),
        propagation('PropagationPolicy/data/db', ['apps/v1 StatefulSet db']),
        propagation('ClusterPropagationPolicy/kruise', ['apps.kruise.io/v1beta1 StatefulSet']),
      ),
      findings: [
        {
          object: 'StatefulSet/data/db',
          path: 'metadata.name',
          message:
            'StatefulSet/data/db of apps.kruise.io and StatefulSet/data/db of apps would have the same binding, "db-statefulset"',
          fix: 'rename one of the two objects',
        },
      ],
    },
  ],
});
