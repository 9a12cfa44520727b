import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { applyOverrides } from '../../../src/planner/override/apply-overrides';

// Expectations: facts.md E.2 to E.4 and E.6.
function overridden(object: KubernetesObject, overriders: unknown): KubernetesObject | 'failed' {
  const policy = {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterOverridePolicy',
    metadata: { name: 'p' },
    spec: { overrideRules: [{ overriders }] },
  };
  const result = applyOverrides(object, { name: 'member1' }, [policy]);
  return result.kind === 'overridden' ? result.object : 'failed';
}

describe('imageOverrider', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;

  function imageAfter(image: string | undefined, component: string, operator: string, value?: string): unknown {
    const containers = [{ name: 'c', ...(image !== undefined && { image }) }];
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers } };
    const result = overridden(pod, {
      imageOverrider: [{ component, operator, ...(value !== undefined && { value }) }],
    });
    return result === 'failed' ? result : (result.spec as typeof pod.spec).containers[0]!.image;
  }

  test.each<[string, string, string, string | undefined, string]>([
    ['nginx', 'Registry', 'add', 'r.io', 'r.io/nginx'],
    ['localhost/x', 'Registry', 'remove', undefined, 'x'],
    ['localhost:5000/x:1', 'Registry', 'replace', 'r.io', 'r.io/x:1'],
    ['team/x', 'Registry', 'replace', 'r.io', 'r.io/team/x'],
    ['a.b/c', 'Registry', 'add', '.io', 'a.b.io/c'],
    ['a/b/c:1', 'Repository', 'add', '/d', 'a/b/c/d:1'],
    ['r.io/a:1', 'Repository', 'remove', undefined, 'r.io/:1'],
    ['x:1', 'Tag', 'add', '-rc', 'x:1-rc'],
    ['x', 'Tag', 'add', 'v1', 'x:v1'],
    ['x:1', 'Tag', 'replace', digest, `x@${digest}`],
    [`x@${digest}`, 'Tag', 'replace', 'v1', 'x:v1'],
    [`x:1@${digest}`, 'Tag', 'remove', undefined, 'x'],
    [`x:1@${digest}`, 'Registry', 'add', 'r.io', 'r.io/x:1'],
    ['x:1', 'Tag', 'replace', 'not a tag', 'x:1'],
    ['x:1', 'Tag', 'replace', '', 'x:1'],
    [`x@${digest}`, 'Tag', 'add', 'ab', `x@${digest}ab`],
  ])('%s: %s %s %s', (image, component, operator, value, expected) => {
    expect(imageAfter(image, component, operator, value)).toBe(expected);
  });

  test.each([undefined, '', 'x/UPPER', 'x y', 'x:', 'x@sha256:abc'])('fails when the image is %s', (image) => {
    expect(imageAfter(image, 'Tag', 'replace', 'v1')).toBe('failed');
  });

  test('without a predicate init containers, CronJobs and custom kinds stay as they are', () => {
    const spec = { template: { spec: { initContainers: [{ image: 'a' }], containers: [{ image: 'b' }] } } };
    const tag = { imageOverrider: [{ component: 'Tag', operator: 'replace', value: '2' }] };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' }, spec };
    expect(overridden(deployment, tag)).toMatchObject({
      spec: { template: { spec: { initContainers: [{ image: 'a' }], containers: [{ image: 'b:2' }] } } },
    });
    const custom = { ...deployment, apiVersion: 'example.com/v1', kind: 'Widget' };
    expect(overridden(custom, tag)).toBe(custom);
  });

  test.each<[string, string | 'failed']>([
    ['/spec/pods/0/image', 'a:2'],
    ['/spec/pods/1/image', 'failed'],
    ['/spec/pods/x/image', 'failed'],
    ['/spec/pods/0', 'failed'],
    ['/spec/missing/image', 'failed'],
    ['spec/pods/0/image', 'failed'],
    ['', 'failed'],
  ])('a predicate names one text of any kind: %s', (path, expected) => {
    const object = {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'x' },
      spec: { pods: [{ image: 'a:1' }] },
    };
    const result = overridden(object, {
      imageOverrider: [{ predicate: { path }, component: 'Tag', operator: 'replace', value: '2' }],
    });
    expect(result === 'failed' ? result : (result.spec as typeof object.spec).pods[0]!.image).toBe(expected);
  });
});

