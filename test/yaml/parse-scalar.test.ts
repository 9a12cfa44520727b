import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../src/yaml/parse';

/** Unquoted text and what kubectl v1.32 made of it, `kubectl label --local -f FILE x=y -o json --dry-run=client`. */
const scalars: readonly (readonly [text: string, value: unknown])[] = [
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['~', 'null', 'Null', 'NULL', ''].map((word) => [word, null] as const),
  ...['yES', 'oN', 'tRUE', 'nUll', 'oFF', 'nil'].map((word) => [word, word] as const),
  ...['1:30', '190:20:30', '2020-01-01', '2001-12-14t21:59:43.10-05:00'].map((word) => [word, word] as const),
  ['0o17', 15],
  ['0O17', 15],
  ['017', 15],
  ['-017', -15],
  ['-0o17', -15],
  ['0o8', '0o8'],
  ['08', 8],
  ['019', 19],
  ['00', 0],
  ['0_1', 1],
  ['1_000', 1000],
  ['1__0', 10],
  ['1_', 1],
  ['_1', '_1'],
  ['+1', 1],
  ['0b11', 3],
  ['0B11', 3],
  ['-0b11', -3],
  ['0b12', '0b12'],
  ['0x1f', 31],
  ['0X1F', 31],
  ['+0x1', 1],
  ['0x', '0x'],
  ['0x1p3', '0x1p3'],
  ['1e3', 1000],
  ['1e+3', 1000],
  ['12e03', 12000],
  ['1.', 1],
  ['1.0', 1],
  ['1.50', 1.5],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['+.5', 0.5],
  ['.5_0', 0.5],
  ['._5', '._5'],
  ['.e3', '.e3'],
  ['.5E+3', 500],
  ['1_0.5', 10.5],
  ['1e21', 1e21],
  ['1e-7', 1e-7],
  ['1e400', '1e400'],
  ['-0', 0],
  ['-0.0', 0],
  ['9007199254740991', 9007199254740991],
  ['18446744073709551615', 18446744073709552000],
  ['123456789012345678901234567890', 1.2345678901234568e29],
  ['-', '-'],
  ['1.2.3', '1.2.3'],
  ['=', '='],
  ['<<', '<<'],
];

const keys: readonly (readonly [text: string, key: string])[] = [
  ['y', 'true'],
  ['No', 'false'],
  ['1', '1'],
  ['0x10', '16'],
  ['1_0', '10'],
  ['017', '15'],
  ['1.5', '1.5'],
  ['1.0', '1'],
  ['100000.0', '100000'],
  ['1e6', '1e+06'],
  ['1234567.0', '1.234567e+06'],
  ['123456789.5', '1.2345679e+08'],
  ['0.00001', '1e-05'],
  ['.inf', '.inf'],
  ['-.inf', '-.inf'],
  ['.nan', '.nan'],
  ['9007199254740993', '9007199254740993'],
  ['2001-01-01', '2001-01-01'],
  ['"y"', 'y'],
  ['""', ''],
];

/** `-` alone is a list item where a value may stand, so scalars stand in brackets, the empty one excepted. */
const scalarText = scalars.map(([text], index) => `s${index}: ${text === '' ? '' : `[${text}]`}`).join('\n');
const scalarValues = Object.fromEntries(
  scalars.map(([text, value], index) => [`s${index}`, text === '' ? value : [value]]),
);
const keyText = keys.map(([text], index) => `k${index}: {${text}: 1}`).join('\n');
const keyValues = Object.fromEntries(keys.map(([, key], index) => [`k${index}`, { [key]: 1 }]));

function ours(text: string): unknown {
  const { documents, problems } = parseYaml(text);
  expect(problems).toEqual([]);
  return documents[0]?.value;
}

describe('scalars', () => {
  test.each(scalars)('%s is read as %j', (text, value) => {
    expect(ours(text === '' ? 'a:' : `a: [${text}]`)).toEqual({ a: text === '' ? value : [value] });
  });

  test.each(keys)('key %s becomes %j', (text, key) => {
    expect(ours(`${text}: 1`)).toEqual({ [key]: 1 });
  });

  test.each(['.inf', '-.Inf', '+.INF', '.nan'])('fails when a value is %s, which JSON cannot hold', (text) => {
    expect(parseYaml(`a: ${text}`).problems).toEqual([
      {
        code: 'yaml.number',
        severity: 'error',
        document: 0,
        line: 1,
        column: 4,
        message: `${text} is not a valid JSON number`,
        why: 'Kubernetes objects are JSON; kubectl rejects the document',
        fix: `if it is text, write it in quotes: "${text}"`,
      },
    ]);
  });

  test.each(['~: 1', 'null: 1', '{~: 1}', '18446744073709551615: 1', '[a]: 1', '{a: b}: 1'])(
    'fails when a key is no text: %s',
    (text) => {
      expect(parseYaml(text).problems.map(({ code, line }) => ({ code, line }))).toEqual([
        { code: 'yaml.key', line: 1 },
      ]);
    },
  );

  test('says so where a whole number loses digits', () => {
    const { documents, problems } = parseYaml('a: 1\nb: 9007199254740993\n');
    expect(documents[0]?.value).toEqual({ a: 1, b: 9007199254740992 });
    expect(problems).toMatchObject([
      {
        code: 'yaml.imprecise-number',
        severity: 'warning',
        line: 2,
        column: 4,
        message: 'a whole number above 2^53: its last digits are rounded',
      },
    ]);
  });

  const kubectl = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0;
  test(`the tables are what kubectl answers${kubectl ? '' : ' (kubectl is not on this machine: not asked)'}`, () => {
    if (!kubectl) return;
    const file = join(mkdtempSync(join(tmpdir(), 'scalars-')), 'scalars.yaml');
    writeFileSync(file, `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n${scalarText}\n${keyText}\n`);
    const { stdout, stderr } = spawnSync(
      'kubectl',
      ['label', '--local', '-f', file, 'x=y', '-o', 'json', '--dry-run=client'],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    const { apiVersion, kind, metadata, ...read } = JSON.parse(stdout);
    expect(read).toEqual({ ...scalarValues, ...keyValues });
    expect(ours(`${scalarText}\n${keyText}`)).toEqual(read);
  });
});
