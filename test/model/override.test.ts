import { describe, expect, test } from 'vitest';
import type { OverrideRuleSpec } from '../../src/karmada/policy-spec';
import { Clusters } from '../../src/model/clusters';
import { Override } from '../../src/model/override';
import { refusal, untyped } from '../support/refusal';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('Override', () => {
  test.each<[string, Override, OverrideRuleSpec]>([
    [
      'a tag',
      Override.image({ tag: 'edge' }).for('member3'),
      {
        targetCluster: { clusterNames: ['member3'] },
        overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: 'edge' }] },
      },
    ],
    [
      'a digest in place of a tag',
      Override.image({ tag: digest }),
      { overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: digest }] } },
    ],
    [
      'all parts of the image of one container',
      Override.image({
        registry: 'mirror.example.com:5000',
        repository: { replace: 'proxy/pipy' },
        tag: { add: '-alpine' },
        container: 1,
      }),
      {
        overriders: {
          imageOverrider: [
            { component: 'Registry', operator: 'replace', value: 'mirror.example.com:5000' },
            { component: 'Repository', operator: 'replace', value: 'proxy/pipy' },
            { component: 'Tag', operator: 'add', value: '-alpine' },
          ].map((part) => ({ predicate: { path: '/spec/template/spec/containers/1/image' }, ...part })),
        },
      },
    ],
    [
      'the image of an init container without its registry',
      Override.image({ registry: { remove: true }, initContainer: 0 }),
      {
        overriders: {
          imageOverrider: [
            {
              predicate: { path: '/spec/template/spec/initContainers/0/image' },
              component: 'Registry',
              operator: 'remove',
            },
          ],
        },
      },
    ],
    [
      'the image at a path',
      Override.image({ tag: '1.27', path: '/spec/jobTemplate/spec/template/spec/containers/0/image' }),
      {
        overriders: {
          imageOverrider: [
            {
              predicate: { path: '/spec/jobTemplate/spec/template/spec/containers/0/image' },
              component: 'Tag',
              operator: 'replace',
              value: '1.27',
            },
          ],
        },
      },
    ],
    [
      'command and arguments, removing before adding',
      Override.command({ container: 'pipy', add: ['-v'] }).args({
        container: 'pipy',
        add: ['--log=debug'],
        remove: ['--log=info'],
      }),
      {
        overriders: {
          commandOverrider: [{ containerName: 'pipy', operator: 'add', value: ['-v'] }],
          argsOverrider: [
            { containerName: 'pipy', operator: 'remove', value: ['--log=info'] },
            { containerName: 'pipy', operator: 'add', value: ['--log=debug'] },
          ],
        },
      },
    ],
    [
      'labels and annotations',
      Override.labels({ add: { tier: 'gold' }, replace: { env: 'prod' }, remove: ['spot'] }).annotations({
        add: { 'example.com/note': 'a b' },
      }),
      {
        overriders: {
          labelsOverrider: [
            { operator: 'add', value: { tier: 'gold' } },
            { operator: 'replace', value: { env: 'prod' } },
            { operator: 'remove', value: { spot: '' } },
          ],
          annotationsOverrider: [{ operator: 'add', value: { 'example.com/note': 'a b' } }],
        },
      },
    ],
    [
      'a JSON patch, null and false included',
      Override.jsonPatch(
        { operator: 'replace', path: '/spec/replicas', value: 1 },
        { operator: 'add', path: '/metadata/annotations/example.com~1note', value: null },
        { operator: 'remove', path: '/spec/paused' },
      ).jsonPatch({ operator: 'add', path: '/spec/template/spec/hostNetwork', value: false }),
      {
        overriders: {
          plaintext: [
            { operator: 'replace', path: '/spec/replicas', value: 1 },
            { operator: 'add', path: '/metadata/annotations/example.com~1note', value: null },
            { operator: 'remove', path: '/spec/paused' },
            { operator: 'add', path: '/spec/template/spec/hostNetwork', value: false },
          ],
        },
      },
    ],
    [
      'YAML and JSON inside a field',
      Override.fieldPatch('/data/app.yaml', {
        yaml: [{ operator: 'replace', path: '/log/level', value: 'debug' }],
      }).fieldPatch('/data/app.json', { json: [{ operator: 'remove', path: '/debug' }] }),
      {
        overriders: {
          fieldOverrider: [
            { fieldPath: '/data/app.yaml', yaml: [{ subPath: '/log/level', operator: 'replace', value: 'debug' }] },
            { fieldPath: '/data/app.json', json: [{ subPath: '/debug', operator: 'remove' }] },
          ],
        },
      },
    ],
    [
      'what is for clusters by what they are like',
      Override.image({ tag: 'edge' }).for(Clusters.where({ region: 'eu' }).except('member1')),
      {
        targetCluster: {
          fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] },
          exclude: ['member1'],
        },
        overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: 'edge' }] },
      },
    ],
  ])('writes %s, and reads it back as the same value', (_, override, rule) => {
    expect(override.toRule()).toEqual(rule);
    expect(Override.fromRule(rule)).toEqual(override);
  });

  test('for every cluster has no target', () => {
    expect(Override.image({ tag: 'edge' }).for('member1').for(Clusters.all()).toRule()).toEqual({
      overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: 'edge' }] },
    });
  });

  test('stays as it is when it is changed further', () => {
    const override = Override.image({ tag: 'edge' });
    override.labels({ add: { tier: 'gold' } }).for('member1');
    expect(Object.keys(override.toRule().overriders)).toEqual(['imageOverrider']);
    expect(override.clusters).toBeUndefined();
  });

  test('cannot be changed, nor through what it was made of', () => {
    const value = { list: [1] };
    const override = Override.jsonPatch({ operator: 'add', path: '/spec/x', value });
    value.list.push(2);
    expect(override.toRule().overriders.plaintext?.[0]?.value).toEqual({ list: [1] });
    expect(Object.isFrozen(override)).toBe(true);
    expect(Object.isFrozen(override.toRule().overriders.plaintext)).toBe(true);
  });

  test('names the clusters that it mentions', () => {
    expect(Override.image({ tag: 'x' }).mentionedClusters).toEqual([]);
    expect(Override.image({ tag: 'x' }).for('a', 'b').mentionedClusters).toEqual(['a', 'b']);
    expect(Override.image({ tag: 'x' }).for(Clusters.except('c')).mentionedClusters).toEqual(['c']);
  });

  const containerAndPath = 'image override needs one of container, initContainer and path';
  const refusals: [string, () => unknown, string, string][] = [
    [
      'an image stays as it is',
      () => Override.image({}),
      'override.empty',
      'image override changes nothing\n  fix: give registry, repository or tag',
    ],
    [
      'a part of an image is misspelled',
      () => Override.image(untyped({ tags: 'edge' })),
      'property.unknown',
      'image override has no property "tags"\n  fix: write "tag" in place of "tags"',
    ],
    [
      'a tag is a number',
      () => Override.image({ tag: untyped(1.27) }),
      'override.image',
      'image override: tag must be a string, got 1.27\n  fix: give the tag, or { remove: true }',
    ],
    [
      'a tag is neither tag nor digest, which Karmada would skip without a word',
      () => Override.image({ tag: 'edge:1' }),
      'override.image',
      'image override: "edge:1" cannot be used as a tag\n  fix: write a tag such as "1.27" or a digest such as "sha256:" and 64 hexadecimal digits',
    ],
    [
      'a registry has a scheme',
      () => Override.image({ registry: 'https://mirror.example.com' }),
      'override.image',
      'image override: "https://mirror.example.com" cannot be used as a registry\n  fix: write host and port without "https://", such as "mirror.example.com:5000"',
    ],
    [
      'a repository has a tag',
      () => Override.image({ repository: 'nginx:1' }),
      'override.image',
      'image override: "nginx:1" cannot be used as a repository\n  fix: write it in lower case, without registry and tag, such as "library/nginx"',
    ],
    [
      'a repository is removed',
      () => Override.image({ repository: untyped({ remove: true }) }),
      'override.image',
      'image override removes the repository, so no image is left\n  fix: replace the repository instead',
    ],
    [
      'a part is both added to and replaced',
      () => Override.image({ tag: untyped({ add: 'a', replace: 'b' }) }),
      'override.image',
      'image override: tag needs one of add, replace and remove, got {"add":"a","replace":"b"}\n  fix: write it like { add: "-alpine" }, { replace: "1.27" } or { remove: true }',
    ],
    [
      'an image is at two places',
      () => Override.image({ tag: 'edge', container: 0, path: '/spec/image' }),
      'override.image',
      `${containerAndPath}\n  fix: keep one, and write a second override for the other`,
    ],
    [
      'a path has dots',
      () => Override.image({ tag: 'edge', path: 'spec.containers[0].image' }),
      'json.pointer',
      'image override: path must be a JSON pointer, which begins with "/", got "spec.containers[0].image"\n  fix: write it like "/spec/containers/0/image"',
    ],
    [
      'the path of an image has an escape',
      () => Override.image({ tag: 'edge', path: '/metadata/annotations/example.com~1image' }),
      'override.image',
      'image override: path "/metadata/annotations/example.com~1image" has an escape sequence, which Karmada does not decode\n  fix: use a JSON patch for this field',
    ],
    [
      'a container has no name',
      () => Override.command(untyped({ add: ['-v'] })),
      'override.command',
      'command override: undefined cannot be the name of a container\n  fix: give the name of the container in the pod template',
    ],
    [
      'there are no words',
      () => Override.args({ container: 'pipy', add: [] }),
      'override.empty',
      'args override: add changes nothing\n  fix: give the words to add or to remove',
    ],
    [
      'words are one string',
      () => Override.args({ container: 'pipy', add: untyped('--log debug') }),
      'override.command',
      'args override: add must be a list of strings, got "--log debug"\n  fix: write each word as a separate string, such as ["--log-level", "debug"]',
    ],
    [
      'a command is to be replaced',
      () =>
        Override.fromRule({
          overriders: { commandOverrider: [{ containerName: 'a', operator: 'replace', value: ['x'] }] },
        }),
      'property.value',
      'command override: operator must be add or remove, got "replace"\n  fix: use one of add, remove',
    ],
    [
      'a label has an invalid value',
      () => Override.labels({ add: { tier: 'pure gold' } }),
      'override.metadata',
      'labels override: value "pure gold" of "tier" must be empty, or letters, digits, "-", "_" and ".", with a letter or digit at both ends\n  fix: give keys and values that Kubernetes accepts',
    ],
    [
      'a label is changed twice',
      () => Override.labels({ add: { tier: 'gold' }, remove: ['tier'] }),
      'override.metadata',
      'labels override changes "tier" twice\n  fix: keep one change, or write two overrides in the intended order',
    ],
    [
      'annotations are too long',
      () => Override.annotations({ add: { a: 'x'.repeat(256 * 1024) } }),
      'override.metadata',
      'annotations override has 262145 bytes, and Kubernetes allows 262144\n  fix: move the data into a ConfigMap',
    ],
    [
      'no labels are given',
      () => Override.labels({ add: {} }),
      'override.empty',
      'labels override: add changes nothing\n  fix: give at least one key, such as { add: { tier: "gold" } } or { remove: ["tier"] }',
    ],
    [
      'a JSON patch is empty',
      () => Override.jsonPatch(),
      'override.empty',
      'JSON patch has no operations\n  fix: give at least one, such as { operator: "replace", path: "/spec/replicas", value: 1 }',
    ],
    [
      'a JSON patch speaks as RFC 6902 does',
      () => Override.jsonPatch(untyped({ op: 'add', path: '/a', value: 1 })),
      'property.unknown',
      'JSON patch has no property "op"\n  fix: write "operator" in place of "op"',
    ],
    [
      'an operation is unknown to Karmada',
      () => Override.jsonPatch(untyped({ operator: 'move', path: '/a' })),
      'property.value',
      'JSON patch of /a: operator must be add, remove or replace, got "move"\n  fix: use one of add, remove, replace',
    ],
    [
      'a value is missing',
      () => Override.jsonPatch(untyped({ operator: 'add', path: '/a' })),
      'override.patch',
      'JSON patch of /a: add needs a value\n  fix: give a value (null is allowed in a JSON patch), or use remove',
    ],
    [
      'remove has a value',
      () => Override.jsonPatch(untyped({ operator: 'remove', path: '/a', value: 1 })),
      'override.patch',
      'JSON patch of /a: remove takes no value, got 1\n  fix: omit the value, or use replace',
    ],
    [
      'a path escapes nothing',
      () => Override.jsonPatch({ operator: 'remove', path: '/a~b' }),
      'json.pointer',
      'JSON patch: path has an invalid escape "~": "/a~b"\n  fix: write "~0" for "~", and "~1" for a "/" inside a key',
    ],
    [
      'a path is the whole object',
      () => Override.jsonPatch({ operator: 'remove', path: '' }),
      'override.patch',
      'JSON patch: path is empty, which is the whole object\n  fix: point at one field, such as "/spec/replicas"',
    ],
    [
      'a value would be lost in JSON',
      () => Override.jsonPatch({ operator: 'add', path: '/a', value: { at: new Date(0) } }),
      'json.value',
      'JSON patch of /a: value must be plain JSON data, got a Date\n  fix: use strings, numbers, booleans, null, lists and plain objects',
    ],
    [
      'a field patch has neither format',
      () => Override.fieldPatch('/data/a', untyped({})),
      'override.patch',
      'field patch needs either yaml or json, depending on the format of the field\n  fix: write it like { yaml: [{ operator: "replace", path: "/log/level", value: "debug" }] }',
    ],
    [
      'a field patch has both formats',
      () => {
        const operations = [{ subPath: '/a', operator: 'remove' }];
        return Override.fromRule({
          overriders: { fieldOverrider: [{ fieldPath: '/data/a', json: operations, yaml: operations }] },
        });
      },
      'override.patch',
      'field patch needs either yaml or json, depending on the format of the field\n  fix: write it like { yaml: [{ operator: "replace", path: "/log/level", value: "debug" }] }',
    ],
    [
      'a field patch writes null',
      () => Override.fieldPatch('/data/a', { yaml: [{ operator: 'add', path: '/b', value: null }] }),
      'override.patch',
      'field patch of /data/a: /b: Karmada treats null as a missing value\n  fix: give another value, or use remove',
    ],
    [
      'a field patch is empty',
      () => Override.fieldPatch('/data/a', { yaml: [] }),
      'override.empty',
      'field patch of /data/a has no operations\n  fix: give at least one, such as { operator: "replace", path: "/spec/replicas", value: 1 }',
    ],
    [
      'a rule changes nothing',
      () => Override.fromRule({ overriders: { plaintext: [] } }),
      'override.empty',
      'override rule changes nothing\n  fix: give it at least one overrider, or remove the rule',
    ],
    [
      'an overrider is misspelled',
      () => Override.fromRule({ overriders: untyped({ imageOverride: [] }) }),
      'property.unknown',
      'overriders has no property "imageOverride"\n  fix: write "imageOverrider" in place of "imageOverride"',
    ],
    [
      'it is for no cluster',
      () => Override.image({ tag: 'edge' }).for(),
      'clusters.empty',
      'Override.for names no cluster\n  fix: name at least one, or pass Clusters.all() for every cluster',
    ],
  ];

  test.each(refusals)('fails when %s', (_, call, code, message) => {
    expect(refusal(call)).toEqual({ code, message });
  });
});
