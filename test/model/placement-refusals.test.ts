import { describe, expect, test } from 'vitest';
import { Clusters } from '../../src/model/clusters';
import { Placement } from '../../src/model/placement';
import { refusal, untyped } from '../support/refusal';

type Refusal = readonly [situation: string, call: () => unknown, code: string, message: string];

const wholeNumber = 'weight of cluster "member1" must be a whole number of at least 1, got';
const proportion = 'only their proportion counts';

const weights: readonly Refusal[] = [
  [
    'a weight is 0',
    () => Placement.weighted({ member1: 0, member2: 1 }),
    'placement.weight',
    `${wholeNumber} 0\n  fix: omit "member1" to send it no replicas`,
  ],
  [
    'a weight is negative',
    () => Placement.weighted({ member1: -1 }),
    'placement.weight',
    `${wholeNumber} -1\n  fix: give a whole number, such as 1`,
  ],
  [
    'a weight is fractional',
    () => Placement.weighted({ member1: 1.5 }),
    'placement.weight',
    `${wholeNumber} 1.5\n  fix: multiply all weights by the same number until they are whole: ${proportion}`,
  ],
  [
    'a weight is not a number',
    () => Placement.weighted({ member1: Number.NaN }),
    'placement.weight',
    `${wholeNumber} NaN\n  fix: give a whole number, such as 1`,
  ],
  [
    'a weight is infinite',
    () => Placement.weighted({ member1: Number.POSITIVE_INFINITY }),
    'placement.weight',
    `${wholeNumber} Infinity\n  fix: give a whole number, such as 1`,
  ],
  [
    'a weight is a string',
    () => Placement.weighted({ member1: untyped('3') }),
    'placement.weight',
    `${wholeNumber} "3"\n  fix: give a whole number, such as 1`,
  ],
  [
    'a weight is above int64',
    () => Placement.weighted({ member1: 2 ** 63 }),
    'placement.weight',
    `weight of cluster "member1" is 9223372036854776000, above the int64 range of Karmada\n  fix: divide all weights by the same number: ${proportion}`,
  ],
  [
    'a weight is above what JavaScript holds exactly',
    () => Placement.weighted({ member1: 2 ** 53 }),
    'placement.weight',
    `weight of cluster "member1" is 9007199254740992, above 9007199254740991, the greatest whole number that JavaScript represents exactly\n  fix: divide all weights by the same number: ${proportion}`,
  ],
  [
    'there are no weights',
    () => Placement.weighted({}),
    'placement.weights',
    'Placement.weighted has no weights\n  fix: give each cluster a weight, such as { member1: 1 }, or use evenly or duplicated',
  ],
  [
    'a cluster has two weights',
    () =>
      Placement.weighted([
        { clusters: Clusters.in('a', 'b'), weight: 1 },
        { clusters: Clusters.in('b'), weight: 2 },
      ]),
    'placement.weights',
    'Placement.weighted has two weights for cluster "b", and Karmada uses the greater one\n  fix: keep one weight for "b"',
  ],
  [
    'a weight is for a cluster that is not eligible',
    () => Placement.weighted({ a: 1, b: 1 }, Clusters.except('b')),
    'placement.weights',
    'cluster "b" has a weight, but is not eligible in this placement\n  fix: remove the weight of "b", or make the cluster eligible',
  ],
  [
    'a property of a weight is misspelled',
    () => Placement.weighted([untyped({ cluster: Clusters.in('a'), weight: 1 })]),
    'property.unknown',
    'weight has no property "cluster"\n  fix: write "clusters" in place of "cluster"',
  ],
  [
    'a group names a cluster without a weight',
    () => Placement.weighted({ a: 1 }).named('primary').orElse('backup', 'b'),
    'placement.weights',
    'affinity "backup" names b without a weight\n  fix: give weights instead of names, such as orElse("backup", { "b": 1 })',
  ],
  [
    'a group gives a cluster another weight',
    () => Placement.weighted({ a: 1 }).named('primary').orElse('backup', { a: 2 }),
    'placement.weights',
    'orElse has two weights for cluster "a", and Karmada uses the greater one\n  fix: keep one weight for "a"',
  ],
  [
    'exactly no replicas are asked for',
    () => Placement.exactly({ a: 2, b: 0 }),
    'placement.replicas',
    'replicas of cluster "b" must be a whole number of at least 1, got 0\n  fix: omit "b" to send it no replicas',
  ],
  [
    'exactly is given no clusters',
    () => Placement.exactly({}),
    'placement.replicas',
    'Placement.exactly has no clusters\n  fix: give the number of replicas of each cluster, such as { member1: 2 }',
  ],
  [
    'exact replicas add up to more than int32',
    () => Placement.exactly({ a: 2 ** 31 - 1, b: 1 }),
    'placement.replicas',
    'Placement.exactly adds up to 2147483648 replicas, and Kubernetes allows 2147483647\n  fix: give smaller numbers',
  ],
  [
    'exactly so many replicas have other clusters to try',
    () => Placement.exactly({ a: 1 }).named('primary').orElse('backup', 'b'),
    'placement.groups',
    'a placement with exact replicas cannot have further groups of clusters\n  fix: use weighted, and pass weights to orElse',
  ],
];

