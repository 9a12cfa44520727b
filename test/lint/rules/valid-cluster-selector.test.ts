import { aggregated, byWeights, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const override = `---
apiVersion: policy.karmada.io/v1alpha1
kind: ClusterOverridePolicy
metadata: { name: web }
spec:
  resourceSelectors: [{ apiVersion: apps/v1, kind: Deployment, name: web, namespace: default }]
  overrideRules:
    - targetCluster: { labelSelector: { matchExpressions: [{ key: env, operator: Exists, values: [prod] }] } }
      overriders: { labelsOverrider: [{ operator: add, value: { a: b } }] }
`;

describeRule('valid-cluster-selector', {
  passes: [
    {
      name: 'every operator there is, in labels',
      manifests: placed(
        `{ clusterAffinity: { labelSelector: { matchExpressions: [{ key: env, operator: In, values: [prod] }, { key: a, operator: NotIn, values: [b] }, { key: env, operator: Exists }, { key: c, operator: DoesNotExist }] } }, ${duplicated} }`,
      ),
    },
    {
      name: 'Exists in a fieldSelector of a weight, where it works',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${byWeights(['{ fieldSelector: { matchExpressions: [{ key: region, operator: Exists }] } }', 1])} }`,
      ),
    },
  ],
  reports: [
    {
      name: 'an operator that there is not, in a weight',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${byWeights(['{ labelSelector: { matchExpressions: [{ key: env, operator: Equals, values: [prod] }] } }', 1], ['{ clusterNames: [member2] }', 1])} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[0].targetCluster.labelSelector.matchExpressions[0].operator',
          severity: 'error',
          message: '"Equals" of the key "env" is not an operator: the weight applies to no cluster',
          fix: 'use In, NotIn, Exists or DoesNotExist, here probably In',
        },
      ],
    },
    {
      name: 'a field that clusters do not have, in a weight',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${byWeights(['{ fieldSelector: { matchExpressions: [{ key: regions, operator: In, values: [eu] }] } }', 1], ['{ clusterNames: [member2] }', 1])} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[0].targetCluster.fieldSelector.matchExpressions[0].key',
          severity: 'error',
          message: 'fieldSelector has the key "regions", which clusters do not have: the weight applies to no cluster',
          fix: 'write "region"',
        },
      ],
    },
    {
      name: 'an operator of labels in a field, in a weight',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${byWeights(['{ fieldSelector: { matchExpressions: [{ key: zone, operator: in, values: [eu-1] }] } }', 1], ['{ clusterNames: [member2] }', 1])} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[0].targetCluster.fieldSelector.matchExpressions[0].operator',
          severity: 'error',
          message: 'fieldSelector zone has the unknown operator "in": the weight applies to no cluster',
          fix: 'write "In"',
        },
      ],
    },
    {
      name: 'In without values, in the affinity of a cluster policy',
      manifests: policyText(
        'all',
        `{ clusterAffinity: { labelSelector: { matchExpressions: [{ key: env, operator: In }] } }, ${duplicated} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.clusterAffinity.labelSelector.matchExpressions[0].values',
          severity: 'error',
          message: 'In of the key "env" has no values: no cluster matches',
          fix: 'list the values of "env", or use Exists',
        },
      ],
    },
    {
      name: 'In without values, in the fieldSelector of an affinity group',
      manifests: placed(
        `{ clusterAffinities: [{ affinityName: eu, fieldSelector: { matchExpressions: [{ key: region, operator: In }] } }, { affinityName: us, clusterNames: [member3] }], ${aggregated} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinities[0].fieldSelector.matchExpressions[0].values',
          severity: 'error',
          message: 'fieldSelector region has In without values: no cluster matches',
          fix: 'add at least one value',
        },
      ],
    },
    {
      name: 'Exists with values, in an override',
      manifests: override,
      findings: [
        {
          object: 'ClusterOverridePolicy/web',
          path: 'spec.overrideRules[0].targetCluster.labelSelector.matchExpressions[0].values',
          severity: 'error',
          message: 'Exists of the key "env" has values, which it must not: no cluster matches',
          fix: 'remove the values, or use In',
        },
      ],
    },
  ],
});
