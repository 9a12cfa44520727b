import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { capacitiesFrom } from '../../src/cli/capacities';
import { Contract } from '../../src/model/contract';
import { Fleet } from '../../src/model/fleet';
import { ModelError } from '../../src/problem/model-error';
import { parseYamlValue } from '../../src/yaml/parse';
import { anyFleetClusters } from '../support/arbitrary-fleet';
import { propertyRuns } from '../support/property-runs';

const root = join(__dirname, '../..');

function schema(name: string): (value: unknown) => boolean {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
  const validate = ajv.compile(JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')));
  return (value) => validate(value) === true;
}

/** Whether a reader accepts the text of a value. */
function accepted(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return false;
  }
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    'a b',
    'A',
    'eu',
    '-',
    '5',
    '500m',
    '1e3',
    '12e',
    '1.5.2',
    '50%',
    '101%',
    '0%',
  ),
  fc.constantFrom<unknown>(0, 1, -1, 1.5, 2 ** 31, 2 ** 53, true, [], {}, ['a'], [null], { a: 'b' }, { in: ['a'] }),
  fc.string({ maxLength: 70 }).map((text) => text.replaceAll(/[^ -~]/g, '-')),
);

/** A copy of a value, changed in one place: another value, one property more, or one less. */
function changed(value: unknown, other: unknown, key: string, path: readonly number[], how: number): unknown {
  const copy: { top: unknown } = { top: JSON.parse(JSON.stringify(value)) };
  let holder = copy as Record<string, unknown>;
  let at = 'top';
  for (const step of path) {
    const next = holder[at];
    if (typeof next !== 'object' || next === null || Object.keys(next).length === 0) break;
    holder = next as Record<string, unknown>;
    at = Object.keys(next)[step % Object.keys(next).length]!;
  }
  const inner = holder[at];
  if (how === 0 || typeof inner !== 'object' || inner === null) holder[at] = other;
  else if (how === 1 && !Array.isArray(inner)) (inner as Record<string, unknown>)[key] = other;
  else if (!Array.isArray(holder) && at !== 'top') delete holder[at];
  return copy.top;
}

const anyChange = fc.tuple(
  junk,
  fc.constantFrom(
    'x',
    'region',
    'labels',
    'key',
    'a.b/c',
    'A/b',
    'by',
    'keep',
    'losing',
    'only',
    'nodes',
    '$schema',
    'zone',
  ),
  fc.array(fc.nat(9), { maxLength: 7 }),
  fc.nat(2),
);

/** Checks that schema and reader agree on valid files, and on files that differ from these in one place. */
function agree(
  valid: fc.Arbitrary<unknown>,
  isValid: (value: unknown) => boolean,
  read: (text: string) => unknown,
): void {
  let refused = 0;
  const compare = (value: unknown): boolean => {
    const text = JSON.stringify(value);
    const byReader = accepted(() => read(text));
    expect([text, isValid(JSON.parse(text))]).toEqual([text, byReader]);
    return byReader;
  };
  fc.assert(
    fc.property(valid, anyChange, (value, [other, key, path, how]) => {
      expect(compare(value)).toBe(true);
      if (!compare(changed(value, other, key, path, how))) refused++;
    }),
    { numRuns: propertyRuns(2000) },
  );
  expect(refused).toBeGreaterThan(50);
}

describe('the schema of fleet files', () => {
  test('agrees with the reader', () => {
    const valid = fc.tuple(anyFleetClusters, fc.boolean(), fc.boolean()).map(([clusters, estimators, named]) => ({
      ...(named && { $schema: 'x' }),
      clusters,
      ...(estimators && { schedulerEstimators: true }),
    }));
    agree(valid, schema('fleet'), (text) => Fleet.parse(text));
  });

  test('cannot tell taints that are listed twice', () => {
    const taint = { key: 'a', effect: 'NoSchedule' };
    const value = { clusters: { a: { taints: [taint, taint] } } };
    expect([schema('fleet')(value), accepted(() => Fleet.parse(JSON.stringify(value)))]).toEqual([true, false]);
  });
});

const anySubject = fc.constantFrom('web', 'Deployment/shop/web', 'namespace/shop', 'shop-*', ' web ');
const anyGroup = fc.constantFrom('cluster', 'region', 'provider', 'zone', null);
const anyTopology = fc.constantFrom<unknown>('eu', { in: ['eu', 'us'] }, { notIn: ['eu'] });
const by = <Shape extends object>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
  fc.record({ on: anySubject, ...shape, by: anyGroup }, { requiredKeys: ['on', ...Object.keys(shape)] as never });

const anyContract = fc.oneof(
  fc.record(
    {
      on: anySubject,
      keep: fc.constantFrom<unknown>(1, 3, '60%', '100%', '0.5%', '099.5%'),
      losing: fc.constantFrom<unknown>('cluster', 'zone', 'any region', 'member1', 'region=eu', ['member1', 'member2']),
      mode: fc.constantFrom('lost', 'evicted', 'unjoined', null),
    },
    { requiredKeys: ['on', 'keep'] },
  ),
  fc.record({
    on: anySubject,
    only: fc.oneof(
      fc.constant(['member1', 'member2']),
      fc.record(
        {
          labels: fc.constantFrom<unknown>(
            { tier: 'edge' },
            { 'a.b/c': { notIn: ['x', ''] } },
            { tier: { exists: true } },
          ),
          region: anyTopology,
          provider: anyTopology,
        },
        { requiredKeys: ['region'] },
      ),
    ),
  }),
  by({ apartFrom: anySubject }),
  by({ togetherWith: anySubject }),
  by({ atMost: fc.nat(9) }),
  by({ maxSkew: fc.nat(9) }),
);

describe('the schema of contracts files', () => {
  test('agrees with the reader', () => {
    const valid = fc.array(anyContract, { maxLength: 3 }).map((contracts) => ({ contracts }));
    agree(valid, schema('contracts'), (text) => Contract.parse(text));
  });
});

describe('the schema of capacities files', () => {
  test('agrees with the reader', () => {
    const valid = fc.dictionary(
      fc.constantFrom('Deployment/default/pipy', 'Job/a/b', '$schema'),
      fc.dictionary(fc.constantFrom('member1', 'member2'), fc.nat(9)),
    );
    agree(valid, schema('capacities'), (text) =>
      capacitiesFrom(parseYamlValue(text, 'capacities.json'), 'capacities.json'),
    );
  });
});

test('the examples of docs/formats.md are valid, and name their schemas', () => {
  const page = readFileSync(join(root, 'docs/formats.md'), 'utf8');
  for (const [name, section] of [
    ['fleet', 'Fleet file'],
    ['contracts', 'Contracts file'],
    ['capacities', 'Capacities file'],
  ] as const) {
    const [, text] = new RegExp(`\n## ${section}\n[\\s\\S]*?\`\`\`(?:yaml|json)\n([\\s\\S]*?)\`\`\``).exec(page)!;
    // Editors read YAML 1.2, where `on` is text.
    expect([name, schema(name)(parse(text!))]).toEqual([name, true]);
  }
  for (const name of ['fleet', 'contracts', 'capacities', 'lint-config']) {
    expect(page).toContain(`node_modules/cdk8s-karmada/schemas/${name}.schema.json`);
  }
});