const clusters: readonly Refusal[] = [
  [
    'a cluster is there twice',
    () => Placement.duplicated('a', 'a'),
    'clusters.duplicate',
    'Placement.duplicated names cluster "a" twice\n  fix: name "a" once',
  ],
  [
    'a list of names came out empty',
    () => Placement.aggregated(),
    'clusters.empty',
    'Placement.aggregated names no cluster\n  fix: name at least one, or pass Clusters.all() for every cluster',
  ],
  [
    'names are in a list',
    () => Placement.evenly(untyped(['a', 'b'])),
    'property.type',
    'Placement.evenly takes cluster names or one Clusters, got ["a","b"]\n  fix: write Placement.evenly("member1", "member2"), or Placement.evenly(Clusters.where({ region: "eu" }))',
  ],
  [
    'a name stands beside Clusters',
    () => Placement.duplicated(untyped(Clusters.in('a')), untyped('b')),
    'property.type',
    'Placement.duplicated takes cluster names or one Clusters, got Clusters and further arguments\n  fix: write Placement.duplicated("member1", "member2"), or Placement.duplicated(Clusters.where({ region: "eu" }))',
  ],
  [
    'a name is none',
    () => Placement.duplicated('member.1'),
    'cluster.name',
    'Placement.duplicated: cluster name "member.1" must be lower case letters, digits and "-", with a letter or digit at both ends\n  fix: use the name that `kubectl get clusters` prints',
  ],
];

const groups: readonly Refusal[] = [
  [
    'an affinity name is there twice',
    () => Placement.duplicated('a').named('primary').orElse('primary', 'b'),
    'placement.affinity-name',
    'clusterAffinities[1].affinityName: two affinity groups are named "primary"\n  fix: give each group a unique name',
  ],
  [
    'an affinity name is too long',
    () => Placement.duplicated('a').named('x'.repeat(33)),
    'placement.affinity-name',
    `affinity name "${'x'.repeat(33)}" has 33 characters, and Karmada allows 32\n  fix: give a short name such as "primary"`,
  ],
  [
    'an affinity name is no label key',
    () => Placement.duplicated('a').named('first choice'),
    'placement.affinity-name',
    'clusterAffinities[0].affinityName: affinity name "first choice" must be letters, digits, "-", "_" and ".", with a letter or digit at both ends\n  fix: use a name such as primary',
  ],
  [
    'clusters are named twice',
    () => Placement.duplicated('a').named('primary').named('first'),
    'placement.groups',
    'the clusters already have the name "primary"\n  fix: use orElse("first", …) for the next group',
  ],
  [
    'there is a next group and no first',
    () => Placement.duplicated('a').orElse('backup', 'b'),
    'placement.groups',
    'orElse needs a name for the clusters before it\n  fix: write .named("primary").orElse(…)',
  ],
  [
    'a group overflows although room does not count',
    () => Placement.evenly('a').named('own').overflowingTo('rented', 'b'),
    'placement.overflow',
    'clusterAffinities[0].overflowAffinities: replicas overflow only if they are divided by free capacity\n  fix: set replicaSchedulingType: Divided with replicaDivisionPreference: Aggregated or with dynamicWeight: AvailableReplicas',
  ],
  [
    'a group of every cluster overflows',
    () => Placement.aggregated(Clusters.all()).named('own').overflowingTo('rented', 'b'),
    'placement.overflow',
    'clusterAffinities[0].overflowAffinities: the group selects every cluster, so no cluster is left for the overflow\n  fix: select the clusters that come first with clusterNames, labelSelector, fieldSelector or exclude',
  ],
  [
    'an overflow has the name of its group',
    () => Placement.aggregated('a').named('own').overflowingTo('own', 'b'),
    'placement.affinity-name',
    'clusterAffinities[0].overflowAffinities[0].affinityName: "own" names the group itself or another overflow of it\n  fix: give each overflow a unique name',
  ],
  [
    'a manifest has both affinity and affinity groups',
    () => Placement.fromSpec({ clusterAffinity: {}, clusterAffinities: [{ affinityName: 'a' }] }),
    'placement.affinities',
    'placement has both clusterAffinity and clusterAffinities, which Karmada rejects\n  fix: move the clusterAffinity into clusterAffinities, as the first item, with a name',
  ],
];

