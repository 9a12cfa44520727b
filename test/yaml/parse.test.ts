import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseYaml, parseYamlValue } from '../../src/yaml/parse';
import { readDocument } from '../../src/yaml/parse-block';
import { Cursor } from '../../src/yaml/parse-cursor';
import { readWithLibrary } from '../../src/yaml/parse-library';
import { LineIndex } from '../../src/yaml/parse-position';
import { UnusualYaml } from '../../src/yaml/parse-problem';
import { processorTime } from '../support/processor-time';
import { propertyRuns } from '../support/property-runs';

const values = (text: string) => parseYaml(text).documents.map(({ value }) => value);
const places = (text: string) =>
  parseYaml(text).problems.map(({ code, line, column, document }) => `${document} ${line}:${column} ${code}`);

/** Text and what kubectl v1.32 made of it; undefined where it refuses. */
const structures: readonly (readonly [text: string, value: unknown])[] = [
  ['a: b\n  c\n  d\n', { a: 'b c d' }],
  ["a: 'b\n  c\n\n  d'\n", { a: 'b c\nd' }],
  ["a: 'b\nc'\n", { a: 'b c' }],
  ["a: 'b\n\tc'\n", { a: 'b c' }],
  ['a: "\\x41\\u00e9\\e\\_\\N\\L\\""\n', { a: 'Aé\x1b\xa0\x85\u2028"' }],
  ['a: "b\\\n   c \\\n  d"\n', { a: 'bc d' }],
  ['a: "\\/"\n', undefined],
  ['a: "\\ud83d\\ude00"\n', undefined],
  ['a: "\\q"\n', undefined],
  ['a: {b: c, d: [1, 2,], e, f: , "g":h, \'i\':j}\n', { a: { b: 'c', d: [1, 2], e: null, f: null, g: 'h', i: 'j' } }],
  ['a: {b:c}\nd: [http://x:80/y, a:b, c: d]\n', { a: { 'b:c': null }, d: ['http://x:80/y', 'a:b', { c: 'd' }] }],
  ['a: [a, b\nc]\n', { a: ['a', 'b c'] }],
  ['a: {\n  b: 1, # foo\n  c: 2\n}\n', { a: { b: 1, c: 2 } }],
  ['a: [1,\n\t2]\n', { a: [1, 2] }],
  ['a: [b, -]\n', { a: ['b', '-'] }],
  ['a: [http://x/?q=1]\n', undefined],
  ['a: [b,,c]\n', undefined],
  ['a: {"b"\n: 1}\n', undefined],
  [
    'a:\n- b\n- c:\n  - d\n-   - e\n    - f\n- - g\n  - h: 1\n    i: 2\n-\n  j: 1\n-\n',
    { a: ['b', { c: ['d'] }, ['e', 'f'], ['g', { h: 1, i: 2 }], { j: 1 }, null] },
  ],
  ['a: - b\n', undefined],
  ['a:\n-\tb\n', undefined],
  [
    'a: |\n  x\n   y\n\n\nb: |-\n  x\n\nc: |+\n  x\n\nd: >\n  a\n  b\n\n  c\n   d\n  e\n',
    { a: 'x\n y\n', b: 'x', c: 'x\n\n', d: 'a b\nc\n d\ne\n' },
  ],
  [
    'a: |2\n    x\n  y\nb: >-\n\n  x\n  y\n\nc: |\nd: >2-\n   a\n  b\n',
    { a: '  x\ny\n', b: '\nx y', c: '', d: ' a\nb' },
  ],
  ['a: |\n  x\n # comment\nb: 1\n', { a: 'x\n', b: 1 }],
  ['a: |\n  x\n', { a: 'x\n' }],
  ['a: |x\n  x\n', undefined],
  ['a: |\n     \n  x\n', undefined],
  ['a: |\n\tb\n', undefined],
  ['a: >\n  x\n\t y\n', undefined],
  ["a: b #c\nd: e#f\ng: #h\ni: 'x'#y\n", { a: 'b', d: 'e#f', g: null, i: 'x' }],
  ['a: #b\n  c\n', { a: 'c' }],
  ['a: b #c\n  d\n', undefined],
  ['b: -c\nd: ?e\nf: :g\n', { b: '-c', d: '?e', f: ':g' }],
  ['a: b :c\nd e : f\nc\t: d\n', { a: 'b :c', 'd e': 'f', c: 'd' }],
  ['a: b: c\n', undefined],
  ['a:b\n', undefined],
  ['a:\tb\nc: d\t# e\n', { a: 'b', c: 'd' }],
  ['a:\n\tb: c\n', undefined],
  ['a: 1\n\t\nb: 2\n', undefined],
  ['a: @b\n', undefined],
  ['a: %b\n', undefined],
  ['a: b, c\nd: e]f\n', { a: 'b, c', d: 'e]f' }],
  ['a:\n    b: 1\n  c: 2\n', undefined],
  ['? a\n: 1\n', { a: 1 }],
  ['a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: 2\n', { a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } }],
  ['a: &x 5\n*x : c\n', { 5: 'c', a: 5 }],
  ['&x a: 1\nb: *x\n', { a: 1, b: 'a' }],
  ['a: &x 1\nb: &x 2\nc: *x\n', { a: 1, b: 2, c: 2 }],
  ['a: &anc\nb: *anc\n', { a: null, b: null }],
  ['a: &x {b: *x}\n', undefined],
  ['a: *nope\n', undefined],
  ['a: 1\n<<: {a: 2}\n', { a: 2 }],
  ['<<: {a: 2}\na: 1\n', { a: 1 }],
  ['<<: [{a: 2}, {a: 3}]\n', { a: 2 }],
  ['<<: {a: 1}\n<<: {b: 1}\n', { a: 1, b: 1 }],
  ['"<<": {a: 1}\n', { '<<': { a: 1 } }],
  ['<<: 5\n', undefined],
  [
    'a: !!str 1\nb: ! 1\nc: !!int "3"\nd: !!binary aGVsbG8=\ne: !foo bar\nf: !!float 3\ng: !!bool "yes"\n',
    { a: '1', b: '1', c: 3, d: 'hello', e: 'bar', f: 3, g: true },
  ],
  [
    'a: !!str\nb: !<tag:yaml.org,2002:str> 1\nc: !!null ""\nd: !!timestamp 2001-01-01\n',
    { a: '', b: '1', c: null, d: '2001-01-01' },
  ],
  ['d: !!set {a, b}\ne: !!omap [a: 1]\nf: !!map [b]\n', { d: { a: null, b: null }, e: [{ a: 1 }], f: ['b'] }],
  ['a: !!int x\n', undefined],
  ['a: !!int 1.0\n', undefined],
  ['a: !!binary "aGVsbG8"\n', undefined],
  ['a: "x  \u2028  y"\nc: "x \x85 y"\n', { a: 'x\u2028y', c: 'x y' }],
  ['# foo\u2028a: 1\n', { a: 1 }],
  ['b: z\u2028w\n', undefined],
  ['a: x\rb: y\r\nc: |\r\n  z\r\n', { a: 'x', b: true, c: 'z\n' }],
  ['a: x\n...\n', { a: 'x' }],
  ['a: "b\n...\nc"\n', undefined],
];

