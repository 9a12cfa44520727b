import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/model/kubernetes-object';
import { applyOverrides } from '../../../src/planner/override/apply-overrides';

interface DetailCase {
  readonly title: string;
  readonly object: KubernetesObject;
  readonly overriders: unknown;
  readonly result?: KubernetesObject;
  readonly error?: true;
}

// Recorded from Karmada v1.18.2 itself: its override manager, asked about inputs that its own tests leave out.
const file = resolve(__dirname, '../../fixtures/overriders-in-detail.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly DetailCase[] };

describe('every overrider in detail, as Karmada answered', () => {
  test.each(cases)('$title', ({ object, overriders, result, error }) => {
    const policy = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'op', namespace: 'default' },
      spec: { overrideRules: [{ overriders }] },
    };
    const before = structuredClone({ object, policy });
    const outcome = applyOverrides(object, { name: 'member1' }, [policy]);
    if (error) expect(outcome.kind).toBe('failed');
    else expect(outcome).toMatchObject({ kind: 'overridden' });
    if (outcome.kind === 'overridden') expect(outcome.object).toEqual(result);
    expect({ object, policy }).toEqual(before);
  });
});
