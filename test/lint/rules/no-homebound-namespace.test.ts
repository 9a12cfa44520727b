import { deploymentIn, duplicatedOver, object, propagation, serviceIn, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const label = 'namespace.karmada.io/skip-auto-propagation';
const vault = object('v1', 'Namespace/vault', { labels: { [label]: 'true' } });
const keys = deploymentIn('vault', 'keys');
const sendsKeys = propagation('PropagationPolicy/vault/keys', ['apps/v1 Deployment keys']);

describeRule('no-homebound-namespace', {
  passes: [
    {
      name: 'a Namespace that Karmada sends',
      manifests: texts(object('v1', 'Namespace/vault', { labels: { [label]: 'false' } }), keys, sendsKeys),
    },
    {
      name: 'a Namespace at home whose content stays there too',
      manifests: texts(
        vault,
        object('v1', 'ConfigMap/vault/notes'),
        deploymentIn('shop', 'web'),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment']),
      ),
    },
    {
      name: 'a Namespace that a policy sends to the same clusters',
      manifests: texts(vault, keys, sendsKeys, propagation('ClusterPropagationPolicy/vault', ['v1 Namespace vault'])),
    },
  ],
  reports: [
    {
      name: 'a Service that a MultiClusterService sends',
      featureGates: ['MultiClusterService'],
      manifests: texts(
        vault,
        serviceIn('vault', 'keys'),
        object('networking.karmada.io/v1alpha1', 'MultiClusterService/vault/keys', {
          spec: { types: ['CrossCluster'] },
        }),
      ),
      findings: [
        {
          object: 'Namespace/vault',
          path: `metadata.labels[${label}]`,
          message: `Namespace "vault" is excluded from propagation by label and no policy sends it, but Service/vault/keys is propagated`,
          fix: `remove the label ${label}, or select the Namespace in a ClusterPropagationPolicy for the same clusters`,
        },
      ],
    },
    {
      name: 'content that is propagated',
      manifests: texts(vault, keys, sendsKeys),
      findings: [
        {
          object: 'Namespace/vault',
          path: 'metadata.labels[namespace.karmada.io/skip-auto-propagation]',
          message:
            'Namespace "vault" is excluded from propagation by label and no policy sends it, but Deployment/vault/keys is propagated',
          fix: 'remove the label namespace.karmada.io/skip-auto-propagation, or select the Namespace in a ClusterPropagationPolicy for the same clusters',
        },
      ],
    },
    {
      name: 'content of a cluster policy, with the label in another case',
      manifests: texts(
        object('v1', 'Namespace/vault', { labels: { [label]: 'True' } }),
        object('v1', 'ConfigMap/vault/notes'),
        keys,
        propagation('ClusterPropagationPolicy/all', ['apps/v1 Deployment', 'v1 ConfigMap']),
      ),
      findings: [
        {
          object: 'Namespace/vault',
          path: 'metadata.labels[namespace.karmada.io/skip-auto-propagation]',
          message:
            'Namespace "vault" is excluded from propagation by label and no policy sends it, but ConfigMap/vault/notes and Deployment/vault/keys are propagated',
          fix: 'remove the label namespace.karmada.io/skip-auto-propagation, or select the Namespace in a ClusterPropagationPolicy for the same clusters',
        },
      ],
    },
    {
      name: 'a policy that sends it to fewer clusters',
      manifests: texts(
        vault,
        keys,
        sendsKeys,
        propagation('ClusterPropagationPolicy/vault', ['v1 Namespace vault'], { placement: duplicatedOver('member1') }),
      ),
      findings: [
        {
          object: 'Namespace/vault',
          path: 'metadata.labels[namespace.karmada.io/skip-auto-propagation]',
          message: 'Namespace "vault" does not go to member2 and member3, which may receive Deployment/vault/keys',
          fix: 'add member2 and member3 to the placement of ClusterPropagationPolicy/vault, or remove the label namespace.karmada.io/skip-auto-propagation',
        },
      ],
    },
  ],
});