const spreads: readonly Refusal[] = [
  [
    'a minimum is above its maximum',
    () => Placement.duplicated('a').spreadOver({ cluster: { min: 3, max: 2 } }),
    'spread.range',
    'spreadConstraints[0].maxGroups: at most 2 groups contradicts at least 3\n  fix: raise maxGroups to 3 or more',
  ],
  [
    'a maximum is missing',
    () => Placement.duplicated('a').spreadOver(untyped({ cluster: { min: 1 } })),
    'spread.max',
    'spread over cluster has no maximum, so Karmada selects no cluster\n  fix: give max, the maximum number of clusters; a number above the size of the fleet is no limit',
  ],
  [
    'a maximum is 0',
    () => Placement.fromSpec({ spreadConstraints: [{ spreadByField: 'cluster', maxGroups: 0 }] }),
    'spread.max',
    'spread over cluster has the maximum 0, so Karmada selects no cluster\n  fix: give max, the maximum number of clusters; a number above the size of the fleet is no limit',
  ],
  [
    'a minimum is negative',
    () => Placement.duplicated('a').spreadOver({ cluster: { min: -1, max: 2 } }),
    'spread.min',
    'spread over cluster: min must be a whole number of at least 1, got -1\n  fix: give the number of groups',
  ],
  [
    'a field is without a spread over clusters',
    () => Placement.duplicated('a').spreadOver(untyped({ region: { max: 2 }, zone: { max: 2 } })),
    'spread.cluster',
    'spreadConstraints: replicas are spread by region and zone without a number of clusters\n  fix: add a constraint with spreadByField: cluster and its minGroups and maxGroups',
  ],
  [
    'a field is misspelled',
    () => Placement.duplicated('a').spreadOver(untyped({ cluster: { max: 2 }, regoin: { max: 2 } })),
    'property.unknown',
    'spreadOver has no property "regoin"\n  fix: write "region" in place of "regoin"',
  ],
  [
    'a spread is empty',
    () => Placement.duplicated('a').spreadOver(untyped({})),
    'spread.empty',
    'spreadOver has no field\n  fix: write it like spreadOver({ cluster: { min: 1, max: 2 } })',
  ],
  [
    'a field is there twice, once by default',
    () => Placement.fromSpec({ spreadConstraints: [{ spreadByField: 'cluster', maxGroups: 1 }, { maxGroups: 2 }] }),
    'spread.duplicate',
    'spreadConstraints[1].spreadByField: two constraints spread by cluster\n  fix: merge them into one',
  ],
  [
    'a spread is by field and label at once',
    () => Placement.fromSpec({ spreadConstraints: [{ spreadByField: 'region', spreadByLabel: 'rack', maxGroups: 1 }] }),
    'spread.label',
    'spread is by field "region" and by label "rack" at once, which Karmada rejects\n  fix: spread by one field: cluster, region, zone, provider',
  ],
  [
    'a spread is by label',
    () => Placement.fromSpec({ spreadConstraints: [{ spreadByLabel: 'rack', maxGroups: 1 }] }),
    'spread.label',
    'spread is by label "rack", which Karmada does not implement: nothing would be scheduled\n  fix: spread by one field: cluster, region, zone, provider',
  ],
  [
    'weights are fixed',
    () => Placement.weighted({ a: 1 }).spreadOver({ cluster: { max: 1 } }),
    'placement.ignored',
    'Karmada ignores spread constraints if the weights are fixed\n  fix: omit spreadOver and name the clusters, or use duplicated, aggregated or dynamicallyWeighted',
  ],
];

