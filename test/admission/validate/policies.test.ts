import { describe, expect, test } from 'vitest';
import { callWebhooks } from '../../../src/admission';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { clusterPropagationPolicy, overridePolicy, propagationPolicy } from '../../support/karmada-objects';

/** What the webhooks say, one line a cause. */
function told(object: KubernetesObject): readonly string[] {
  return callWebhooks(object).causes.map(({ path, message }) => `${path}: ${message}`);
}

const placed = (placement: object): KubernetesObject => propagationPolicy({ placement });
const divided = { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' };
const region = (operator: string) => ({ matchExpressions: [{ key: 'region', operator, values: ['eu'] }] });
const application = { decisionConditions: { tolerationSeconds: 30 } };

// facts.md B.2, rule by rule.
describe('a propagation policy', () => {
  test.each([
    {
      what: 'clusterAffinity stands beside clusterAffinities',
      object: placed({ clusterAffinity: {}, clusterAffinities: [{ affinityName: 'a' }] }),
      expected: ['spec.placement: clusterAffinity and clusterAffinities exclude each other'],
    },
    {
      what: 'a field selector asks for an unknown field, or in an unknown way',
      object: placed({
        clusterAffinity: { fieldSelector: { matchExpressions: [{ key: 'cloud', operator: 'Exists' }] } },
      }),
      expected: [
        'spec.placement.clusterAffinity.fieldSelector.matchExpressions[0].key: clusters cannot be selected by "cloud"',
        'spec.placement.clusterAffinity.fieldSelector.matchExpressions[0].operator: operator "Exists" is not supported here',
      ],
    },
    {
      what: 'an affinity group has no proper name, or that of another',
      object: placed({ clusterAffinities: [{ affinityName: 'a b' }, { affinityName: 'c' }, { affinityName: 'c' }] }),
      expected: [
        'spec.placement.clusterAffinities[0].affinityName: affinity name "a b" must be letters, digits, "-", "_" and ".", with a letter or digit at both ends',
        'spec.placement.clusterAffinities[2].affinityName: two affinity groups are named "c"',
      ],
    },
    {
      what: 'replicas overflow without being divided by capacity',
      object: placed({
        clusterAffinities: [{ affinityName: 'a', clusterNames: ['m1'], overflowAffinities: [{ affinityName: 'b' }] }],
        replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' },
      }),
      expected: [
        'spec.placement.clusterAffinities[0].overflowAffinities: replicas overflow only if they are divided by free capacity',
      ],
    },
    {
      what: 'a group that overflows selects every cluster, and names repeat',
      object: placed({
        clusterAffinities: [
          { affinityName: 'a', overflowAffinities: [{ affinityName: 'a', fieldSelector: region('Exists') }] },
        ],
        replicaScheduling: divided,
      }),
      expected: [
        'spec.placement.clusterAffinities[0].overflowAffinities: the group selects every cluster, so no cluster is left for the overflow',
        'spec.placement.clusterAffinities[0].overflowAffinities[0].affinityName: "a" names the group itself or another overflow of it',
        'spec.placement.clusterAffinities[0].overflowAffinities[0].fieldSelector.matchExpressions[0].operator: operator "Exists" is not supported here',
      ],
    },
    {
      what: 'a spread constraint is by field and by label',
      object: placed({ spreadConstraints: [{ spreadByField: 'cluster', spreadByLabel: 'rack' }] }),
      expected: ['spec.placement.spreadConstraints[0]: spreadByField and spreadByLabel exclude each other'],
    },
    {
      what: 'numbers of groups are negative or out of order',
      object: placed({
        spreadConstraints: [
          { spreadByField: 'cluster', minGroups: -1, maxGroups: -2 },
          { spreadByField: 'region', minGroups: 3, maxGroups: 2 },
        ],
      }),
      expected: [
        'spec.placement.spreadConstraints[0].minGroups: must not be negative, got -1',
        'spec.placement.spreadConstraints[0].maxGroups: must not be negative, got -2',
        'spec.placement.spreadConstraints[1].maxGroups: at most 2 groups contradicts at least 3',
      ],
    },
    {
      what: 'two constraints spread by one field, and none by cluster',
      object: placed({ spreadConstraints: [{ spreadByField: 'region' }, { spreadByField: 'region' }] }),
      expected: [
        'spec.placement.spreadConstraints[1].spreadByField: two constraints spread by region',
        'spec.placement.spreadConstraints: replicas are spread by region without a number of clusters',
      ],
    },
    {
      what: 'workloads attract and repel each other by one label, which is none',
      object: placed({
        workloadAffinity: { affinity: { groupByLabelKey: '' }, antiAffinity: { groupByLabelKey: '' } },
      }),
      expected: [
        'spec.placement.workloadAffinity.affinity.groupByLabelKey: label key "" must not be empty',
        'spec.placement.workloadAffinity.antiAffinity.groupByLabelKey: label key "" must not be empty',
        'spec.placement.workloadAffinity: affinity and antiAffinity both group by label ""',
      ],
    },
    {
      what: 'a toleration compares',
      object: placed({ clusterTolerations: [{ key: 'a', operator: 'Lt', value: '1' }] }),
      expected: ['spec.placement.clusterTolerations[0].operator: operator Lt is for taints of nodes'],
    },
    {
      what: 'applications fail over without what they refer to',
      object: propagationPolicy({ failover: { application } }),
      expected: [
        'spec.propagateDeps: application failover moves a workload, so the objects that it references must move too',
      ],
    },
    {
      what: 'times of failover are no times, and a label to carry state is none',
      object: propagationPolicy({
        propagateDeps: true,
        failover: {
          application: {
            decisionConditions: { tolerationSeconds: -1 },
            purgeMode: 'Directly',
            gracePeriodSeconds: 0,
            statePreservation: { rules: [{ aliasLabelName: 'a/b/c', jsonPath: '{.x}' }] },
          },
        },
      }),
      expected: [
        'spec.failover.application.decisionConditions.tolerationSeconds: must not be negative, got -1',
        'spec.failover.application.gracePeriodSeconds: purgeMode Directly does not wait',
        'spec.failover.application.gracePeriodSeconds: must be above 0, got 0',
        'spec.failover.application.statePreservation.rules[0].aliasLabelName: label "a/b/c" must have at most one "/"',
      ],
    },
    {
      what: 'a selector is for another namespace',
      object: propagationPolicy({ resourceSelectors: [{ apiVersion: 'v1', kind: 'Service', namespace: 'other' }] }),
      expected: [
        'spec.resourceSelectors[0].namespace: the policy is in namespace "default" and cannot select in "other"',
      ],
    },
    {
      what: 'a policy that preempts selects by label',
      object: clusterPropagationPolicy({
        preemption: 'Always',
        resourceSelectors: [{ apiVersion: 'v1', kind: 'Service', labelSelector: { matchLabels: { app: 'shop' } } }],
      }),
      expected: [
        'spec.resourceSelectors[0].name: a policy that preempts must select each resource by name, so that it does not take over others by accident',
      ],
    },
    {
      what: 'everything is suspended, and some clusters too',
      object: propagationPolicy({ suspension: { dispatching: true, dispatchingOnClusters: { clusterNames: ['m1'] } } }),
      expected: [
        'spec.suspension: dispatching: true suspends every cluster, so it cannot be combined with dispatchingOnClusters',
      ],
    },
  ])('fails when $what', ({ object, expected }) => {
    expect(told(object)).toEqual(expected);
  });

  // facts.md B.2, "Not validated anywhere".
  test.each([
    {
      what: 'field selectors of weights',
      object: placed({
        replicaScheduling: {
          replicaSchedulingType: 'Divided',
          weightPreference: { staticWeightList: [{ targetCluster: { fieldSelector: region('Exists') }, weight: 1 }] },
        },
      }),
    },
    {
      what: 'operators of label selectors',
      object: placed({ clusterAffinity: { labelSelector: { matchExpressions: [{ key: 'a', operator: 'Near' }] } } }),
    },
    {
      what: 'static beside dynamic weights',
      object: placed({
        replicaScheduling: {
          replicaSchedulingType: 'Divided',
          weightPreference: { dynamicWeight: 'AvailableReplicas', staticWeightList: [] },
        },
      }),
    },
    {
      what: 'effects of tolerations',
      object: placed({ clusterTolerations: [{ key: 'a', operator: 'Exists', effect: 'Maybe' }] }),
    },
    {
      what: 'clusters to suspend while nothing is',
      object: propagationPolicy({
        suspension: { dispatching: false, dispatchingOnClusters: { clusterNames: ['m1'] } },
      }),
    },
    {
      what: 'a cluster policy for some namespace',
      object: clusterPropagationPolicy({
        resourceSelectors: [{ apiVersion: 'v1', kind: 'Service', namespace: 'other' }],
      }),
    },
  ])('passes: $what', ({ object }) => {
    expect(told(object)).toEqual([]);
  });
});

// facts.md B.3.
describe('an override policy', () => {
  const image = { imageOverrider: [{ component: 'Tag', operator: 'replace', value: '2' }] };
  const withSpec = (spec: object): KubernetesObject => {
    const object = overridePolicy(image);
    return { ...object, spec: { ...(object.spec as object), ...spec } };
  };
  const field = (fieldOverrider: object): KubernetesObject => overridePolicy({ fieldOverrider: [fieldOverrider] });

  test.each([
    {
      what: 'deprecated fields stand beside rules',
      object: withSpec({ targetCluster: {}, overriders: { plaintext: [{ path: '/a', operator: 'remove' }] } }),
      expected: [
        'spec.targetCluster: targetCluster and overrideRules exclude each other',
        'spec.overriders: overriders and overrideRules exclude each other',
      ],
    },
    {
      what: 'a rule selects clusters by an unknown operator',
      object: overridePolicy(image, { targetCluster: { fieldSelector: region('Like') } }),
      expected: [
        'spec.overrideRules[0].targetCluster.fieldSelector.matchExpressions[0].operator: operator "Like" is not supported here',
      ],
    },
    {
      what: 'labels and annotations are none',
      object: overridePolicy({
        labelsOverrider: [{ operator: 'add', value: { 'a b': 'c', tier: 'd e' } }],
        annotationsOverrider: [{ operator: 'add', value: { 'a b': 'anything' } }],
      }),
      expected: [
        'spec.overrideRules[0].overriders.annotationsOverrider[0].value: annotation key "a b" must be letters, digits, "-", "_" and ".", with a letter or digit at both ends',
        'spec.overrideRules[0].overriders.labelsOverrider[0].value: label key "a b" must be letters, digits, "-", "_" and ".", with a letter or digit at both ends',
        'spec.overrideRules[0].overriders.labelsOverrider[0].value: value "d e" of label "tier" must be empty, or letters, digits, "-", "_" and ".", with a letter or digit at both ends',
      ],
    },
    {
      what: 'annotations are too many',
      object: overridePolicy({ annotationsOverrider: [{ operator: 'add', value: { a: 'x'.repeat(262144) } }] }),
      expected: [
        'spec.overrideRules[0].overriders.annotationsOverrider[0].value: annotations have 262145 bytes in total, more than 262144',
      ],
    },
    {
      what: 'paths are no JSON pointers',
      object: overridePolicy({
        imageOverrider: [{ predicate: { path: 'spec/x' }, component: 'Tag', operator: 'remove' }],
        fieldOverrider: [{ fieldPath: 'data', json: [{ subPath: 'a', operator: 'remove' }] }],
      }),
      expected: [
        'spec.overrideRules[0].overriders.imageOverrider[0].predicate.path: "spec/x" must begin with "/"',
        'spec.overrideRules[0].overriders.fieldOverrider[0].fieldPath: "data" must begin with "/"',
        'spec.overrideRules[0].overriders.fieldOverrider[0].json[0].subPath: "a" must begin with "/"',
      ],
    },
    {
      what: 'a field is patched in no format',
      object: field({ fieldPath: '/data/x' }),
      expected: ['spec.overrideRules[0].overriders.fieldOverrider[0]: has neither json nor yaml patches'],
    },
    {
      what: 'a field is patched in two formats, without and with too many values',
      object: field({
        fieldPath: '/data/x',
        json: [{ subPath: '/a', operator: 'add', value: null }],
        yaml: [{ subPath: '/a', operator: 'remove', value: 0 }],
      }),
      expected: [
        'spec.overrideRules[0].overriders.fieldOverrider[0]: json and yaml exclude each other',
        'spec.overrideRules[0].overriders.fieldOverrider[0].json[0].value: add requires a value',
        'spec.overrideRules[0].overriders.fieldOverrider[0].yaml[0].value: remove takes no value, got 0',
      ],
    },
  ])('fails when $what', ({ object, expected }) => {
    expect(told(object)).toEqual(expected);
  });

  test('the deprecated overriders are not looked into, and fieldOverrider does not count as one', () => {
    expect(told(withSpec({ overriders: { fieldOverrider: [{ fieldPath: 'x' }] } }))).toEqual([]);
    const overriders = { labelsOverrider: [{ operator: 'add', value: { 'a b': 'c' } }] };
    expect(told(withSpec({ overrideRules: undefined, overriders }))).toEqual([]);
  });

  test('an empty list of rules counts only where no webhook writes the policy back', () => {
    const object = withSpec({ overrideRules: [], targetCluster: {} });
    expect(told(object)).toEqual([]);
    expect(told({ ...object, kind: 'ClusterOverridePolicy' })).toEqual([
      'spec.targetCluster: targetCluster and overrideRules exclude each other',
    ]);
  });
});
