import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/kubernetes/manifest';
import { apiGroup, objectKey } from '../../src/kubernetes/object';
import { lint } from '../../src/lint';
import { readManifests, readManifestsFrom } from '../../src/manifests';
import { Fleet } from '../../src/model/fleet';

const folder = resolve(__dirname, '../lint-cases');

const federations = readdirSync(folder).flatMap((name) =>
  ['bad', 'good']
    .filter((half) => existsSync(join(folder, name, half)))
    .map((half) => ({
      name: `${name}/${half}`,
      fleet: Fleet.parse(readFileSync(join(folder, name, 'fleet.yaml'), 'utf8')),
      manifests: readManifests([join(folder, name, half)]).manifests,
    })),
);

/** Of several manifests of one object the last one counts, so only the others may change their order. */
function haveOneManifestEach(manifests: readonly Manifest[]): boolean {
  const keys = manifests.map(({ object }) => `${apiGroup(object.apiVersion)} ${objectKey(object)}`);
  return new Set(keys).size === keys.length;
}

describe('findings', () => {
  const shuffled = federations
    .filter(({ manifests }) => manifests.length > 1 && haveOneManifestEach(manifests))
    .map((federation) => {
      const { manifests } = federation;
      const orders = fc.shuffledSubarray([...manifests], { minLength: manifests.length });
      return orders.map((order) => ({ ...federation, order }));
    });

  test('do not depend on the order in which manifests are given', () => {
    fc.assert(
      fc.property(fc.oneof(...shuffled), ({ manifests, order, fleet }) => {
        expect(lint(order, { fleet }).findings).toEqual(lint(manifests, { fleet }).findings);
      }),
      { numRuns: 60 },
    );
  });

  test('are about the last of several manifests of one object, in the order in which they are given', () => {
    const configMap = (value: string, file: string): readonly Manifest[] =>
      readManifestsFrom(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: pipy }\ndata: { key: ${value} }\n`, file)
        .manifests;
    const placesOf = (manifests: readonly Manifest[]) =>
      lint(manifests)
        .findings.flatMap((finding) => [finding, ...(finding.related ?? [])])
        .filter(({ rule }) => rule === 'no-duplicate-object')
        .map(({ location }) => location);
    const [a, b] = [configMap('one', 'a.yaml'), configMap('two', 'b.yaml')];
    expect(placesOf([...a, ...b])).toMatchObject([{ file: 'a.yaml' }]);
    expect(placesOf([...b, ...a])).toMatchObject([{ file: 'b.yaml' }]);
  });
});
