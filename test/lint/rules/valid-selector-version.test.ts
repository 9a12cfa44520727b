import { definitionOf, deploymentIn, labelling, object, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const hpa = object('autoscaling/v2', 'HorizontalPodAutoscaler/shop/web', {
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 9 },
});
const backups = { ...definitionOf('db.example.com', 'Backup') };
const twoVersions = {
  ...backups,
  spec: {
    ...(backups.spec as object),
    versions: [
      { name: 'v1beta1', served: true, storage: false },
      { name: 'v1', served: true, storage: true },
    ],
  },
};

describeRule('valid-selector-version', {
  passes: [
    {
      name: 'built-in kinds in the preferred version',
      manifests: texts(
        web,
        hpa,
        propagation('PropagationPolicy/shop/web', [
          'apps/v1 Deployment web',
          'autoscaling/v2 HorizontalPodAutoscaler web',
        ]),
      ),
    },
    {
      name: 'kinds of other projects with the name of a built-in one',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', [
          'apps/v1 Deployment web',
          'serving.knative.dev/v1 Service web',
          'apps.kruise.io/v1beta1 StatefulSet web',
          'batch.volcano.sh/v1alpha1 Job web',
        ]),
      ),
    },
    {
      name: 'kinds of one project that are called alike',
      manifests: texts(
        object('source.toolkit.fluxcd.io/v1', 'GitRepository/shop/web'),
        object('argoproj.io/v1alpha1', 'ApplicationSet/shop/web'),
        propagation('PropagationPolicy/shop/web', [
          'source.toolkit.fluxcd.io/v1 OCIRepository web',
          'argoproj.io/v1alpha1 Application web',
        ]),
      ),
    },
    {
      name: 'a custom kind in the version that discovery prefers',
      manifests: texts(
        twoVersions,
        object('db.example.com/v1beta1', 'Backup/shop/nightly'),
        propagation('PropagationPolicy/shop/web', ['db.example.com/v1 Backup nightly']),
      ),
    },
  ],
  reports: [
    {
      name: 'a group with a letter missing',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', ['app/v1 Deployment web'])),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[0].apiVersion',
          message:
            'PropagationPolicy/shop/web selects Deployment "web" of app/v1: Karmada sees every Deployment as apps/v1',
          fix: 'write apiVersion: apps/v1',
        },
      ],
    },
    {
      name: 'versions that are served and not preferred, or are no more',
      manifests: texts(
        hpa,
        object('networking.k8s.io/v1', 'Ingress/shop/web'),
        propagation('PropagationPolicy/shop/web', [
          'autoscaling/v1 HorizontalPodAutoscaler web',
          'extensions/v1beta1 Ingress web',
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[0].apiVersion',
          message:
            'PropagationPolicy/shop/web selects HorizontalPodAutoscaler "web" of autoscaling/v1: Karmada sees every HorizontalPodAutoscaler as autoscaling/v2',
          fix: 'write apiVersion: autoscaling/v2',
        },
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1].apiVersion',
          message:
            'PropagationPolicy/shop/web selects Ingress "web" of extensions/v1beta1: Karmada sees every Ingress as networking.k8s.io/v1',
          fix: 'write apiVersion: networking.k8s.io/v1',
        },
      ],
    },
    {
      name: 'a kind in the plural, and one in lower case in an override',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployments']),
        labelling('OverridePolicy/shop/web', ['apps/v1 deployment web']),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[0].kind',
          message:
            'PropagationPolicy/shop/web selects objects of kind Deployments of apps/v1: the kind Deployments does not exist',
          fix: 'write kind: Deployment',
        },
        {
          object: 'OverridePolicy/shop/web',
          path: 'spec.resourceSelectors[0].kind',
          message: 'OverridePolicy/shop/web selects deployment "web" of apps/v1: the kind deployment does not exist',
          fix: 'write kind: Deployment',
        },
      ],
    },
    {
      name: 'a custom kind in the version that discovery does not prefer',
      manifests: texts(
        twoVersions,
        object('db.example.com/v1beta1', 'Backup/shop/nightly'),
        propagation('ClusterPropagationPolicy/backups', ['db.example.com/v1beta1 Backup']),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/backups',
          path: 'spec.resourceSelectors[0].apiVersion',
          message:
            'ClusterPropagationPolicy/backups selects objects of kind Backup of db.example.com/v1beta1: Karmada sees every Backup as db.example.com/v1',
          fix: 'write apiVersion: db.example.com/v1',
        },
      ],
    },
    {
      name: 'a custom kind without a definition in another version, and with a slip',
      manifests: texts(
        object('ops.example.com/v1', 'Runbook/shop/restart'),
        propagation('PropagationPolicy/shop/web', [
          'ops.example.com/v1alpha1 Runbook restart',
          'ops.example.com/v1 Runbok restart',
          'ops.exmaple.com/v1 Runbook',
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[0].apiVersion',
          message:
            'PropagationPolicy/shop/web selects Runbook "restart" of ops.example.com/v1alpha1: every Runbook here is ops.example.com/v1',
          fix: 'write apiVersion: ops.example.com/v1',
        },
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1].kind',
          message:
            'PropagationPolicy/shop/web selects Runbok "restart" of ops.example.com/v1: ops.example.com has no kind Runbok',
          fix: 'write kind: Runbook',
        },
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[2].apiVersion',
          message:
            'PropagationPolicy/shop/web selects objects of kind Runbook of ops.exmaple.com/v1: every Runbook here is ops.example.com/v1',
          fix: 'write apiVersion: ops.example.com/v1',
        },
      ],
    },
    {
      name: 'a kind that Kubernetes does not have',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web', 'v1 Whatever web'])),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1].kind',
          message: 'PropagationPolicy/shop/web selects Whatever "web" of v1: v1 has no kind Whatever',
          fix: 'use the apiVersion and kind of the object',
        },
      ],
    },
  ],
});