describe('structure', () => {
  test.each(structures)('%j', (text, value) => {
    const { documents, problems } = parseYaml(`first: field\n${text}`);
    if (value === undefined) expect(problems.map(({ severity }) => severity)).toContain('error');
    else
      expect({ problems, value: documents[0]?.value }).toEqual({
        problems: [],
        value: { first: 'field', ...(value as object) },
      });
  });

  const kubectl = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0;
  test(`the table is what kubectl answers${kubectl ? '' : ' (kubectl is not on this machine: not asked)'}`, () => {
    if (!kubectl) return;
    const folder = mkdtempSync(join(tmpdir(), 'structures-'));
    const answers = structures.map(([text], index) => {
      const file = join(folder, `${index}.yaml`);
      writeFileSync(file, `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n${text}`);
      const args = ['label', '--local', '-f', file, 'x=y', '-o', 'json', '--dry-run=client'];
      const { stdout, status } = spawnSync('kubectl', args, { encoding: 'utf8' });
      if (status !== 0) return [text, undefined];
      const { apiVersion, kind, metadata, ...read } = JSON.parse(stdout);
      return [text, read];
    });
    expect(answers).toEqual(structures);
  });
});

describe('documents', () => {
  test('are cut at lines that start with ---, with a comment at most', () => {
    expect(values('---\na: 1\n---   \t # foo\na: 2\n---\n')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test('are counted without those that hold nothing', () => {
    const { documents } = parseYaml('# licence\n---\n\n---\na: 1\n--- # none\n# only a comment\n---\na: 2');
    expect(documents.map(({ index, value }) => [index, value])).toEqual([
      [0, { a: 1 }],
      [1, { a: 2 }],
    ]);
  });

  test.each(['', '\n\n', '# only\n', '---\n---\n', '...\n'])('%j holds none', (text) => {
    expect(parseYaml(text)).toEqual({ documents: [], problems: [], unread: [] });
  });

  test('fails when a separator line holds more, wherever it stands', () => {
    expect(places('a: 1\n--- {b: 1}\nc: 2\n')).toEqual(['1 2:1 yaml.separator']);
    expect(places('a: "x\n-----BEGIN KEY-----\ny"\n')).toContain('1 2:1 yaml.separator');
  });

  test('fails when text after ... would be dropped', () => {
    const { documents, problems } = parseYaml('a: 1\n...\n# c\nb: 2\n---\nc: 3\n');
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { c: 3 }]);
    expect(problems).toMatchObject([{ code: 'yaml.after-end', line: 4, column: 1 }]);
  });

  test('fails when there is a directive', () => {
    expect(places('%YAML 1.1\n---\na: 1\n')).toEqual(['0 1:1 yaml.directive']);
  });

  test('are read though others are broken', () => {
    const text = 'a: 1\n---\na: [\n---\na: 3\n---\na: b: c\n---\na: 5\n';
    expect(values(text)).toEqual([{ a: 1 }, { a: 3 }, { a: 5 }]);
    expect(parseYaml(text).problems.map(({ document }) => document)).toEqual([1, 3]);
  });

  test('may start with a byte order mark', () => {
    expect(values('\ufeffa: 1\n')).toEqual([{ a: 1 }]);
    expect(values('\ufeff{"a":1}')).toEqual([{ a: 1 }]);
  });

  test('may each start with a byte order mark, as where files were put together', () => {
    const { documents, problems } = parseYaml('\ufeffa: 1\n---\n\ufeffa: 2\n---\n\ufeff{"a": 3}');
    expect(problems).toEqual([]);
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(documents[1]?.locate('a').line).toBe(3);
  });
});

describe('JSON', () => {
  test('is read as a stream', () => {
    expect(values('{"a":1}{"b":[true,null,"\\ud83d\\ude00\\/"]}\n\n{"c":-1.5e3}')).toEqual([
      { a: 1 },
      { b: [true, null, '😀/'] },
      { c: -1500 },
    ]);
  });

  test('may be one of several documents, indented by tabs', () => {
    expect(values('a: 1\n---\n{\n\t"b": 2\n}\n')).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test('fails when broken, with the place', () => {
    const { documents, problems } = parseYaml('{"a":1}\n{"b":\n  oops}');
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }]);
    expect(problems).toMatchObject([
      { code: 'json.syntax', line: 3, column: 3, document: 1, message: 'broken JSON: expected a value, found "o"' },
    ]);
    expect(places('{"a": "b')).toEqual(['0 1:9 json.syntax']);
    expect(places('{"a": 1e400}')).toEqual(['0 1:7 yaml.number']);
  });

  test('is read as YAML when it is that', () => {
    expect(values('{a: b}')).toEqual([{ a: 'b' }]);
  });
});

