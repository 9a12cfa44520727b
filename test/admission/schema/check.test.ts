import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../../src/admission/schema/check';
import { karmadaKinds } from '../../../src/admission/schema/tables';
import { defaultKarmadaVersion, type KarmadaVersion, karmadaVersions } from '../../../src/karmada/release';
import type { KubernetesObject } from '../../../src/kubernetes/object';

const service = { apiVersion: 'v1', kind: 'Service', name: 'pipy' };

function policy(spec: object, metadata: object = {}): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'pipy', ...metadata },
    spec: { resourceSelectors: [service], ...spec },
  };
}

function quota(spec: object): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'FederatedResourceQuota',
    metadata: { name: 'pipy' },
    spec: { overall: {}, ...spec },
  };
}

function causes(object: KubernetesObject, karmada: KarmadaVersion = defaultKarmadaVersion): string[] {
  return checkSchema(object, { karmada }).map(({ path, message, fix }) => `${path}: ${message}; ${fix}`);
}

describe('checkSchema accepts', () => {
  test('a policy with nothing but its selectors', () => {
    expect(causes(policy({}))).toEqual([]);
  });

  test('null for a field without a value, as the API server does', () => {
    expect(causes(policy({ placement: null, priority: null }))).toEqual([]);
  });

  test('any JSON value where the schema keeps unknown fields', () => {
    const plaintext = [{ path: '/a', operator: 'add', value: { any: ['thing', 1, null] } }];
    const overriders = { plaintext: [...plaintext, { path: '/b', operator: 'add', value: 1 }] };
    expect(causes({ ...policy({}), kind: 'OverridePolicy', spec: { overrideRules: [{ overriders }] } })).toEqual([]);
  });

  test('quantities as numbers and as strings', () => {
    expect(causes(quota({ overall: { cpu: 2, memory: '4Gi', 'requests.cpu': '500m' } }))).toEqual([]);
  });

  test('a whole number at either end of 32 bits', () => {
    expect(causes(policy({ priority: -2147483648 }))).toEqual([]);
    expect(causes(policy({ priority: 2147483647 }))).toEqual([]);
  });

  test('a kind that is none of Karmada’s', () => {
    expect(causes({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { nonsense: true } })).toEqual([]);
  });

  test('a status of any content where status is a subresource', () => {
    expect(causes({ ...quota({}), status: { overall: 'x' } })).toEqual([]);
  });
});