describe('commandOverrider and argsOverrider', () => {
  function argsAfter(args: unknown, operator: string, value?: string[], containerName = 'c'): unknown {
    const containers = [{ name: 'c', ...(args !== undefined && { args }) }];
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers } };
    const result = overridden(pod, { argsOverrider: [{ containerName, operator, ...(value && { value }) }] });
    return result === 'failed' ? result : (result.spec as { containers: { args?: unknown }[] }).containers[0]!.args;
  }

  test.each<[string, unknown, unknown]>([
    ['adding appends', argsAfter(['a'], 'add', ['b', 'a']), ['a', 'b', 'a']],
    ['adding makes the field', argsAfter(undefined, 'add', ['b']), ['b']],
    ['removing drops every equal element', argsAfter(['--x', '1', '--y', '1'], 'remove', ['--x', '1']), ['--y']],
    ['removing from a missing field writes an empty list', argsAfter(undefined, 'remove', ['b']), []],
    ['no values', argsAfter(['a'], 'add'), ['a']],
    ['another container', argsAfter(['a'], 'add', ['b'], 'other'), ['a']],
    ['a malformed field', argsAfter('a', 'add', ['b']), 'failed'],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

describe('labelsOverrider and annotationsOverrider', () => {
  function labelsAfter(
    labels: Record<string, string> | undefined,
    operator: string,
    value: Record<string, string>,
  ): unknown {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', ...(labels && { labels }) } };
    const result = overridden(object, { labelsOverrider: [{ operator, value }] });
    return result === 'failed' ? result : result.metadata?.labels;
  }

  test.each<[string, unknown, unknown]>([
    ['add creates and overwrites', labelsAfter({ a: '1' }, 'add', { a: '2', 'b.io/c': '' }), { a: '2', 'b.io/c': '' }],
    ['add makes the map', labelsAfter(undefined, 'add', { a: '1' }), { a: '1' }],
    ['adding nothing makes no map', labelsAfter(undefined, 'add', {}), undefined],
    ['replace needs the key', labelsAfter({ a: '1' }, 'replace', { a: '2', b: '3' }), { a: '2' }],
    ['replace without labels', labelsAfter(undefined, 'replace', { a: '2' }), undefined],
    ['remove ignores the value', labelsAfter({ a: '1', b: '2' }, 'remove', { a: 'other', c: '' }), { b: '2' }],
    ['remove leaves an empty map', labelsAfter({ a: '1' }, 'remove', { a: '1' }), {}],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

describe('fieldOverrider', () => {
  function textAfter(text: unknown, overrider: Record<string, unknown>): unknown {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { 'a/b': text } };
    const result = overridden(object, { fieldOverrider: [{ fieldPath: '/data/a~1b', ...overrider }] });
    return result === 'failed' ? result : (result['data'] as typeof object.data)['a/b'];
  }
  const setHost = [{ subPath: '/db/host', operator: 'replace', value: 'b' }];

  test.each<[string, unknown, unknown]>([
    ['JSON', textAfter('{"z":1,"db":{"host":"a"}}', { json: setHost }), '{"z":1,"db":{"host":"b"}}'],
    ['YAML', textAfter('# old\nz: 1\ndb: {host: a}\n', { yaml: setHost }), 'db:\n  host: b\nz: 1\n'],
    ['YAML wins over JSON', textAfter('{"db":{"host":"a"}}', { json: setHost, yaml: setHost }), 'db:\n  host: b\n'],
    ['the first of several documents', textAfter('db: {host: a}\n---\nx: 1\n', { yaml: setHost }), 'db:\n  host: b\n'],
    ['the last of repeated keys', textAfter('db: 1\ndb: {host: a, host: c}\n', { yaml: setHost }), 'db:\n  host: b\n'],
    ['a text that is no object', textAfter('hello', { yaml: setHost }), 'failed'],
    ['broken YAML', textAfter('a: [1\n', { yaml: setHost }), 'failed'],
    ['broken JSON', textAfter('{a:1}', { json: setHost }), 'failed'],
    ['a patch that does not apply', textAfter('{"db":{}}', { json: setHost }), 'failed'],
    ['a field that is no text', textAfter(5, { json: setHost }), 'failed'],
    ['a path that leads nowhere', textAfter('{}', { fieldPath: '/data/c', json: setHost }), 'failed'],
    ['a path without a slash', textAfter('{}', { fieldPath: 'data', json: setHost }), 'failed'],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
});
