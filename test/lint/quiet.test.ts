import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { lint } from '../../src/lint';
import { planOf } from '../../src/planner';
import { LiveWorld, type RecordedObject } from '../conformance/live-world';

/** The release whose control plane answered. */
const karmada = '1.18';
const folder = process.env['KARMADA_VECTORS'] ?? resolve(__dirname, '../vectors');

function recorded<Case>(topic: string): readonly Case[] {
  return (JSON.parse(readFileSync(resolve(folder, `${topic}.json`), 'utf8')) as { cases: readonly Case[] }).cases;
}

/** Rules about what Karmada takes and lets do nothing, of which the recorded objects have some. */
const accepted = [
  'no-static-weights-beside-dynamic',
  'no-system-metadata',
  'no-untolerated-taint',
  'valid-cluster-selector',
];

test('no object that a control plane took is refused, nor has an error but that a part of it does nothing', () => {
  const cases = recorded<{ readonly object: KubernetesObject; readonly live: { readonly allowed: boolean } }>(
    'admission',
  );
  const errors = cases
    .filter(({ live }) => live.allowed)
    .flatMap(({ object }) => lint([object], { karmada }).findings)
    .filter(({ severity, rule }) => severity === 'error' && !accepted.includes(rule));
  expect(errors).toEqual([]);
});

test('no scenario that ran has an error while all of its objects are placed', () => {
  const fleet = ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'].map((name) => ({ name }));
  const scenarios = recorded<{
    readonly id: string;
    readonly steps: readonly {
      readonly apply?: readonly RecordedObject[];
      readonly delete?: readonly RecordedObject[];
    }[];
  }>('live_scenarios');
  let linted = 0;
  for (const { id, steps } of scenarios) {
    const world = new LiveWorld(id);
    for (const step of steps) {
      world.change(step.apply ?? [], step.delete ?? []);
      const { templates } = planOf(world.objects, { fleet, karmada });
      if (templates.some(({ outcome }) => outcome.kind === 'unmatched')) continue;
      linted++;
      expect(lint(world.objects, { fleet, karmada }).findings.filter(({ severity }) => severity === 'error')).toEqual(
        [],
      );
    }
  }
  expect(linted).toBeGreaterThan(scenarios.length);
});
