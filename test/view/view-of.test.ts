import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { lint } from '../../src/lint';
import { pageHtml } from '../../src/view/html';
import { viewData } from '../../src/view/view-of';
import { demoFleet, secret } from '../support/report-plans';

const page = '<title>{{title}}</title>connect-src \'none\'<script type="application/json">{{data}}</script>';

function html(
  objects: readonly KubernetesObject[],
  more: { readonly title?: string; readonly live?: boolean } = {},
): string {
  return pageHtml(
    page,
    viewData({
      title: 'demo',
      manifests: objects.map((object, index) => ({ object, origin: { type: 'memory', index } })),
      planOptions: { fleet: demoFleet },
      calls: [],
      contracts: [],
      findings: [],
      ...more,
    }),
  );
}

describe('the data of a page', () => {
  test('has no value of a Secret, wherever it stands', () => {
    const password = 'hunter2-hunter2';
    const encoded = Buffer.from(password).toString('base64');
    const own = secret('token', { password });
    const withData: KubernetesObject = {
      ...secret('other', {}),
      data: { password: encoded },
      metadata: {
        name: 'other',
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ data: { password: encoded } }),
        },
      },
    };
    const override = (kind: string, overriders: object): KubernetesObject => ({
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind,
      metadata: { name: 'x', namespace: 'default' },
      spec: {
        resourceSelectors: [{ apiVersion: 'v1', kind: 'Secret', name: 'token' }],
        overriders,
        overrideRules: [{ overriders }],
      },
    });
    const text = html([
      { apiVersion: 'v1', kind: 'List', items: [own] } as unknown as KubernetesObject,
      own,
      withData,
      override('OverridePolicy', {
        plaintext: [
          { path: '/data/password', operator: 'replace', value: encoded },
          { path: '/stringData', operator: 'add', value: { password } },
        ],
      }),
      override('ClusterOverridePolicy', {
        fieldOverrider: [{ fieldPath: '/data/x', json: [{ subPath: '/a', operator: 'replace', value: password }] }],
      }),
    ]);
    expect(text).not.toContain(password);
    expect(text).not.toContain(encoded);
    expect(text).toContain('"password"');
  });

  test('has none of it in nested objects, copies of tools, wrong fields and messages', () => {
    const value = 'hunter2-hunter2';
    const token = { ...secret('token', { value }), Data: { value }, extra: value };
    const copied = {
      ...token,
      metadata: { ...token.metadata, annotations: { 'kapp.k14s.io/original': JSON.stringify({ data: { value } }) } },
    };
    const override = (name: string, overriders: object): KubernetesObject => ({
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name, namespace: 'default' },
      spec: { resourceSelectors: [{ apiVersion: 'v1', kind: 'Secret' }], overrideRules: [{ overriders }, value] },
    });
    const objects: readonly KubernetesObject[] = [
      copied,
      {
        apiVersion: 'work.karmada.io/v1alpha1',
        kind: 'Work',
        metadata: { name: 'w', namespace: 'karmada-es-member1' },
        spec: { workload: { manifests: [token] } },
      },
      override('whole', { plaintext: [{ path: '', operator: 'replace', value: { kind: 'Secret', data: { value } } }] }),
      override('no-list', { plaintext: { path: '/data/a', value }, fieldOverrider: { fieldPath: '/data/a', value } }),
    ];
    const manifests = objects.map((object, index) => ({ object, origin: { type: 'memory' as const, index } }));
    const { findings } = lint(manifests);
    expect(JSON.stringify(findings)).toContain(value);
    const text = JSON.stringify(
      viewData({
        title: '',
        manifests,
        before: manifests,
        planOptions: { fleet: demoFleet, bindings: objects },
        calls: [],
        contracts: [],
        findings,
      }),
    );
    expect(text).not.toContain(value);
    expect(text).toContain('no-list');
  });

  test('has the value of an override for other kinds, and references to Secrets', () => {
    const policy: KubernetesObject = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'all', namespace: 'default' },
      spec: { overriders: { plaintext: [{ path: '/spec/replicas', operator: 'replace', value: 4 }] } },
    };
    const claim: KubernetesObject = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: { name: 'claim', namespace: 'default' },
      spec: { resourceSelectors: [{ apiVersion: 'v1', kind: 'Secret', name: 'token' }] },
    };
    const data = /<script[^>]*>(.*)<\/script>/s.exec(html([policy, claim]))?.[1] ?? '';
    expect(JSON.parse(data).manifests.map(({ object }: { object: unknown }) => object)).toEqual([policy, claim]);
  });

  test('is in its place, also for a title that is the name of a place', () => {
    expect(html([], { title: '{{data}}' })).toContain('<title>{{data}}</title>');
  });

  test('ends no element, whatever the manifests say', () => {
    const evil = '</script><script>alert(1)</script><!--\u2028\u202e{{title}}$&';
    const text = html([secret(evil, { [evil]: 'x' })], { title: evil });
    expect(text.match(/<\/?script/g)).toEqual(['<script', '</script']);
    expect(text).not.toContain('<!--');
    const data = /<script[^>]*>(.*)<\/script>/s.exec(text)?.[1] ?? '';
    expect(JSON.parse(data).manifests[0].object.metadata.name).toBe(evil);
  });

  test('asks the server only if there is one', () => {
    expect(html([])).toContain("connect-src 'none'");
    expect(html([], { live: true })).toContain("connect-src 'self'");
  });
});
