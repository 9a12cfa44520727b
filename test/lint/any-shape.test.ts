import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Manifest } from '../../src/kubernetes/manifest';
import { lint } from '../../src/lint';
import { readManifests } from '../../src/manifests';
import { Fleet } from '../../src/model/fleet';
import { propertyRuns } from '../support/property-runs';

const folder = resolve(__dirname, '../lint-cases');
const federations = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, 'good')))
  .map((name) => ({
    manifests: readManifests([join(folder, name, 'good')]).manifests,
    fleet: Fleet.parse(readFileSync(join(folder, name, 'fleet.yaml'), 'utf8')),
  }));

/** What somebody may have written in place of a value. */
const anything = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, '', 'text', [], {}, [null], ['text'], [{}], { name: null }, { '': [] }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Puts another value at the field that the numbers lead to, from the object inwards. */
function withOther(value: unknown, turns: readonly number[], other: unknown): unknown {
  const [turn, ...rest] = turns;
  if (turn === undefined || typeof value !== 'object' || value === null) return other;
  const entries = Object.entries(value);
  if (entries.length === 0) return other;
  const [key] = entries[turn % entries.length] as [string, unknown];
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
  const inside = copy as Record<string, unknown>;
  inside[key] = withOther(inside[key], rest, other);
  return copy;
}

test('whatever stands in a field, the linter answers', () => {
  fc.assert(
    fc.property(
      fc.nat(federations.length - 1),
      fc.nat(100),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }),
      anything,
      (which, position, turns, other) => {
        const { manifests, fleet } = federations[which]!;
        const chosen = position % manifests.length;
        const changed = manifests.map((manifest, index): Manifest => {
          if (index !== chosen) return manifest;
          const { apiVersion, kind, ...content } = manifest.object;
          const object = { apiVersion, kind, ...(withOther(content, turns, other) as object) };
          return { ...manifest, object: object as Manifest['object'] };
        });
        // Names that are no text do not come through reading.
        const { name, namespace = '' } = (changed[chosen]?.object.metadata ?? {}) as Record<string, unknown>;
        fc.pre(typeof name === 'string' && typeof namespace === 'string');
        const texts = lint(changed, { fleet }).findings.map(({ rule, message, fix }) => `${rule}: ${message}; ${fix}`);
        expect(texts.filter((text) => /undefined|\[object |NaN/.test(text))).toEqual([]);
      },
    ),
    { numRuns: propertyRuns(300) },
  );
});
