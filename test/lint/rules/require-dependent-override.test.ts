import { deploymentIn, labelling, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const waitsFor = (key: string, ...dependentOverrides: readonly string[]) =>
  propagation(key, ['apps/v1 Deployment'], { dependentOverrides });
const override = (key: string) => labelling(key, ['apps/v1 Deployment']);

describeRule('require-dependent-override', {
  passes: [
    {
      name: 'an OverridePolicy of the namespace, and a ClusterOverridePolicy',
      manifests: texts(
        web,
        waitsFor('PropagationPolicy/shop/web', 'registry'),
        override('OverridePolicy/shop/registry'),
        waitsFor('ClusterPropagationPolicy/all', 'zone'),
        override('ClusterOverridePolicy/zone'),
      ),
    },
    {
      name: 'no override to wait for',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment'])),
    },
  ],
  reports: [
    {
      name: 'a name with a slip',
      manifests: texts(
        web,
        waitsFor('PropagationPolicy/shop/web', 'regisrty'),
        override('OverridePolicy/shop/registry'),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.dependentOverrides[0]',
          message:
            'PropagationPolicy/shop/web waits for OverridePolicy "regisrty" in namespace "shop", which is not in the manifests',
          fix: 'write "registry", or add "regisrty"',
        },
      ],
    },
    {
      name: 'one of two that is in another namespace',
      manifests: texts(
        web,
        waitsFor('PropagationPolicy/shop/web', 'registry', 'zone'),
        override('OverridePolicy/shop/registry'),
        override('OverridePolicy/tools/zone'),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.dependentOverrides[1]',
          message:
            'PropagationPolicy/shop/web waits for OverridePolicy "zone" in namespace "shop", but there is only OverridePolicy/tools/zone',
          fix: 'make it an OverridePolicy in namespace "shop", or remove "zone" from dependentOverrides',
        },
      ],
    },
    {
      name: 'the kind of the other scope, both ways',
      manifests: texts(
        web,
        waitsFor('PropagationPolicy/shop/web', 'zone'),
        override('ClusterOverridePolicy/zone'),
        waitsFor('ClusterPropagationPolicy/all', 'registry'),
        override('OverridePolicy/shop/registry'),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.dependentOverrides[0]',
          message:
            'PropagationPolicy/shop/web waits for OverridePolicy "zone" in namespace "shop", but there is only ClusterOverridePolicy/zone',
          fix: 'make it an OverridePolicy in namespace "shop", or remove "zone" from dependentOverrides',
        },
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.dependentOverrides[0]',
          message:
            'ClusterPropagationPolicy/all waits for ClusterOverridePolicy "registry", but there is only OverridePolicy/shop/registry',
          fix: 'make it a ClusterOverridePolicy, or remove "registry" from dependentOverrides',
        },
      ],
    },
    {
      name: 'an override that is nowhere',
      manifests: texts(web, waitsFor('ClusterPropagationPolicy/all', 'zone')),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.dependentOverrides[0]',
          message: 'ClusterPropagationPolicy/all waits for ClusterOverridePolicy "zone", which is not in the manifests',
          fix: 'add it, or remove "zone" from dependentOverrides',
        },
      ],
    },
    {
      name: 'as an info where there is nothing but the policy',
      manifests: texts(waitsFor('PropagationPolicy/shop/web', 'registry')),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.dependentOverrides[0]',
          message:
            'PropagationPolicy/shop/web waits for OverridePolicy "registry" in namespace "shop", which is not in the manifests',
          fix: 'add it, or remove "registry" from dependentOverrides',
          severity: 'info',
        },
      ],
    },
  ],
});
