import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { admit } from '../../src/admission';
import type { KubernetesObject } from '../../src/kubernetes/object';

interface NamedObject {
  readonly name: string;
  readonly object: KubernetesObject;
}

/**
 * Objects of Kubernetes' own kinds with one mistake each, and ones without. The verdicts follow the documented validation of
 * Kubernetes; those that an API server gave are in test/vectors.
 */
const objects = JSON.parse(readFileSync(join(__dirname, '../fixtures/core-objects.json'), 'utf8')) as Readonly<
  Record<'allowed' | 'refused', readonly NamedObject[]>
>;

describe("Kubernetes' own kinds", () => {
  test('no object without a mistake is refused', () => {
    const refused = objects.allowed.flatMap(({ name, object }) =>
      admit(object).causes.map((cause) => [name, cause.path]),
    );
    expect(refused).toEqual([]);
  });

  test('every mistake is refused, with a field, a reason and a fix', () => {
    const findings = objects.refused.map(({ name, object }) => ({ name, causes: admit(object).causes }));
    expect(findings.filter(({ causes }) => causes.length === 0).map(({ name }) => name)).toEqual([]);
    const unclear = findings.flatMap(({ name, causes }) =>
      causes
        .filter(({ message, fix }) => message === '' || fix === '' || /undefined|\[object/.test(message + fix))
        .map(() => name),
    );
    expect(unclear).toEqual([]);
  });
});
