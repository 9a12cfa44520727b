import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint';
import { readManifestsFrom } from '../../src/manifests';
import { Clusters } from '../../src/model/clusters';
import { planOf } from '../../src/planner';
import { fieldChanges } from '../../src/report';
import { maskedPair } from '../../src/report/secret-mask';
import { threeClusters } from '../support/rule-cases';

const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty'];

const manifests = (key: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {nodeSelector: {${key}: a}, containers: [{name: a, image: b, env: [{name: ${key}, value: http://${key}}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default, annotations: {${key}: x}}
spec: {selector: {${key}: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: numbers, namespace: default, labels: {a: 5}}
data: {${key}: web}
---
apiVersion: policy.karmada.io/v1alpha1
kind: PropagationPolicy
metadata: {name: web, namespace: default}
spec:
  resourceSelectors:
    - {apiVersion: apps/v1, kind: Deployment, name: web}
    - {apiVersion: v1, kind: Service, name: web}
    - {apiVersion: v1, kind: ConfigMap, labelSelector: {matchLabels: {${key}: web}}}
    - {apiVersion: v1, kind: ConfigMap, labelSelector: {matchLabels: {a: web}}}
  placement:
    workloadAffinity: {affinity: {groupByLabelKey: ${key}}}
    clusterAffinities:
      - {affinityName: a, labelSelector: {matchLabels: {${key}: web}}}
      - {affinityName: b, clusterNames: [member1]}
---
apiVersion: policy.karmada.io/v1alpha1
kind: OverridePolicy
metadata: {name: web, namespace: default}
spec:
  resourceSelectors: [{apiVersion: v1, kind: ConfigMap, labelSelector: {matchLabels: {${key}: web}}}]
  overrideRules:
    - targetCluster: {labelSelector: {matchLabels: {${key}: web}}}
      overriders: {labelsOverrider: [{operator: add, value: {${key}: x}}]}
`;

describe.each(names)('a key called %s is absent unless it was written', (key) => {
  test('in manifests that are linted and planned', () => {
    const { manifests: read } = readManifestsFrom(manifests(key), 'a.yaml');
    const { findings } = lint(read, { fleet: threeClusters });
    const told = findings.map(({ rule, message, fix }) => `${rule}: ${message}; ${fix}`);
    expect(told.filter((text) => /function|native code/.test(text))).toEqual([]);
    expect(told).toContainEqual(expect.stringContaining(`selects pods with ${key}: web`));
    expect(told).toContainEqual(expect.stringContaining(`has no label "${key}"`));
    expect(told).toContainEqual(expect.stringContaining(`label the clusters with "${key}"`));
    expect(planOf(read, { fleet: threeClusters, capacities: { [key]: {} } }).templates).toHaveLength(3);
  });

  test('in fields that are compared, and in Secrets', () => {
    expect(fieldChanges({}, { [key]: 'v' })).toEqual([{ path: key, after: 'v' }]);
    const secret = (data: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data });
    const [, after] = maskedPair(secret({}), secret({ [key]: 'dmFsdWU=' }));
    expect(after['data']).toEqual({ [key]: '(hidden, new value)' });
  });

  test('in the conditions of an author', () => {
    expect(() => Clusters.where({ labels: { app: 'web' } }).where({ labels: { [key]: 'web' } })).not.toThrow();
  });
});

test('an object that stands for a text stops nothing', () => {
  const odd = '{toString: 1}';
  const text = manifests('constructor')
    .replaceAll(': web}', `: ${odd}}`)
    .replace('groupByLabelKey: constructor', `groupByLabelKey: ${odd}`)
    .replace('clusterNames: [member1]', `clusterNames: [${odd}], exclude: [${odd}]`)
    .concat(`---\napiVersion: constructor\nkind: toString\nmetadata: {name: a}\n`)
    .concat(`---\napiVersion: toString\nkind: Deployment\nmetadata: {name: a, namespace: default}\n`);
  const { manifests: read } = readManifestsFrom(text, 'a.yaml');
  expect(read).toHaveLength(7);
  expect(() => lint(read, { fleet: threeClusters })).not.toThrow();
  expect(() => planOf(read, { fleet: threeClusters })).not.toThrow();
});
