import { describeRule } from '../../support/rule-cases';
import { overriding, sending, workload } from '../../support/workload-texts';

const web = workload('web') + sending(['Deployment web'], ['member1', 'member2']);
const tag = 'imageOverrider: [{ component: Tag, operator: replace, value: "2.0" }]';

describeRule('no-unreached-override', {
  passes: [
    {
      name: 'a rule for one of the clusters',
      manifests: web + overriding('tag', ['Deployment web'], tag, { clusters: ['member2'] }),
    },
    { name: 'a rule for all clusters', manifests: web + overriding('tag', ['Deployment web'], tag) },
    {
      name: 'a cluster by label',
      manifests:
        web +
        overriding('tag', ['Deployment app=web'], tag).replace(
          'overriders:',
          'targetCluster: { labelSelector: { matchLabels: { env: prod } } }\n      overriders:',
        ),
    },
    {
      name: 'a cluster that is chosen and gets no replica',
      manifests:
        workload('web', { replicas: 1 }) +
        sending(['Deployment web'], ['member1', 'member2', 'member3'], { divided: true }) +
        overriding('tag', ['Deployment web'], tag, { clusters: ['member2'] }),
    },
  ],
  reports: [
    {
      name: 'a cluster outside the placement',
      manifests: web + overriding('tag', ['Deployment web'], tag, { clusters: ['member3'] }),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].targetCluster',
          severity: 'warning',
          message: 'is for member3, but Deployment/default/web goes only to member1 and member2',
          fix: 'target member1 or member2, or send Deployment/default/web to member3 as well, or remove the rule',
        },
      ],
    },
    {
      name: 'clusters by a label that those of the placement do not have, in a cluster policy',
      manifests:
        web +
        overriding('tag', ['Deployment default/web'], tag, { namespace: '' }).replace(
          'overriders:',
          'targetCluster: { labelSelector: { matchLabels: { env: test } } }\n      overriders:',
        ),
      findings: [
        {
          object: 'ClusterOverridePolicy/tag',
          path: 'spec.overrideRules[0].targetCluster',
          severity: 'warning',
          message: 'is for member3, but Deployment/default/web goes only to member1 and member2',
          fix: 'target member1 or member2, or send Deployment/default/web to member3 as well, or remove the rule',
        },
      ],
    },
    {
      name: 'an object that is not there',
      manifests: web + overriding('tag', ['Deployment wbe'], tag),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.resourceSelectors[0]',
          severity: 'warning',
          message: 'selects Deployment "wbe" in namespace "default", which is not in the manifests',
          fix: 'write name: web, or remove the selector',
        },
      ],
    },
    {
      name: 'labels that nothing has',
      manifests: web + overriding('tag', ['Deployment app=api'], tag, { namespace: '' }),
      findings: [
        {
          object: 'ClusterOverridePolicy/tag',
          path: 'spec.resourceSelectors[0]',
          severity: 'warning',
          message: 'selects objects of kind Deployment labelled app: api, but the manifests have none',
          fix: 'add the Deployment to the manifests, or remove the selector',
        },
      ],
    },
    {
      name: 'an object that no policy propagates',
      manifests: workload('web') + overriding('tag', ['Deployment web'], tag),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.resourceSelectors',
          severity: 'warning',
          message: 'selects Deployment/default/web, which no policy propagates',
          fix: 'select Deployment/default/web in a PropagationPolicy, or remove the override',
        },
      ],
    },
    {
      name: 'one cluster of two, for a hint',
      manifests: web + overriding('tag', ['Deployment web'], tag, { clusters: ['member1', 'member3'] }),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].targetCluster.clusterNames[1]',
          severity: 'info',
          message: 'names cluster "member3", which receives no object that the policy selects',
          fix: 'remove "member3", or send the objects there',
        },
      ],
    },
  ],
});
