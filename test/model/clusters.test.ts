import { describe, expect, test } from 'vitest';
import type { ClusterAffinitySpec } from '../../src/karmada/policy-spec';
import { Clusters } from '../../src/model/clusters';
import { refusal, untyped } from '../support/refusal';

describe('Clusters', () => {
  test.each<[string, Clusters, ClusterAffinitySpec]>([
    ['names, in order', Clusters.in('b', 'a'), { clusterNames: ['b', 'a'] }],
    ['every cluster', Clusters.all(), {}],
    ['every cluster except some', Clusters.except('a', 'b'), { exclude: ['a', 'b'] }],
    ['a label', Clusters.where({ labels: { tier: 'gold' } }), { labelSelector: { matchLabels: { tier: 'gold' } } }],
    [
      'conditions on labels',
      Clusters.where({
        labels: { tier: { in: ['gold', 'silver'] }, zone: { notIn: ['a'], exists: true }, spot: { exists: false } },
      }),
      {
        labelSelector: {
          matchExpressions: [
            { key: 'tier', operator: 'In', values: ['gold', 'silver'] },
            { key: 'zone', operator: 'NotIn', values: ['a'] },
            { key: 'zone', operator: 'Exists' },
            { key: 'spot', operator: 'DoesNotExist' },
          ],
        },
      },
    ],
    [
      'topology',
      Clusters.where({ region: 'eu', provider: { notIn: ['aws'] }, zone: { in: ['a', 'b'] } }),
      {
        fieldSelector: {
          matchExpressions: [
            { key: 'region', operator: 'In', values: ['eu'] },
            { key: 'provider', operator: 'NotIn', values: ['aws'] },
            { key: 'zone', operator: 'In', values: ['a', 'b'] },
          ],
        },
      },
    ],
    [
      'everything together',
      Clusters.in('a', 'b')
        .where({ labels: { tier: 'gold' } })
        .where({ region: 'eu', labels: { gpu: 'yes' } })
        .except('c'),
      {
        labelSelector: { matchLabels: { tier: 'gold', gpu: 'yes' } },
        fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] },
        clusterNames: ['a', 'b'],
        exclude: ['c'],
      },
    ],
  ])('writes %s, and reads it back as the same value', (_, clusters, spec) => {
    expect(clusters.toSpec()).toEqual(spec);
    expect(Clusters.fromSpec(spec)).toEqual(clusters);
  });

  test('stay as they are when narrowed', () => {
    const all = Clusters.all();
    all.where({ region: 'eu' }).except('a');
    expect(all.isAll).toBe(true);
    expect(all.toSpec()).toEqual({});
  });

  test('cannot be changed, nor through what they were made of', () => {
    const names = ['a', 'b'];
    const clusters = Clusters.fromSpec({ clusterNames: names });
    names.push('c');
    expect(clusters.names).toEqual(['a', 'b']);
    expect(Object.isFrozen(clusters)).toBe(true);
    expect(Object.isFrozen(clusters.toSpec().clusterNames)).toBe(true);
  });

  test('take empty lists and null of a manifest as absent, as Karmada does', () => {
    const spec = untyped({
      clusterNames: [],
      exclude: null,
      labelSelector: {},
      fieldSelector: { matchExpressions: [] },
    });
    expect(Clusters.fromSpec(spec).toSpec()).toEqual({ labelSelector: {}, fieldSelector: {} });
    expect(Clusters.fromSpec(spec).isAll).toBe(true);
  });

  const refusals: [string, () => unknown, string, string][] = [
    [
      'there is no name',
      () => Clusters.in(),
      'clusters.empty',
      'Clusters.in names no cluster\n  fix: name at least one, or use Clusters.all() for every cluster',
    ],
    [
      'a name is there twice',
      () => Clusters.in('a', 'a'),
      'clusters.duplicate',
      'Clusters.in names cluster "a" twice\n  fix: name "a" once',
    ],
    [
      'a name is excluded twice',
      () => Clusters.except('a').except('a'),
      'clusters.duplicate',
      'cluster affinity: exclude names cluster "a" twice\n  fix: name "a" once',
    ],
    [
      'a name is both asked for and excluded',
      () => Clusters.in('a', 'b').except('b'),
      'clusters.contradiction',
      'cluster affinity both names and excludes cluster "b", and in Karmada the exclusion wins\n  fix: remove "b" from one of the two lists',
    ],
    [
      'there is no condition',
      () => Clusters.where({}),
      'clusters.empty',
      'Clusters.where has no conditions\n  fix: give labels, region, provider or zone, or use Clusters.all() for every cluster',
    ],
    [
      'a condition is misspelled',
      () => Clusters.where(untyped({ lables: { a: 'b' } })),
      'property.unknown',
      'Clusters.where has no property "lables"\n  fix: write "labels" in place of "lables"',
    ],
    [
      'a condition has no values',
      () => Clusters.where({ region: { in: [] } }),
      'selector.values',
      'cluster affinity: region: In has no values, so it matches nothing\n  fix: give at least one value',
    ],
    [
      'a condition has a value twice',
      () => Clusters.where({ zone: { notIn: ['a', 'a'] } }),
      'selector.values',
      'cluster affinity: zone: NotIn has value "a" twice\n  fix: name "a" once',
    ],
    [
      'a region is a bare list',
      () => Clusters.where({ region: untyped(['eu', 'us']) }),
      'property.type',
      'Clusters.where: region must be a value or a condition, got ["eu","us"]\n  fix: write region: { in: ["eu","us"] }',
    ],
    [
      'a region is empty',
      () => Clusters.where({ region: '' }),
      'selector.values',
      'cluster affinity: region has an empty value, which no cluster has\n  fix: write the region exactly as in the Cluster objects',
    ],
    [
      'labels are empty',
      () => Clusters.where({ labels: {} }),
      'selector.empty',
      'Clusters.where: labels must name at least one label, got {}\n  fix: give labels like { tier: "gold" }, or omit labels',
    ],
    [
      'a label value is a number',
      () => Clusters.where({ labels: { tier: untyped(1) } }),
      'selector.label',
      'Clusters.where: labelSelector: label "tier": value 1 must be a string; quote it\n  fix: write the value exactly as in the label',
    ],
    [
      'a label key is none',
      () => Clusters.where({ labels: { 'a/b/c': 'x' } }),
      'selector.label',
      'Clusters.where: labelSelector: label key "a/b/c" must have at most one "/"\n  fix: write a valid label key, such as "tier" or "example.com/tier"',
    ],
    [
      'a label needs two values at once',
      () => Clusters.where({ labels: { tier: 'gold' } }).where({ labels: { tier: 'tin' } }),
      'clusters.contradiction',
      'label "tier" would have to be both "gold" and "tin"\n  fix: use { in: ["gold", "tin"] } for either of them',
    ],
    [
      'an operator is unknown',
      () =>
        Clusters.fromSpec({ labelSelector: { matchExpressions: [{ key: 'a', operator: 'Equals', values: ['b'] }] } }),
      'selector.operator',
      'cluster affinity: labelSelector: label "a": operator must be In, NotIn, Exists or DoesNotExist, got "Equals"\n  fix: use one of In, NotIn, Exists, DoesNotExist',
    ],
    [
      'an operator of a field is unknown',
      () => Clusters.fromSpec({ fieldSelector: { matchExpressions: [{ key: 'region', operator: 'Exists' }] } }),
      'selector.operator',
      'cluster affinity: region: operator must be In or NotIn, got "Exists"\n  fix: use one of In, NotIn',
    ],
    [
      'a field is unknown',
      () =>
        Clusters.fromSpec({ fieldSelector: { matchExpressions: [{ key: 'zones', operator: 'In', values: ['a'] }] } }),
      'property.value',
      'cluster affinity: fieldSelector: key must be region, provider or zone, got "zones"\n  fix: write "zone"',
    ],
    [
      'Exists has values',
      () =>
        Clusters.fromSpec({ labelSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } }),
      'selector.values',
      'cluster affinity: labelSelector: label "a": Exists takes no values, got ["b"]\n  fix: omit values, or use In instead of Exists',
    ],
    [
      'a property of the manifest is misspelled',
      () => Clusters.fromSpec(untyped({ clusterName: ['a'] })),
      'property.unknown',
      'cluster affinity has no property "clusterName"\n  fix: write "clusterNames" in place of "clusterName"',
    ],
    [
      'names are no list',
      () => Clusters.fromSpec(untyped({ clusterNames: 'a' })),
      'property.type',
      'cluster affinity: clusterNames must be a list, got "a"\n  fix: write it in square brackets, even a single one',
    ],
  ];

  test.each(refusals)('fails when %s', (_, call, code, message) => {
    expect(refusal(call)).toEqual({ code, message });
  });
});
