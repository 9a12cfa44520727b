import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noInputs } from '../../src/site/playground/inputs';
import { shareable } from '../../src/site/playground/shareable';
import { emitYaml } from '../../src/yaml/emit';

const shared = (manifests: string) => shareable({ ...noInputs, manifests })?.manifests;

const configMap = '# kept\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: open }\n';

describe('a text in an address', () => {
  test('is as written if nothing in it is secret', () => {
    expect(shared(`${configMap}---\n# also kept\n${configMap}`)).toBe(`${configMap}---\n# also kept\n${configMap}`);
    expect(shared('')).toBe('');
    expect(shared('---\n# only a comment\n---\n')).toBe('---\n# only a comment\n---\n');
  });

  test('has no value and no comment of a document with a Secret', () => {
    const secret = 'apiVersion: v1\nkind: Secret # hunter2\nmetadata: { name: s }\nstringData: { password: hunter2 }\n';
    const text = shared(`${configMap}---\n${secret}---\n${configMap}`);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('# kept');
    expect(text).toContain('password:');
  });

  test('is not there as long as a part cannot be read', () => {
    expect(shared(`${configMap}---\nkind: Secret\nstringData: { password: hunter2\n`)).toBeUndefined();
    expect(shared('stringData: { password: hunter2 }\n')).toBeUndefined();
  });

  test('has no secret value in any form', () => {
    const value = fc.stringMatching(/^hunter2[a-z0-9]{0,20}$/);
    const object = fc.oneof(
      value.map((data) => ({ kind: 'Secret', stringData: { key: data } })),
      value.map((data) => ({ kind: 'Secret', data: { key: data } })),
      value.map((data) => ({ kind: 'Secre', data: { key: data } })),
      value.map((data) => ({ kind: 'ConfigMap', stringData: { key: data } })),
      value.map((data) => ({ kind: 'List', items: [{ apiVersion: 'v1', kind: 'Secret', data: { key: data } }] })),
      value.map((data) => ({ kind: 'SecretList', items: [{ data: { key: data } }] })),
      value.map((data) => ({
        kind: 'Secret',
        metadata: { name: 's', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': data } },
      })),
      value.map((data) => ({
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'OverridePolicy',
        spec: {
          overrideRules: [{ overriders: { plaintext: [{ path: '/data/key', operator: 'replace', value: data }] } }],
        },
      })),
    );
    fc.assert(
      fc.property(fc.array(object, { maxLength: 4 }), (objects) => {
        const text = emitYaml(objects.map((each) => ({ apiVersion: 'v1', metadata: { name: 's' }, ...each })));
        expect(shared(text) ?? '').not.toContain('hunter2');
      }),
    );
  });
});
