import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OverrideSpec, PropagationSpec } from '../../src/karmada/policy-spec';
import { Failover } from '../../src/model/failover';
import { Override } from '../../src/model/override';
import { Placement } from '../../src/model/placement';
import { Suspension } from '../../src/model/suspension';
import { ModelError } from '../../src/problem/model-error';

interface RecordedCase {
  readonly id: string;
  readonly note: string;
  readonly operation: string;
  readonly object: { readonly kind: string; readonly spec: PropagationSpec & OverrideSpec };
  readonly live?: { readonly allowed: boolean; readonly message?: string; readonly storedSpec?: PropagationSpec };
}

const file = join(process.env['KARMADA_VECTORS'] ?? join(__dirname, '../vectors'), 'admission.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: RecordedCase[] };

/** The parts of a policy that are values of ours, each with the way to read it. */
const parts: readonly { readonly path: string; readonly read: (spec: RecordedCase['object']['spec']) => unknown }[] = [
  { path: 'spec.placement', read: ({ placement }) => placement && Placement.fromSpec(placement) },
  { path: 'spec.failover', read: ({ failover }) => failover && Failover.fromSpec(failover) },
  { path: 'spec.suspension', read: ({ suspension }) => suspension && Suspension.fromSpec(suspension) },
  { path: 'spec.overrideRules', read: ({ overrideRules = [] }) => overrideRules.map(Override.fromRule) },
];

const policies = cases.filter(
  ({ object, operation, live }) => /Policy$/.test(object.kind) && operation === 'CREATE' && live,
);
const refused = policies.flatMap(({ id, note, object, live }) =>
  live!.allowed
    ? []
    : parts.filter(({ path }) => live!.message?.includes(path)).map((part) => ({ id, note, object, part })),
);

const stored = policies.flatMap(({ id, note, live }) =>
  live!.allowed && live!.storedSpec?.placement ? [{ id, note, placement: live!.storedSpec.placement }] : [],
);

test('there are cases of both kinds', () => {
  expect(refused.length).toBeGreaterThan(0);
  expect(stored.length).toBeGreaterThan(0);
});

describe('what a Karmada v1.18.2 control plane refused', () => {
  test.each(refused)('fails to be read: $id $note', ({ object, part }) => {
    expect(() => part.read(object.spec)).toThrow(ModelError);
  });
});

describe('what it stored', () => {
  test.each(stored)('is read without loss, or refused as ignored: $id $note', ({ placement }) => {
    let read: Placement;
    try {
      read = Placement.fromSpec(placement);
    } catch (error) {
      expect(error).toBeInstanceOf(ModelError);
      return;
    }
    expect(read.toSpec()).toEqual(placement);
  });
});