const manifests: readonly Refusal[] = [
  [
    'a property is misspelled',
    () => Placement.fromSpec(untyped({ clusterAfinity: {} })),
    'property.unknown',
    'placement has no property "clusterAfinity"\n  fix: write "clusterAffinity" in place of "clusterAfinity"',
  ],
  [
    'a type of scheduling is misspelled',
    () => Placement.fromSpec({ replicaScheduling: { replicaSchedulingType: 'Duplicate' } }),
    'property.value',
    'replicaSchedulingType must be Duplicated or Divided, got "Duplicate"\n  fix: write "Duplicated"',
  ],
  [
    'static weights stand beside a dynamic one',
    () =>
      Placement.fromSpec({
        replicaScheduling: {
          weightPreference: {
            dynamicWeight: 'AvailableReplicas',
            staticWeightList: [{ targetCluster: {}, weight: 1 }],
          },
        },
      }),
    'placement.ignored',
    'Karmada ignores staticWeightList in combination with dynamicWeight\n  fix: remove staticWeightList or dynamicWeight',
  ],
  [
    'weights stand beside Duplicated',
    () => Placement.fromSpec({ replicaScheduling: { replicaSchedulingType: 'Duplicated', weightPreference: {} } }),
    'placement.ignored',
    'Karmada ignores weightPreference in combination with Duplicated\n  fix: remove weightPreference or Duplicated',
  ],
  [
    'weights are empty',
    () => Placement.fromSpec({ replicaScheduling: { weightPreference: { staticWeightList: [] } } }),
    'placement.weights',
    'weightPreference has no weights\n  fix: give each cluster a weight, such as { member1: 1 }, or use evenly or duplicated',
  ],
  [
    'a weight has no target',
    () =>
      Placement.fromSpec({ replicaScheduling: { weightPreference: { staticWeightList: [untyped({ weight: 1 })] } } }),
    'property.type',
    'staticWeightList: targetCluster must be an object, got undefined\n  fix: give an object with clusterNames, exclude, fieldSelector or labelSelector',
  ],
  [
    'a workload affinity has no key',
    () => Placement.fromSpec({ workloadAffinity: { affinity: untyped({}) } }),
    'placement.workload-affinity',
    'workloadAffinity.affinity.groupByLabelKey: label key "" must not be empty\n  fix: give the key of the label that groups the templates',
  ],
  [
    'both workload affinities have the same key',
    () => Placement.duplicated('a').withWorkloadAffinity('x').withWorkloadAntiAffinity('x'),
    'placement.workload-affinity',
    'workloadAffinity: affinity and antiAffinity both group by label "x"\n  fix: use another label for one of them',
  ],
  [
    'a toleration is a plain object',
    () => Placement.duplicated('a').tolerating(untyped({ key: 'x' })),
    'property.type',
    'tolerating takes Tolerations, got {"key":"x"}\n  fix: write Toleration.of({ key: "maintenance" })',
  ],
  [
    'a list is none',
    () => Placement.fromSpec(untyped({ spreadConstraints: {} })),
    'property.type',
    'spreadConstraints must be a list, got {}\n  fix: write it in square brackets, even a single one',
  ],
];

describe.each([
  ['weights and replicas', weights],
  ['clusters', clusters],
  ['affinity groups', groups],
  ['spread', spreads],
  ['manifests and plain JavaScript', manifests],
])('Placement: %s', (_, refusals) => {
  test.each(refusals)('fails when %s', (_situation, call, code, message) => {
    expect(refusal(call)).toEqual({ code, message });
  });
});
