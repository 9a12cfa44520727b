import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/model/kubernetes-object';
import { liveDifference, webhookDifference } from '../support/admission-comparison';

interface Answer {
  readonly allowed: boolean;
  readonly paths?: readonly string[];
  readonly stored?: Readonly<Record<string, unknown>>;
}

interface Mutant {
  readonly id: string;
  readonly object: KubernetesObject;
  readonly oldObject?: KubernetesObject;
  readonly others?: readonly KubernetesObject[];
  readonly operation: 'CREATE' | 'UPDATE';
  readonly webhook: Answer;
  readonly live: Answer;
}

const { cases } = JSON.parse(readFileSync(resolve(__dirname, '../fixtures/admission-mutants.json'), 'utf8')) as {
  readonly cases: readonly Mutant[];
};

describe('objects changed at random', () => {
  test.each(cases)("$id $operation: decided as by Karmada's own code", (mutant) => {
    const { object, oldObject, others, operation, webhook, live } = mutant;
    const options = { operation, ...(oldObject && { oldObject }), ...(others && { others }) };
    expect(webhookDifference(object, options, { paths: [], ...webhook })).toBeUndefined();
    const { difference, stored } = liveDifference(object, options, { paths: [], ...live });
    expect(difference).toBeUndefined();
    const kept = Object.fromEntries(Object.keys(live.stored ?? {}).map((field) => [field, stored?.[field]]));
    expect(kept).toEqual(live.stored ?? {});
  });
});
