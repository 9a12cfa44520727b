import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import type { FailoverSpec, ResourceSelectorSpec, TolerationSpec } from '../../src/karmada/policy-spec';
import { Clusters } from '../../src/model/clusters';
import { Failover } from '../../src/model/failover';
import { ResourceSelector } from '../../src/model/resource-selector';
import { Suspension } from '../../src/model/suspension';
import { Toleration } from '../../src/model/toleration';
import { refusal, untyped } from '../support/refusal';

type Refusal = readonly [situation: string, call: () => unknown, code: string, message: string];

describe('Toleration', () => {
  test.each<[string, Toleration, TolerationSpec]>([
    ['any value of a key', Toleration.of({ key: 'maintenance' }), { key: 'maintenance', operator: 'Exists' }],
    [
      'one value of a key, for one effect',
      Toleration.of({ key: 'tier', value: 'gold', effect: 'NoSchedule' }),
      { key: 'tier', operator: 'Equal', value: 'gold', effect: 'NoSchedule' },
    ],
    [
      'unreachable clusters for a while',
      Toleration.unreachable(Duration.minutes(5)),
      { key: 'cluster.karmada.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    ],
    [
      'clusters that are not ready, for ever',
      Toleration.notReady(),
      { key: 'cluster.karmada.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
    ],
    ['everything', Toleration.all(), { operator: 'Exists' }],
  ])('writes %s, and reads it back as the same value', (_, toleration, spec) => {
    expect(toleration.toSpec()).toEqual(spec);
    expect(Toleration.fromSpec(spec)).toEqual(toleration);
    expect(Object.isFrozen(toleration)).toBe(true);
  });

  const refusals: readonly Refusal[] = [
    [
      'a property is misspelled',
      () => Toleration.of(untyped({ keys: 'a' })),
      'property.unknown',
      'Toleration.of has no property "keys"\n  fix: write "key" in place of "keys"',
    ],
    [
      'a value has no key',
      () => Toleration.of({ value: 'a' }),
      'toleration.key',
      'toleration: value "a" needs a key\n  fix: give the key of the taint, or omit the value',
    ],
    [
      'an effect is one that clusters cannot have',
      () => Toleration.of({ key: 'a', effect: untyped('PreferNoSchedule') }),
      'property.value',
      'toleration: effect must be NoSchedule or NoExecute, got "PreferNoSchedule"\n  fix: use one of NoSchedule, NoExecute',
    ],
    [
      'a duration goes with no effect that ends',
      () => Toleration.of({ key: 'a', during: Duration.minutes(5) }),
      'toleration.during',
      'toleration: a duration is valid only with effect NoExecute\n  fix: add effect: "NoExecute", or omit the duration',
    ],
    [
      'a duration is a number',
      () => Toleration.unreachable(untyped(300)),
      'duration.type',
      'toleration: during must be a Duration of cdk8s, got 300\n  fix: write Duration.seconds(300)',
    ],
    [
      'a duration has fractions of a second',
      () => Toleration.unreachable(Duration.millis(1500)),
      'duration.seconds',
      'toleration: during must be whole seconds, got 1500 milliseconds\n  fix: write Duration.seconds(2)',
    ],
    [
      'an operator is one that Karmada refuses',
      () => Toleration.fromSpec({ key: 'a', operator: 'Gt', value: '1' }),
      'property.value',
      'toleration: operator must be Exists or Equal, got "Gt"\n  fix: use one of Exists, Equal',
    ],
    [
      'Exists has a value',
      () => Toleration.fromSpec({ key: 'a', operator: 'Exists', value: 'b' }),
      'toleration.value',
      'toleration: operator Exists takes no value, got "b"\n  fix: omit the value, or use Equal',
    ],
  ];

  test.each(refusals)('fails when %s', (_, call, code, message) => {
    expect(refusal(call)).toEqual({ code, message });
  });
});

describe('Failover', () => {
  test.each<[string, Failover, FailoverSpec]>([
    [
      'applications, as Karmada does by default',
      Failover.of({ application: {} }),
      { application: { decisionConditions: {} } },
    ],
    [
      'applications at once, with a grace period',
      Failover.of({
        application: { unhealthyFor: Duration.seconds(0), purgeMode: 'Gracefully', gracePeriod: Duration.minutes(1) },
      }),
      {
        application: {
          decisionConditions: { tolerationSeconds: 0 },
          purgeMode: 'Gracefully',
          gracePeriodSeconds: 60,
        },
      },
    ],
    [
      'applications and clusters, with their state',
      Failover.of({
        application: { purgeMode: 'Directly', statePreservation: { job: '{.jobID}' } },
        cluster: { purgeMode: 'Directly', statePreservation: { 'example.com/job': '{.jobID}', at: '{.savepoint}' } },
      }),
      {
        application: {
          decisionConditions: {},
          purgeMode: 'Directly',
          statePreservation: { rules: [{ aliasLabelName: 'job', jsonPath: '{.jobID}' }] },
        },
        cluster: {
          purgeMode: 'Directly',
          statePreservation: {
            rules: [
              { aliasLabelName: 'example.com/job', jsonPath: '{.jobID}' },
              { aliasLabelName: 'at', jsonPath: '{.savepoint}' },
            ],
          },
        },
      },
    ],
    ['clusters', Failover.of({ cluster: { purgeMode: 'Gracefully' } }), { cluster: { purgeMode: 'Gracefully' } }],
  ])('moves %s, and reads it back as the same value', (_, failover, spec) => {
    expect(failover.toSpec()).toEqual(spec);
    expect(Failover.fromSpec(spec)).toEqual(failover);
    expect(Object.isFrozen(failover.toSpec())).toBe(true);
  });

  test('reads the names that purge modes had up to Karmada 1.14', () => {
    const spec = { application: { decisionConditions: {}, purgeMode: 'Graciously', gracePeriodSeconds: 30 } };
    expect(Failover.fromSpec(spec).toSpec()).toEqual(spec);
  });

  test('of applications needs the dependencies to be propagated', () => {
    expect(Failover.of({ application: {} }).needsPropagateDeps).toBe(true);
    expect(Failover.of({ cluster: {} }).needsPropagateDeps).toBe(false);
  });

  const refusals: readonly Refusal[] = [
    [
      'nothing fails over',
      () => Failover.of({}),
      'failover.empty',
      'failover is empty\n  fix: give application, cluster or both, or omit failover',
    ],
    [
      'a purge mode is misspelled',
      () => Failover.of({ application: { purgeMode: untyped('Direct') } }),
      'property.value',
      'failover of applications: purgeMode must be Directly, Gracefully or Never, got "Direct"\n  fix: write "Directly"',
    ],
    [
      'clusters are never purged',
      () => Failover.of({ cluster: { purgeMode: untyped('Never') } }),
      'property.value',
      'failover of clusters: purgeMode must be Directly or Gracefully, got "Never"\n  fix: use one of Directly, Gracefully',
    ],
    [
      'a grace period goes with no graceful purge',
      () => Failover.of({ application: { purgeMode: 'Directly', gracePeriod: Duration.minutes(1) } }),
      'failover.grace-period',
      'failover.application.gracePeriodSeconds: purgeMode Directly does not wait\n  fix: remove gracePeriodSeconds, or set purgeMode: Gracefully',
    ],
    [
      'a grace period is zero',
      () => Failover.of({ application: { gracePeriod: Duration.seconds(0) } }),
      'failover.seconds',
      'failover of applications: the grace period must be from 1 to 2147483647 whole seconds, got 0\n  fix: give a duration in that range, or omit it for the default',
    ],
    [
      'a time is negative',
      () => Failover.fromSpec({ application: { decisionConditions: { tolerationSeconds: -1 } } }),
      'failover.seconds',
      'failover of applications: the time it is unhealthy must be from 0 to 2147483647 whole seconds, got -1\n  fix: give a duration in that range, or omit it for the default',
    ],
    [
      'state cannot be preserved',
      () => Failover.of({ application: { statePreservation: { job: '{.jobID}' } } }),
      'failover.state',
      'failover of applications: statePreservation has no effect with purgeMode Gracefully\n  fix: write purgeMode: "Directly", or omit statePreservation',
    ],
    [
      'a label for state is none',
      () => Failover.of({ cluster: { purgeMode: 'Directly', statePreservation: { 'a b': '{.x}' } } }),
      'failover.state',
      'failover.cluster.statePreservation.rules[0].aliasLabelName: label "a b" must be letters, digits, "-", "_" and ".", with a letter or digit at both ends\n  fix: use the key of a label, such as example.com/checkpoint',
    ],
    [
      'a manifest says nothing about when',
      () => Failover.fromSpec({ application: {} }),
      'failover.seconds',
      'failover of applications needs decisionConditions\n  fix: write decisionConditions: {} for the default of 300 seconds',
    ],
  ];

  test.each(refusals)('fails when %s', (_, call, code, message) => {
    expect(refusal(call)).toEqual({ code, message });
  });
});

describe('Suspension', () => {
  test('is for every cluster, or for some by name', () => {
    expect(Suspension.everywhere().toSpec()).toEqual({ dispatching: true });
    expect(Suspension.on('a', 'b').toSpec()).toEqual({ dispatchingOnClusters: { clusterNames: ['a', 'b'] } });
    expect(Suspension.on(Clusters.in('a')).clusters).toEqual(['a']);
    expect(Suspension.fromSpec({ dispatching: true })).toEqual(Suspension.everywhere());
  });

  const refusals: readonly Refusal[] = [
    [
      'it names no cluster',
      () => Suspension.on(),
      'clusters.empty',
      'Suspension.on names no cluster\n  fix: name at least one, or use Suspension.everywhere()',
    ],
    [
      'it goes by what clusters are like',
      () => Suspension.on(Clusters.where({ region: 'eu' })),
      'suspension.clusters',
      'Suspension.on needs clusters by name, without other conditions\n  fix: name each cluster, or use Suspension.everywhere()',
    ],
    [
      'it is for every cluster and for some',
      () => Suspension.fromSpec({ dispatching: true, dispatchingOnClusters: { clusterNames: ['a'] } }),
      'suspension.clusters',
      'suspension: dispatching: true suspends every cluster, so it cannot be combined with dispatchingOnClusters\n  fix: remove one of the two',
    ],
    [
      'it suspends nothing',
      () => Suspension.fromSpec({ dispatching: false }),
      'suspension.empty',
      'suspension suspends nothing\n  fix: omit it, or use Suspension.everywhere() or Suspension.on(…)',
    ],
  ];

  test.each(refusals)('fails when %s', (_, call, code, message) => {
    expect(refusal(call)).toEqual({ code, message });
  });
});

describe('ResourceSelector', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };

  test.each<[string, ResourceSelector, ResourceSelectorSpec]>([
    ['one object', ResourceSelector.named('pipy', deployment), { ...deployment, name: 'pipy' }],
    [
      'objects of a namespace by label',
      ResourceSelector.labelled({ app: 'pipy' }, { ...deployment, namespace: 'default' }),
      { ...deployment, namespace: 'default', labelSelector: { matchLabels: { app: 'pipy' } } },
    ],
    ['a kind', ResourceSelector.all({ apiVersion: 'v1', kind: 'ConfigMap' }), { apiVersion: 'v1', kind: 'ConfigMap' }],
  ])('selects %s, and reads it back as the same value', (_, selector, spec) => {
    expect(selector.toSpec()).toEqual(spec);
    expect(ResourceSelector.fromSpec(spec)).toEqual(selector);
  });

  const refusals: readonly Refusal[] = [
    [
      'a name is empty',
      () => ResourceSelector.named('', deployment),
      'selector.name',
      'resource selector has an empty name, which selects all objects of the kind\n  fix: give the name, or use ResourceSelector.all',
    ],
    [
      'a name has a wildcard',
      () => ResourceSelector.named('pipy-*', deployment),
      'selector.name',
      'resource selector: "pipy-*" cannot be the name of an object\n  fix: give the name of the object, without wildcards',
    ],
    [
      'a kind is in lower case',
      () => ResourceSelector.all({ apiVersion: 'apps/v1', kind: 'deployment' }),
      'selector.kind',
      'resource selector: kind must begin with a capital letter, got "deployment"\n  fix: write it exactly as in the objects, such as "Deployment"',
    ],
    [
      'an apiVersion is a group alone',
      () => ResourceSelector.all({ apiVersion: 'apps/', kind: 'Deployment' }),
      'selector.kind',
      'resource selector: apiVersion must be group and version, got "apps/"\n  fix: write it exactly as in the objects, such as "apps/v1", or "v1" for the core group',
    ],
    [
      'labels stand beside a name',
      () => ResourceSelector.fromSpec({ ...deployment, name: 'pipy', labelSelector: { matchLabels: { a: 'b' } } }),
      'selector.ignored',
      'resource selector has the name "pipy" and a labelSelector, which Karmada ignores\n  fix: remove the name or the labelSelector',
    ],
    [
      'labels match everything',
      () => ResourceSelector.fromSpec({ ...deployment, labelSelector: {} }),
      'selector.empty',
      'resource selector: labelSelector is empty, which matches everything\n  fix: give matchLabels or matchExpressions, or omit labelSelector',
    ],
  ];

  test.each(refusals)('fails when %s', (_, call, code, message) => {
    expect(refusal(call)).toEqual({ code, message });
  });
});
