import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Federation, Override, OverridePolicy } from '../../../src';
import { refusal } from '../../support/refusal';

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'late-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
});

function chartIn(): { readonly federation: Federation; readonly chart: Chart } {
  const federation = new Federation({ outdir, lint: false });
  return { federation, chart: new Chart(federation, 'shop') };
}

function configMap(scope: Construct, id: string, data: object = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data } as never);
}

describe('constructs that are added late', () => {
  test.each([1, 2, 5])('are written when %d validations add one each', (most) => {
    const { federation, chart } = chartIn();
    let added = 0;
    chart.node.addValidation({
      validate: () => {
        if (added < most) configMap(chart, `late-${added++}`);
        return [];
      },
    });
    const yaml = federation.synthYaml();
    for (let index = 0; index < most; index++) expect(yaml).toContain(`name: late-${index}\n`);
  });

  test('fail when every validation adds one', () => {
    const { federation, chart } = chartIn();
    let added = 0;
    chart.node.addValidation({
      validate: () => {
        configMap(chart, `late-${added++}`);
        return [];
      },
    });
    expect(refusal(() => federation.synthYaml()).code).toBe('synth.growing');
  });

  test('fail when toJson() adds one, with its path', () => {
    class Late extends ApiObject {
      override toJson(): unknown {
        configMap(chart, 'late');
        return super.toJson();
      }
    }
    const { federation, chart } = chartIn();
    new Late(chart, 'first', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(refusal(() => federation.synthYaml())).toMatchObject({
      code: 'synth.late',
      message: expect.stringContaining('shop/late was created while the objects were being written'),
    });
  });

  test('fail when a Lazy adds one', () => {
    const { federation, chart } = chartIn();
    configMap(chart, 'first', { a: Lazy.any({ produce: () => configMap(chart, 'late').name }) });
    expect(refusal(() => federation.synthYaml()).code).toBe('synth.late');
  });
});

describe('a key named __proto__', () => {
  const value: unknown = JSON.parse('{"__proto__": {"a": 1}, "b": 2}');

  test('is written in the value of a patch', () => {
    const { federation, chart } = chartIn();
    new OverridePolicy(chart, 'policy', {
      overrideRules: [Override.jsonPatch({ operator: 'add', path: '/data', value })],
    });
    expect(federation.synthYaml()).toContain('__proto__:\n');
  });

  test('fails in a plain App, which would drop it', () => {
    const chart = new Chart(new App(), 'shop');
    const policy = new OverridePolicy(chart, 'policy', {
      overrideRules: [Override.jsonPatch({ operator: 'add', path: '/data', value })],
    });
    expect(policy.node.validate().join()).toContain('a patch has a value with the key "__proto__"');
  });

  test('is written in an object of the author', () => {
    const { federation, chart } = chartIn();
    configMap(chart, 'map', JSON.parse('{"__proto__": "x"}'));
    expect(federation.synthYaml()).toContain('  __proto__: x\n');
  });
});
