import { definitionOf, deploymentIn, object, propagation, serviceIn, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const sendsWeb = propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web']);
const configured = deploymentIn('shop', 'web', {
  pod: { containers: [{ name: 'web', image: 'web', envFrom: [{ configMapRef: { name: 'web' } }] }] },
});
const config = object('v1', 'ConfigMap/shop/web', { data: { a: '1' } });
const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole/policy-editor', {
  rules: [{ apiGroups: ['policy.karmada.io'], resources: ['*'], verbs: ['*'] }],
});

describeRule('no-unpropagated-object', {
  passes: [
    {
      name: 'what is selected by name, by label, and by a cluster policy',
      manifests: texts(
        web,
        serviceIn('shop', 'web'),
        object('v1', 'ConfigMap/tools/info', { labels: { team: 'a' } }),
        sendsWeb,
        propagation('ClusterPropagationPolicy/rest', [
          'v1 Service',
          { apiVersion: 'v1', kind: 'ConfigMap', labelSelector: { matchLabels: { team: 'a' } } },
        ]),
      ),
    },
    {
      name: 'Namespaces, which Karmada sends by itself',
      manifests: texts(object('v1', 'Namespace/shop'), object('v1', 'Namespace/tools'), web, sendsWeb),
    },
    {
      name: 'what propagateDeps brings along',
      manifests: texts(
        configured,
        config,
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web'], { propagateDeps: true }),
      ),
    },
    {
      name: 'objects of Karmada, and what it keeps at home',
      manifests: texts(
        web,
        sendsWeb,
        object('autoscaling.karmada.io/v1alpha1', 'FederatedHPA/shop/web', {
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
            minReplicas: 6,
            maxReplicas: 9,
            metrics: [],
          },
        }),
        object('v1', 'ConfigMap/kube-system/dns'),
        object('coordination.k8s.io/v1', 'Lease/shop/lock'),
      ),
    },
    {
      name: 'the Service of a MultiClusterService',
      featureGates: ['MultiClusterService'],
      manifests: texts(
        web,
        serviceIn('shop', 'web'),
        sendsWeb,
        object('networking.karmada.io/v1alpha1', 'MultiClusterService/shop/web', { spec: { types: ['CrossCluster'] } }),
      ),
    },
    {
      name: 'what every cluster makes for itself, and what an owner makes',
      manifests: texts(
        web,
        sendsWeb,
        object('v1', 'ServiceAccount/shop/default'),
        object('v1', 'ConfigMap/shop/kube-root-ca.crt'),
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          metadata: { namespace: 'shop', name: 'web-1', ownerReferences: [{ kind: 'Deployment', name: 'web' }] },
        },
      ),
    },
  ],
  reports: [
    {
      // karmada-io/karmada#5237: without CrossCluster, the controller sends no Service.
      name: 'a Service whose MultiClusterService is about load balancers only',
      manifests: texts(
        web,
        serviceIn('shop', 'web'),
        sendsWeb,
        object('networking.karmada.io/v1alpha1', 'MultiClusterService/shop/web', { spec: { types: ['LoadBalancer'] } }),
      ),
      featureGates: ['MultiClusterService'],
      findings: [
        {
          object: 'Service/shop/web',
          message: 'Service/shop/web is selected by no policy',
          fix: 'add { apiVersion: v1, kind: Service, name: web } to the resourceSelectors of PropagationPolicy/shop/web',
        },
      ],
    },
    {
      name: 'a workload and its Service beside those that are selected',
      manifests: texts(
        web,
        serviceIn('shop', 'web'),
        deploymentIn('shop', 'cart'),
        serviceIn('shop', 'cart'),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web', 'v1 Service web']),
      ),
      findings: [
        {
          object: 'Deployment/shop/cart',
          message: 'Deployment/shop/cart is selected by no policy',
          fix: 'add { apiVersion: apps/v1, kind: Deployment, name: cart } to the resourceSelectors of PropagationPolicy/shop/web',
        },
        {
          object: 'Service/shop/cart',
          message: 'Service/shop/cart is selected by no policy',
          fix: 'add { apiVersion: v1, kind: Service, name: cart } to the resourceSelectors of PropagationPolicy/shop/web',
        },
      ],
    },
    {
      name: 'a Job whose label the policy does not select',
      manifests: texts(
        object('batch/v1', 'Job/night/import', {
          labels: { run: 'daily' },
          spec: { template: { spec: { containers: [{ name: 'import', image: 'import' }], restartPolicy: 'Never' } } },
        }),
        object('batch/v1', 'CronJob/night/report', {
          labels: { run: 'nightly' },
          spec: {
            schedule: '0 1 * * *',
            jobTemplate: { spec: { template: { spec: { containers: [{ name: 'report', image: 'report' }] } } } },
          },
        }),
        propagation('PropagationPolicy/night/jobs', [
          { apiVersion: 'batch/v1', kind: 'CronJob', labelSelector: { matchLabels: { run: 'nightly' } } },
          { apiVersion: 'batch/v1', kind: 'Job', labelSelector: { matchLabels: { run: 'nightly' } } },
        ]),
      ),
      findings: [
        {
          object: 'Job/night/import',
          message: 'Job/night/import is selected by no policy',
          fix: 'add { apiVersion: batch/v1, kind: Job, name: import } to the resourceSelectors of PropagationPolicy/night/jobs',
        },
      ],
    },
    {
      name: 'an app in a namespace that no policy is for',
      manifests: texts(web, sendsWeb, deploymentIn('billing', 'ledger'), object('v1', 'Namespace/billing')),
      findings: [
        {
          object: 'Deployment/billing/ledger',
          message: 'Deployment/billing/ledger is selected by no policy',
          fix: 'select Deployment/billing/ledger in a PropagationPolicy in namespace "billing"',
        },
      ],
    },
    {
      name: 'other kinds as warnings, with the policy of their namesake',
      manifests: texts(
        web,
        sendsWeb,
        object('networking.k8s.io/v1', 'NetworkPolicy/shop/web', { spec: { podSelector: {} } }),
        object('scheduling.k8s.io/v1', 'PriorityClass/urgent', { value: 10 }),
      ),
      findings: [
        {
          object: 'NetworkPolicy/shop/web',
          message: 'NetworkPolicy/shop/web is selected by no policy',
          fix: 'add { apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, name: web } to the resourceSelectors of PropagationPolicy/shop/web',
          severity: 'warning',
        },
        {
          object: 'PriorityClass/urgent',
          message: 'PriorityClass/urgent is selected by no policy',
          fix: 'select PriorityClass/urgent in a ClusterPropagationPolicy',
          severity: 'warning',
        },
      ],
    },
    {
      name: 'a ConfigMap once, behind the workload that would bring it along',
      manifests: texts(
        configured,
        config,
        deploymentIn('shop', 'cart'),
        propagation('PropagationPolicy/shop/cart', ['apps/v1 Deployment cart'], { propagateDeps: true }),
      ),
      findings: [
        {
          object: 'Deployment/shop/web',
          message: 'Deployment/shop/web is selected by no policy',
          fix: 'add { apiVersion: apps/v1, kind: Deployment, name: web } to the resourceSelectors of PropagationPolicy/shop/cart',
        },
        {
          object: 'ConfigMap/shop/web',
          message: 'ConfigMap/shop/web is selected by no policy',
          fix: 'add { apiVersion: v1, kind: ConfigMap, name: web } to the resourceSelectors of PropagationPolicy/shop/cart',
          severity: 'warning',
        },
      ],
    },
    {
      name: 'what may be meant for the control plane as an info',
      manifests: texts(
        web,
        sendsWeb,
        role,
        definitionOf('ops.example.com', 'Runbook'),
        object('ops.example.com/v1', 'Runbook/shop/restart'),
      ),
      findings: [
        {
          object: 'ClusterRole/policy-editor',
          message: 'ClusterRole/policy-editor is selected by no policy',
          fix: 'select ClusterRole/policy-editor in a ClusterPropagationPolicy',
          severity: 'info',
        },
        {
          object: 'CustomResourceDefinition/runbooks.ops.example.com',
          message: 'CustomResourceDefinition/runbooks.ops.example.com is selected by no policy',
          fix: 'select CustomResourceDefinition/runbooks.ops.example.com in a ClusterPropagationPolicy',
          severity: 'info',
        },
        {
          object: 'Runbook/shop/restart',
          message: 'Runbook/shop/restart is selected by no policy',
          fix: 'add { apiVersion: ops.example.com/v1, kind: Runbook, name: restart } to the resourceSelectors of PropagationPolicy/shop/web',
          severity: 'info',
        },
      ],
    },
    {
      name: 'everything as warnings where there is no policy at all',
      manifests: texts(web),
      findings: [
        {
          object: 'Deployment/shop/web',
          message: 'Deployment/shop/web is selected by no policy',
          fix: 'select Deployment/shop/web in a PropagationPolicy in namespace "shop"',
          severity: 'warning',
        },
      ],
    },
  ],
});
