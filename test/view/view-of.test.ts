import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
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