describe('checkSchema fails when', () => {
  test.each<[string, KubernetesObject, string[]]>([
    [
      'a field is misspelled',
      policy({ placement: { clusterAfinity: {} } }),
      [
        'spec.placement.clusterAfinity: unknown field "clusterAfinity", did you mean "clusterAffinity"?; write clusterAffinity in place of clusterAfinity',
      ],
    ],
    [
      'a field stands a level too high',
      policy({ placement: { replicaSchedulingType: 'Divided' } }),
      [
        'spec.placement.replicaSchedulingType: unknown field "replicaSchedulingType" here; it belongs to spec.placement.replicaScheduling.replicaSchedulingType; move it to spec.placement.replicaScheduling.replicaSchedulingType',
      ],
    ],
    [
      // Public guide: matchExpressions directly under clusterAffinity; removing it would widen the placement.
      'a field stands a level too high and two fields hold one of its name',
      policy({
        placement: { clusterAffinity: { matchExpressions: [{ key: 'example.org/owner', operator: 'Exists' }] } },
      }),
      [
        'spec.placement.clusterAffinity.matchExpressions: unknown field "matchExpressions" here; it belongs to spec.placement.clusterAffinity.labelSelector.matchExpressions; move it to spec.placement.clusterAffinity.labelSelector.matchExpressions',
      ],
    ],
    [
      'an expression about a property of clusters stands a level too high',
      policy({
        placement: { clusterAffinity: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] } },
      }),
      [
        'spec.placement.clusterAffinity.matchExpressions: unknown field "matchExpressions" here; it belongs to spec.placement.clusterAffinity.fieldSelector.matchExpressions; move it to spec.placement.clusterAffinity.fieldSelector.matchExpressions',
      ],
    ],
    [
      'a field is beside spec',
      { ...policy({}), propagateDeps: true },
      [
        'propagateDeps: unknown field "propagateDeps" here; it belongs to spec.propagateDeps; move it to spec.propagateDeps',
      ],
    ],
    [
      'a field resembles none',
      policy({ suspension: { banana: 1 } }),
      ['spec.suspension.banana: unknown field "banana"; remove it, or use one of dispatching, dispatchingOnClusters'],
    ],
    [
      'a required field is misspelled, once',
      { ...policy({}), spec: { resourceSelector: [service] } },
      [
        'spec.resourceSelector: unknown field "resourceSelector", did you mean "resourceSelectors"?; write resourceSelectors in place of resourceSelector',
      ],
    ],
    [
      'a required field is missing',
      { ...policy({}), spec: {} },
      ['spec.resourceSelectors: required field "resourceSelectors" is missing in spec; add resourceSelectors'],
    ],
    [
      'a required field is null',
      quota({ overall: null }),
      ['spec.overall: required field "overall" is missing in spec, and null counts as absent; add overall'],
    ],
    [
      'spec is missing',
      { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'PropagationPolicy' },
      ['spec: required field "spec" is missing in PropagationPolicy; add spec'],
    ],
    [
      'a number stands for a string',
      policy({ schedulerName: 1 }),
      ['spec.schedulerName: schedulerName must be a string, got 1; quote it: "1"'],
    ],
    [
      'a label is a number',
      policy({}, { labels: { 'example.com/version': 2 } }),
      ['metadata.labels[example.com/version]: example.com/version must be a string, got 2; quote it: "2"'],
    ],
    [
      'metadata has an unknown field',
      policy({}, { label: {} }),
      ['metadata.label: unknown field "label", did you mean "labels"?; write labels in place of label'],
    ],
    [
      'a string stands for a number',
      policy({ priority: '3' }),
      ['spec.priority: priority must be a whole number, got "3"; write 3 without quotes'],
    ],
    [
      'a number has a fraction',
      policy({ priority: 1.5 }),
      ['spec.priority: priority must be a whole number, got 1.5; round it, for example to 2'],
    ],
    [
      'a number overflows 32 bits',
      policy({ priority: 2147483648 }),
      [
        'spec.priority: priority must fit into 32 bits, got 2147483648; write a number between -2147483648 and 2147483647',
      ],
    ],
    [
      'one value stands for a list',
      policy({ dependentOverrides: 'a' }),
      ['spec.dependentOverrides: dependentOverrides must be a list, got "a"; write a list, even for one item'],
    ],
    [
      'a list holds null',
      policy({ dependentOverrides: ['a', null] }),
      ['spec.dependentOverrides[1]: dependentOverrides[1] must be a string, got null; give a string, or leave it out'],
    ],
    [
      'a word differs in case',
      policy({ conflictResolution: 'overwrite' }),
      ['spec.conflictResolution: conflictResolution must be Abort or Overwrite, got "overwrite"; write "Overwrite"'],
    ],
    [
      'a word is none of the enum',
      policy({ preemption: 'Sometimes' }),
      ['spec.preemption: preemption must be Always or Never, got "Sometimes"; use one of Always, Never'],
    ],
    [
      'a list is too short',
      { ...policy({}), spec: { resourceSelectors: [] } },
      ['spec.resourceSelectors: resourceSelectors must have at least 1 item; add one, or leave the object out'],
    ],
    [
      'a name is too long',
      policy({ placement: { clusterAffinities: [{ affinityName: 'a'.repeat(33) }] } }),
      [
        `spec.placement.clusterAffinities[0].affinityName: affinityName must have at most 32 characters, got "${'a'.repeat(33)}"; shorten it`,
      ],
    ],
    [
      'a quantity has a fraction and no quotes',
      quota({ overall: { cpu: 0.5 } }),
      ['spec.overall.cpu: cpu must be a whole number or a string, got 0.5; quote it: "0.5"'],
    ],
    [
      'a quantity is a word',
      quota({ overall: { cpu: 'ten' } }),
      [
        'spec.overall.cpu: cpu must be a quantity, got "ten"; write a number with an optional unit, such as 500m, 2 or 4Gi',
      ],
    ],
  ])('%s', (_, object, expected) => {
    expect(causes(object)).toEqual(expected);
  });

  test('a list is too long', () => {
    const head = { apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ServiceImport', metadata: { name: 's' } };
    const spec = { type: 'ClusterSetIP', ports: [{ port: 80 }], ips: ['10.0.0.1', '10.0.0.2'] };
    expect(causes({ ...head, spec })).toEqual(['spec.ips: ips must have at most 1 item; remove the rest']);
  });

  test('a field came with a later release', () => {
    const placement = { workloadAffinity: { affinity: { groupByLabelKey: 'app' } } };
    expect(causes(policy({ placement }), '1.16')).toEqual([
      'spec.placement.workloadAffinity: unknown field "workloadAffinity" in Karmada 1.16; Karmada 1.17 has it; remove it, or model Karmada 1.17',
    ]);
    expect(causes(policy({ placement }), '1.17')).toEqual([]);
    const overflow = [{ affinityName: 'a', overflowAffinities: [{ affinityName: 'b' }] }];
    expect(causes(policy({ placement: { clusterAffinities: overflow } }), '1.17')).toHaveLength(1);
    expect(causes(policy({ placement: { clusterAffinities: overflow } }))).toEqual([]);
  });
});

describe('the schema tables', () => {
  test.each([...karmadaVersions])('hold 21 versions of 19 kinds for Karmada %s', (karmada) => {
    const kinds = karmadaKinds(karmada);
    expect(kinds).toHaveLength(21);
    expect(new Set(kinds.map(({ plural }) => plural)).size).toBe(19);
  });

  test.each(karmadaKinds(defaultKarmadaVersion).map(({ apiVersion, kind }) => [apiVersion, kind]))(
    'compile for %s %s',
    (apiVersion, kind) => {
      expect(() =>
        checkSchema({ apiVersion, kind, metadata: { name: 'a' }, spec: 1 }, { karmada: defaultKarmadaVersion }),
      ).not.toThrow();
    },
  );
});

interface AdmissionCase {
  readonly id: string;
  readonly object: KubernetesObject;
  readonly live?: { readonly allowed: boolean; readonly message?: string };
}

describe('recorded answers of an API server', () => {
  const recorded: KarmadaVersion = '1.18';
  const file = join(__dirname, '../../vectors/admission.json');
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly AdmissionCase[] };

  test('what it accepted has no cause', () => {
    const refused = cases.filter(({ object, live }) => live?.allowed && causes(object, recorded).length > 0);
    expect(refused.map(({ id }) => id)).toEqual([]);
  });

  test('what its schema refused has a cause at the same field', () => {
    const missed = cases.filter(({ object, live }) => {
      const path = / is invalid: (spec\S*): /.exec(live?.message ?? '')?.[1];
      return path !== undefined && !checkSchema(object, { karmada: recorded }).some((cause) => cause.path === path);
    });
    expect(missed.map(({ id }) => id)).toEqual([]);
  });
});
