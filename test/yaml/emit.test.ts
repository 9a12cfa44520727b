import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { load as jsYamlLoad } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { emitDocument, emitYaml, emitYamlPieces } from '../../src/yaml/emit';
import { propertyRuns } from '../support/property-runs';
import { anyText, isCorrected, kubectlReads, plainData } from '../support/yaml-texts';

/** cdk8s takes the library for everything but a document that is undefined. */
const asCdk8s = (value: unknown) => Yaml.stringify(value);

describe('emitYaml', () => {
  test('writes documents as cdk8s separates them', () => {
    expect(emitYaml([{ kind: 'Service' }, { kind: 'Deployment' }])).toBe('kind: Service\n---\nkind: Deployment\n');
    expect(emitYaml([])).toBe('');
  });

  test('comes in pieces that are the same text, where it is long', () => {
    const documents = Array.from({ length: 300 }, (_, index) => ({ index, text: 'x'.repeat(500) }));
    const pieces = emitYamlPieces(documents);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(documents.map(asCdk8s).join('---\n'));
  });

  test('writes an object that occurs twice twice, without an anchor', () => {
    const labels = { app: 'pipy' };
    expect(emitDocument({ a: labels, b: [labels] })).toBe('a:\n  app: pipy\nb:\n  - app: pipy\n');
  });

  test.each([
    { what: 'a function', value: () => 1, got: 'a function' },
    { what: 'a symbol', value: Symbol('x'), got: 'a symbol' },
  ])('fails when given $what', ({ value, got }) => {
    expect(() => emitDocument({ spec: [value] })).toThrow(
      `YAML documents must be plain data, got ${got}\n  fix: convert it to strings, numbers, booleans, arrays and plain objects`,
    );
  });

  test.each<{ what: string; value: unknown }>([
    { what: 'empty collections', value: { a: {}, b: [], c: [[], {}], d: { e: {} } } },
    { what: 'null and undefined', value: { a: null, b: undefined, c: [null, undefined] } },
    { what: 'sequences in sequences', value: [[1, [2, [3]]], { a: [[{ b: 1, c: 2 }]] }] },
    { what: 'numbers', value: [0, -0, 1.5, 1e21, 1e-7, -12345678901234, Number.NaN, -Infinity, Infinity, 10n] },
    {
      what: 'keys longer than YAML allows in front of a colon',
      value: { ['k'.repeat(1025)]: { a: [1] }, ['"'.repeat(600)]: 'x' },
    },
    {
      what: 'keys that are numbers, words and marks',
      value: { 1: 1, y: 1, null: 1, '': 1, '---': 1, a: { '...': 1 }, '? a': 1 },
    },
    {
      what: 'scripts of several lines',
      value: { a: 'set -e\n\n  echo "hi"\n', b: 'no end', c: 'two\n\n', d: '\nlead', e: '  lead\nb' },
    },
    { what: 'Windows line ends', value: { data: { 'a.ini': '[section]\r\nkey = value\r\n' } } },
    {
      what: 'text that looks like structure',
      value: ['a: b', 'a #b', '- a', '#a', '%a', '@a', '`a', '!a', '&a', '*a', '{a', 'a:', ' a', 'a '],
    },
    { what: 'a document that is one value', value: 'a: b\n' },
    { what: 'a document without a value', value: null },
    { what: 'a document that is left out', value: undefined },
    { what: 'objects of classes', value: { at: new Date(0), set: new Set(['a']), bytes: Buffer.from('a') } },
    { what: 'an object that says what it is written as', value: { a: { b: 1, toJSON: () => ({ c: '0x1' }) } } },
    { what: 'sixty levels', value: Array.from({ length: 60 }).reduce((inner) => ({ a: [inner, 'x\ny'] }), 'end') },
  ])('writes $what as cdk8s does', ({ value }) => {
    expect(emitDocument(value)).toBe(asCdk8s(value));
  });

  test('writes random plain data as cdk8s does', () => {
    const data = plainData(anyText.filter((text) => !isCorrected(text)));
    fc.assert(
      fc.property(data, (value) => {
        expect(emitDocument(value)).toBe(asCdk8s(value));
      }),
      { numRuns: propertyRuns(3000) },
    );
  });

  test('writes text that every YAML reader reads back as the same data', () => {
    fc.assert(
      fc.property(plainData(anyText, { jsonOnly: true }), (value) => {
        const text = emitDocument(value);
        expect(parse(text, { version: '1.1' })).toEqual(value);
        expect(parse(text, { version: '1.2' })).toEqual(value);
        expect(jsYamlLoad(text)).toEqual(value);
      }),
      { numRuns: propertyRuns(3000) },
    );
  });

  test('writes text that kubectl reads back as the same strings', () => {
    const texts = [...new Set(fc.sample(anyText, { numRuns: 300, seed: 7 }))];
    const objects = texts.map((text, index) => ({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${index}` } },
      data: { value: text, [`key${text}`]: 1, deeper: { [text]: [text, [text, { a: text }]] } },
    }));
    const read = kubectlReads(emitYaml(objects));
    if (read !== undefined) expect(read.map((object) => object.data)).toEqual(objects.map((object) => object.data));
  });
});

describe('where kubectl would read what cdk8s writes as another value', () => {
  const corrections = [
    { text: '0o17', cdk8s: '0o17', ours: '"0o17"' }, // 15
    { text: '+0o17', cdk8s: '+0o17', ours: '"+0o17"' }, // 15
    { text: '0O17', cdk8s: '0O17', ours: '"0O17"' }, // 15
    { text: '0B11', cdk8s: '0B11', ours: '"0B11"' }, // 3
    { text: '0X1F', cdk8s: '0X1F', ours: '"0X1F"' }, // 31
    { text: '0_x1f', cdk8s: '0_x1f', ours: '"0_x1f"' }, // 31: every _ is dropped first
    { text: '1e1_0', cdk8s: '1e1_0', ours: '"1e1_0"' }, // 10000000000
    { text: 'a\u2028b', cdk8s: 'a\u2028b', ours: '"a\\u2028b"' }, // a line break
    { text: 'a\u2029b', cdk8s: 'a\u2029b', ours: '"a\\u2029b"' }, // a line break
    { text: 'a\u0085b', cdk8s: '"a\u0085b"', ours: '"a\\u0085b"' }, // a line break, folded to a space
    { text: 'a\u007fb', cdk8s: '"a\u007fb"', ours: '"a\\u007fb"' }, // refused
    { text: 'a\u009fb', cdk8s: '"a\u009fb"', ours: '"a\\u009fb"' }, // refused
    { text: 'a\uffffb', cdk8s: 'a\uffffb', ours: '"a\\uffffb"' }, // refused
    { text: '\ta\nb', cdk8s: '|-\n    \ta\n    b', ours: '"\\ta\\nb"' }, // refused
    { text: ' \n', cdk8s: '|+\n     ', ours: '" \\n"' }, // the space is lost
    {
      text: `\u0001 thirty-five characters and more: \n \nb`,
      cdk8s: '"\\x01 thirty-five characters and more:\\ \n\n    \\\\ \n\n    b"', // a backslash too many
      ours: '"\\u0001 thirty-five characters and more: \\n \\nb"',
    },
  ];

  test.each(corrections)('$text is quoted', ({ text, cdk8s, ours }) => {
    expect(asCdk8s({ data: { value: text } })).toBe(`data:\n  value: ${cdk8s}\n`);
    expect(emitDocument({ data: { value: text } })).toBe(`data:\n  value: ${ours}\n`);
    expect(isCorrected(text)).toBe(true);
  });

  test('the keys that YAML 1.1 gives a meaning are quoted', () => {
    expect(asCdk8s({ '<<': '<<', '=': '=' })).toBe('<<: <<\n=: =\n');
    expect(emitDocument({ '<<': '<<', '=': '=' })).toBe('"<<": "<<"\n"=": "="\n');
  });

  test('kubectl reads something else in what cdk8s writes, and the string in what we write', () => {
    for (const { text } of corrections) {
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { value: text } };
      const read = kubectlReads(emitDocument(object));
      if (read === undefined) return; // no kubectl on this machine: the tests above compare the text
      expect(read[0]?.data).toEqual({ value: text });
      expect(kubectlReads(asCdk8s(object))?.[0]?.data).not.toEqual({ value: text });
    }
  });

  // What cdk8s quotes itself; ours must too.
  test.each(
    'y n yes no on off true false null ~ 0b1 0x1F 017 0777 1_000 1:30 1:30.5 .5 5. 1e3 e3 .inf -.INF .nan 2020-01-01 2020-1-1T1:1:1Z'.split(
      ' ',
    ),
  )('%s is quoted, by cdk8s as well', (text) => {
    expect(emitDocument({ [text]: text })).toBe(`"${text}": "${text}"\n`);
    expect(asCdk8s({ [text]: text })).toBe(`"${text}": "${text}"\n`);
  });
});
