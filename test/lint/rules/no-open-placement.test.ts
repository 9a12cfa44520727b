import { Clusters, Placement } from '../../../src';
import { byCapacity, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const daemon = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: default }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { containers: [{ name: agent, image: example.com/agent:1.0 }] }
`;

describeRule('no-open-placement', {
  passes: [
    { name: 'named clusters', manifests: placed(`{ ${named('member1')}, ${duplicated} }`) },
    {
      name: 'every cluster, said by an empty label selector',
      manifests: placed(`{ clusterAffinity: { labelSelector: {} }, ${duplicated} }`),
    },
    {
      name: 'every cluster, said in a group',
      manifests: placed(
        `{ clusterAffinities: [{ affinityName: near, clusterNames: [member1] }, { affinityName: any, labelSelector: {} }], ${byCapacity} }`,
      ),
    },
    {
      name: 'every cluster, said in code',
      manifests: placed(JSON.stringify(Placement.duplicated(Clusters.all()).toSpec())),
    },
    { name: 'all but one', manifests: placed(`{ clusterAffinity: { exclude: [member3] }, ${duplicated} }`) },
  ],
  reports: [
    {
      name: 'an empty affinity',
      manifests: placed(`{ clusterAffinity: {}, ${duplicated} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity',
          severity: 'warning',
          message: 'clusterAffinity has no condition: web goes to every cluster, including clusters that join later',
          fix: 'list the clusters in clusterAffinity.clusterNames, or select them by label, region or provider; if every cluster is meant, write clusterAffinity: { labelSelector: {} }',
        },
      ],
    },
    {
      name: 'an affinity of empty selectors',
      manifests: placed(
        `{ clusterAffinity: { labelSelector: {}, fieldSelector: { matchExpressions: [] }, clusterNames: [] }, ${duplicated} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity',
          severity: 'warning',
          message: 'clusterAffinity has no condition: web goes to every cluster, including clusters that join later',
          fix: 'list the clusters in clusterAffinity.clusterNames, or select them by label, region or provider; if every cluster is meant, write clusterAffinity: { labelSelector: {} }',
        },
      ],
    },
    {
      name: 'no affinity',
      manifests: placed(`{ ${byCapacity} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement',
          severity: 'warning',
          message:
            'the placement has no clusterAffinity: web goes to every cluster, including clusters that join later',
          fix: 'list the clusters in clusterAffinity.clusterNames, or select them by label, region or provider; if every cluster is meant, write clusterAffinity: { labelSelector: {} }',
        },
      ],
    },
    {
      name: 'no placement, in a cluster policy',
      manifests: placed('{}')
        .replace('PropagationPolicy', 'ClusterPropagationPolicy')
        .replace('  placement: {}\n', '')
        .replace(
          'name: web, namespace: default }\nspec:\n  resourceSelectors',
          'name: web }\nspec:\n  resourceSelectors',
        ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec',
          severity: 'warning',
          message: 'there is no placement: web goes to every cluster, including clusters that join later',
          fix: 'list the clusters in clusterAffinity.clusterNames, or select them by label, region or provider; if every cluster is meant, write clusterAffinity: { labelSelector: {} }',
        },
      ],
    },
    {
      name: 'an empty group',
      manifests: placed(
        `{ clusterAffinities: [{ affinityName: near, clusterNames: [member1] }, { affinityName: any }], ${byCapacity} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinities[1]',
          severity: 'warning',
          message:
            'affinity group "any" has no condition: web may choose any cluster, including clusters that join later',
          fix: 'list the clusters in clusterAffinity.clusterNames, or select them by label, region or provider; if every cluster is meant, write clusterAffinity: { labelSelector: {} }',
        },
      ],
    },
    {
      name: 'what people want in every cluster',
      manifests:
        daemon +
        policyText('agents', `{ ${duplicated} }`, { selects: '{ apiVersion: apps/v1, kind: DaemonSet, name: agent }' }),
      findings: [
        {
          object: 'PropagationPolicy/default/agents',
          path: 'spec.placement',
          severity: 'info',
          message:
            'the placement has no clusterAffinity: agents goes to every cluster, including clusters that join later',
          fix: 'list the clusters in clusterAffinity.clusterNames, or select them by label, region or provider; if every cluster is meant, write clusterAffinity: { labelSelector: {} }',
        },
      ],
    },
    {
      name: 'any clusters, as many as wanted',
      manifests: placed(
        `{ spreadConstraints: [{ spreadByField: cluster, minGroups: 2, maxGroups: 2 }], ${byCapacity} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement',
          severity: 'info',
          message:
            'the placement has no clusterAffinity: web may choose any cluster, including clusters that join later',
          fix: 'list the clusters in clusterAffinity.clusterNames, or select them by label, region or provider; if every cluster is meant, write clusterAffinity: { labelSelector: {} }',
        },
      ],
    },
  ],
});
