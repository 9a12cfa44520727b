import { deploymentIn, labelling, object, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');

describeRule('no-unpropagatable-target', {
  passes: [
    {
      name: 'workloads, custom kinds and objects of the namespace default',
      manifests: texts(
        web,
        deploymentIn('default', 'tools'),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web', 'ops.example.com/v1 Runbook']),
        propagation('PropagationPolicy/default/tools', ['apps/v1 Deployment tools']),
      ),
    },
    {
      name: 'kinds of multi-cluster Services, which are not of Karmada',
      manifests: texts(
        object('multicluster.x-k8s.io/v1alpha1', 'ServiceExport/shop/web'),
        propagation('PropagationPolicy/shop/web', ['multicluster.x-k8s.io/v1alpha1 ServiceExport web']),
      ),
    },
  ],
  reports: [
    {
      name: 'an autoscaler of Karmada',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', [
          'apps/v1 Deployment web',
          'autoscaling.karmada.io/v1alpha1 FederatedHPA web',
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1].apiVersion',
          message:
            'PropagationPolicy/shop/web selects FederatedHPA "web", and Karmada never propagates the API group autoscaling.karmada.io',
          fix: 'remove the selector: there is nothing to propagate',
        },
      ],
    },
    {
      name: 'policies, Leases and Events',
      manifests: texts(
        web,
        propagation('ClusterPropagationPolicy/all', [
          'policy.karmada.io/v1alpha1 OverridePolicy',
          'coordination.k8s.io/v1 Lease',
          'v1 Event',
        ]),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.resourceSelectors[0].apiVersion',
          message:
            'ClusterPropagationPolicy/all selects objects of kind OverridePolicy, and Karmada never propagates the API group policy.karmada.io',
          fix: 'remove the selector: there is nothing to propagate',
        },
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.resourceSelectors[1].apiVersion',
          message: 'ClusterPropagationPolicy/all selects objects of kind Lease, and Karmada never propagates Leases',
          fix: 'remove the selector: there is nothing to propagate',
        },
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.resourceSelectors[2].kind',
          message: 'ClusterPropagationPolicy/all selects objects of kind Event, and Karmada never propagates Events',
          fix: 'remove the selector: there is nothing to propagate',
        },
      ],
    },
    {
      name: 'a system namespace in a cluster policy',
      manifests: texts(
        object('v1', 'ConfigMap/kube-system/coredns'),
        propagation('ClusterPropagationPolicy/dns', [
          { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'coredns' },
        ]),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/dns',
          path: 'spec.resourceSelectors[0].namespace',
          message:
            'ClusterPropagationPolicy/dns selects ConfigMap "coredns", and Karmada does not propagate from namespaces named kube-…, such as "kube-system"',
          fix: 'move the objects to propagate into another namespace',
        },
      ],
    },
    {
      name: 'a policy that is in a namespace of Karmada itself',
      manifests: texts(
        deploymentIn('karmada-system', 'agent'),
        propagation('PropagationPolicy/karmada-system/agent', ['apps/v1 Deployment agent']),
      ),
      findings: [
        {
          object: 'PropagationPolicy/karmada-system/agent',
          path: 'metadata.namespace',
          message:
            'PropagationPolicy/karmada-system/agent selects Deployment "agent", and Karmada keeps the namespace "karmada-system" to itself',
          fix: 'move the objects to propagate into another namespace',
        },
      ],
    },
    {
      name: 'a binding in an override policy',
      manifests: texts(
        labelling('OverridePolicy/shop/web', ['work.karmada.io/v1alpha2 ResourceBinding web-deployment']),
      ),
      findings: [
        {
          object: 'OverridePolicy/shop/web',
          path: 'spec.resourceSelectors[0].apiVersion',
          message:
            'OverridePolicy/shop/web selects ResourceBinding "web-deployment", and Karmada never propagates the API group work.karmada.io',
          fix: 'remove the selector: there is nothing to override',
        },
      ],
    },
  ],
});