describe('duplicate keys', () => {
  test.each([
    ['a: 1\nb: 2\na: 3\n', '0 3:1 yaml.duplicate-key', 'a', 1],
    ['a: {b: 1, "b": 2}\n', '0 1:11 yaml.duplicate-key', 'b', 1],
    ['{"x":\n{"a":1,\n"a":2}}', '0 3:1 yaml.duplicate-key', 'a', 2],
    ['a:\n- b: 1\n  c: !!str 2\n  b: 3\n', '0 4:3 yaml.duplicate-key', 'b', 2],
    ['"1": a\n1: b\n', '0 2:1 yaml.duplicate-key', '1', 1],
    ['__proto__: 1\n__proto__: 2\n', '0 2:1 yaml.duplicate-key', '__proto__', 1],
  ])('fails when a key comes twice: %j', (text, place, key, firstLine) => {
    expect(places(text)).toEqual([place]);
    expect(parseYaml(text).problems[0]).toMatchObject({
      message: `duplicate key "${key}", first on line ${firstLine}`,
      why: 'kubectl keeps the last one and silently drops the first',
      fix: 'keep one of them',
    });
  });

  test('are none where a merge brings the key', () => {
    expect(values('a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n')).toEqual([{ a: { x: 1 }, b: { x: 2 } }]);
  });

  test('a key named __proto__ is a key like others', () => {
    const [value] = values('__proto__: {polluted: true}\n');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('messages for broken text', () => {
  test.each([
    ['a: 1\n b: 2\n', 2, 'a key inside the text of the value above'],
    ['a:\n  b: 1\n c: 2\n', 3, 'broken YAML: '],
    ['a: {b: [1, 2}\n', 1, 'broken YAML: '],
    ['a: [1,\n 2\n', 1, 'the bracket [ is never closed'],
    ['a: [1,\n 2\nb: c\n', 3, 'broken YAML: '],
    ['a:\n\tb: 1\n', 2, 'a tab is used as indentation'],
    ['a: b: c\n', 1, 'broken YAML: ": " inside an unquoted value'],
    ['kind: x\nmetadata\n', 2, 'a line that is neither "key: value" nor a list item'],
    ['a: "b\n', 1, 'the string that starts here has no closing quote'],
    ['a: \x01\n', 1, 'control character U+0001 in the text'],
    ['a: "\\d"\n', 1, 'unknown escape \\d in a double-quoted string'],
    ['a: *b\n', 1, 'an alias (*) without its anchor (&) before it in this document'],
  ])('%j', (text, line, message) => {
    const [problem] = parseYaml(text).problems;
    expect(problem).toMatchObject({ line, severity: 'error' });
    expect(problem?.message).toContain(message);
    expect(problem?.fix).not.toBe('');
  });
});

/** Documents with keys behind `?`, and what kubectl v1.32 made of them; undefined where it refuses. */
describe('explicit keys', () => {
  test.each<[string, unknown]>([
    ['? a\n: 1\n? b\nc: 2\n', { a: 1, b: null, c: 2 }],
    ['? "q k"\n: [1, 2]\nx: y\n', { 'q k': [1, 2], x: true }],
    ['?   a # c\n:   z: 1\n    w: 2\n', { a: { z: 1, w: 2 } }],
    ['l:\n- ? a\n  : 1\n  b: 2\n- ? c\n', { l: [{ a: 1, b: 2 }, { c: null }] }],
    ['? a\n:\n- 1\n- 2\nb: 1\n', { a: [1, 2], b: 1 }],
    ['? a b c\n: |\n  text\n  more\n', { 'a b c': 'text\nmore\n' }],
    ['? a\n\n# c\n: 1\n', { a: 1 }],
    ['? y\n: x\n', { true: 'x' }],
    ['?a: 1\n', { '?a': 1 }],
    ['? &x a\n: 1\n', { a: 1 }],
    ["? '<<'\n: 1\n", { '<<': 1 }],
    ['?\n: 1\n', undefined],
    ['? a\n : 1\n', undefined],
    ['? a : 1\n', undefined],
  ])('%j', (text, value) => {
    expect(values(text)).toEqual(value === undefined ? [] : [value]);
  });

  test('may be many', () => {
    const { documents } = parseYaml(`? a\n: 1\n${Array.from({ length: 60_000 }, (_, i) => `k${i}: 1\n`).join('')}`);
    expect(Object.keys(documents[0]?.value as object)).toHaveLength(60_001);
  });
});

describe('hostile text is refused at once', () => {
  const nested = Array.from(
    { length: 9 },
    (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]`,
  );
  test.each([
    ['ten to the ninth aliases', `a0: &a0 lol\n${nested.join('\n')}\n`, 'yaml.aliases'],
    ['the same with tags', `a0: &a0 !!str lol\n${nested.join('\n')}\n`, 'yaml.aliases'],
    ['a million aliases', `a: &a x\nb:\n${'- *a\n'.repeat(1e6)}`, 'yaml.aliases'],
    [
      'merges that double',
      `a0: &a0 {x: 1}\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} {p: *a${i}, q: *a${i}}`).join('\n')}`,
      'yaml.aliases',
    ],
    ['a million brackets', '['.repeat(1e6), 'yaml.depth'],
    ['a deep JSON object', '{"a":'.repeat(1e5), 'yaml.depth'],
    ['a mistake on each of 140,000 lines', 'x: ]\n'.repeat(140_000), 'yaml.syntax'],
    ['10 MB of empty lines before a mistake', `${'\n'.repeat(1e7)}x: ]`, 'yaml.size'],
    ['8 MB that break at the end', `${'a: b\n---\n'.repeat(10)}x:\n${'  - y: "z"\n'.repeat(6e5)} broken`, 'yaml.size'],
  ])('%s', (_, text, code) => {
    const took = processorTime(() => {
      expect(parseYaml(text).problems.map((problem) => problem.code)).toEqual([code]);
    });
    expect(took).toBeLessThan(15_000);
  });
});

describe('positions', () => {
  const text = [
    '# first',
    'a: 1',
    '---',
    'spec:',
    '  placement:',
    '    clusterAffinity:',
    '      clusterNames:',
    '        - one',
    '        - two',
    '    weights: [{cluster: x, weight: 1}, {cluster: y}]',
    'metadata:',
    '  labels: {app.kubernetes.io/name: z}',
    '  annotations: !!map',
    '    "a/b": c',
  ].join('\r\n');

  test.each([
    ['spec.placement.clusterAffinity.clusterNames[1]', 9, 11],
    ['spec.placement.clusterAffinity.clusterNames', 7, 7],
    ['spec.placement.weights[1].cluster', 10, 41],
    ['spec.placement.weights[1].weight', 10, 40],
    ['spec.placement.replicaScheduling.x', 5, 3],
    ['metadata.labels.app.kubernetes.io/name', 12, 12],
    ['metadata.labels["app.kubernetes.io/name"]', 12, 12],
    ['metadata.annotations[a/b]', 14, 5],
    ['status', 4, 1],
    ['', 4, 1],
  ])('%s', (path, line, column) => {
    const { documents } = parseYaml(text);
    expect(documents[1]?.locate(path)).toEqual({ line, column });
  });

  test('in JSON, in an alias and in a merge', () => {
    expect(parseYaml('{"a":1}\n{"items": [\n  {"kind": "x"}]}').documents[1]?.locate('items[0].kind')).toEqual({
      line: 3,
      column: 4,
    });
    const [aliased] = parseYaml('a: &a\n  b: 1\nc: *a\nd:\n  <<: *a\n').documents;
    expect(aliased?.locate('c.b')).toEqual({ line: 2, column: 3 });
    expect(aliased?.locate('d.b')).toEqual({ line: 2, column: 3 });
  });

  test('in each of many JSON values, one after another', () => {
    const { documents } = parseYaml(Array.from({ length: 4000 }, (_, i) => `{"a": {\n "b": ${i}}}`).join('\n'));
    documents.forEach(({ locate }, index) => {
      expect(locate('a.b')).toEqual({ line: 2 * index + 2, column: 2 });
    });
  });

  test('are those that counting the breaks gives, in long lines and in many short ones', () => {
    const line = fc.string({ maxLength: 3 }).map((text) => text.replace(/[\r\n]/g, ''));
    const long = fc.integer({ min: 0, max: 9000 }).map((length) => 'x'.repeat(length));
    fc.assert(
      fc.property(fc.array(fc.oneof(line, long), { maxLength: 30 }), fc.nat(), (lines, seed) => {
        const text = lines.join('\n');
        const offset = seed % (text.length + 1);
        const before = text.slice(0, offset).split('\n');
        expect(new LineIndex(text).positionAt(offset)).toEqual({
          line: before.length,
          column: before[before.length - 1]!.length + 1,
        });
      }),
    );
  });
});

describe('parseYamlValue', () => {
  test('reads one value', () => {
    expect(parseYamlValue('a: [1]\n', 'x')).toEqual({ a: [1] });
    expect(parseYamlValue('', 'x')).toBeNull();
  });

  test('fails when the text is broken', () => {
    expect(() => parseYamlValue('a: 1\na: 2', 'fleet.yaml')).toThrow(
      'fleet.yaml:2:1 duplicate key "a", first on line 1\n  fix: keep one of them',
    );
  });

  test('fails when there are two documents', () => {
    expect(() => parseYamlValue('a: 1\n---\nb: 1', 'x.yaml')).toThrow('x.yaml has 2 documents, expected one');
  });
});

/** What a reader returns, or throws. */
function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

describe('properties', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      'y',
      'No',
      '0o17',
      '1:30',
      '',
      ' ',
      '- a',
      'a: b',
      'x # y',
      '*a',
      '&a',
      '|',
      'a\nb\n',
      '\n',
      "it's",
      '"',
      '\\',
      'null',
      '{{ x }}',
      '---',
      '...',
      'a\n\nb',
      ' lead',
      'trail ',
      '<<',
    ),
  );
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const style = fc.record({
    indentSeq: fc.boolean(),
    indent: fc.constantFrom(1, 2, 4),
    defaultStringType: fc.constantFrom(
      'PLAIN' as const,
      'QUOTE_DOUBLE' as const,
      'QUOTE_SINGLE' as const,
      'BLOCK_LITERAL' as const,
      'BLOCK_FOLDED' as const,
    ),
    lineWidth: fc.constantFrom(0, 20, 80),
    collectionStyle: fc.constantFrom('any' as const, 'flow' as const, 'block' as const),
  });

  test('JSON text gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.dictionary(text, value), fc.constantFrom(0, 1, 2, '\t'), (data, space) => {
        const json = JSON.stringify(data, null, space);
        expect(values(json)).toEqual([JSON.parse(json.replaceAll(/:(\s*)-0(?=[\s,}\]]|$)/g, ':$10'))]);
      }),
    );
  });

  test('the fast reader and the library read the same, whatever the style', () => {
    let fast = 0;
    fc.assert(
      fc.property(value, style, (data, options) => {
        const written = stringify({ data }, { version: '1.1', ...options });
        const cursor = () => new Cursor(written, written, 0, written.length);
        const read = outcome(() => readDocument(cursor()));
        if (read instanceof UnusualYaml) return;
        fast++;
        expect(read).toEqual(outcome(() => readWithLibrary(cursor())));
      }),
      { numRuns: propertyRuns(500) },
    );
    expect(fast).toBeGreaterThan(propertyRuns(400));
  });

  test('any text whatever gives values or problems, never a crash', () => {
    const piece = fc.oneof(
      text,
      fc.constantFrom(
        '\n',
        '  ',
        ': ',
        '- ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '"',
        "'",
        '\t',
        '&a ',
        '*a',
        '!!int ',
        '? ',
        '|\n',
        '>-\n',
        '#',
        '---\n',
        '\r',
        '\u2028',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const written = pieces.join('');
        const { documents, problems } = parseYaml(written);
        for (const problem of problems) expect(problem.line).toBeGreaterThan(0);
        for (const document of documents) expect(document.locate('a.b[0]').line).toBeGreaterThan(0);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });
});

describe('problems never repeat a value, which may be a secret', () => {
  test.each([
    'password: *hunter2',
    'password: "a" hunter2',
    'password:\nhunter2\n',
    'password: x\n  hunter2: y',
    'password: x\n---hunter2',
    'password: !!int hunter2',
    'password: [hunter2}',
    'password: {hunter2]',
    'password: @hunter2',
    "password: 'hunter2",
    'password: "\\hunter2"',
    '- hunter2\nhunter2',
    'password: |hunter2\n  x',
    'a: 1\n  hunter2\nb',
    '{"password": hunter2}',
  ])('%j', (text) => {
    const { problems } = parseYaml(text);
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});
