import { describe, expect, test } from 'vitest';
import { type JsonPatchOperation, PatchFailure } from '../../../src/planner/override/json-patch';
import { patchJsonText } from '../../../src/planner/override/patch-json-text';
import { patchObject, patchValue } from '../../../src/planner/override/patch-object';
import type { Json } from '../../../src/yaml/json';

// Expectations: facts.md E.5, and the rules of github.com/evanphx/json-patch v5.
const list = { list: ['a', 'b', 'c'], map: { x: 1 }, null: null };

function add(path: string, value?: unknown): JsonPatchOperation {
  return { op: 'add', path, value };
}
function replace(path: string, value?: unknown): JsonPatchOperation {
  return { op: 'replace', path, value };
}
function remove(path: string): JsonPatchOperation {
  return { op: 'remove', path };
}

describe('a patch', () => {
  test.each<[string, JsonPatchOperation[], Json]>([
    ['adds before an index', [add('/list/1', 'n')], { ...list, list: ['a', 'n', 'b', 'c'] }],
    ['adds at the end by its index', [add('/list/3', 'n')], { ...list, list: ['a', 'b', 'c', 'n'] }],
    ['adds at the end by a dash', [add('/list/-', 'n')], { ...list, list: ['a', 'b', 'c', 'n'] }],
    ['adds at the end by a negative index', [add('/list/-1', 'n')], { ...list, list: ['a', 'b', 'c', 'n'] }],
    ['replaces by a negative index', [replace('/list/-1', 'n')], { ...list, list: ['a', 'b', 'n'] }],
    ['removes by a negative index', [remove('/list/-3')], { ...list, list: ['b', 'c'] }],
    ['adds over a field that is there', [add('/map/x', 2)], { ...list, map: { x: 2 } }],
    ['takes an omitted value for null', [replace('/map/x')], { ...list, map: { x: null } }],
    ['undoes escapes', [add('/map/a~1b~0c', 1)], { ...list, map: { x: 1, 'a/b~c': 1 } }],
    ['works on what it has made', [add('/new', {}), add('/new/x', 1), remove('/new/x')], { ...list, new: {} }],
    ['replaces a null', [replace('/null', 1)], { ...list, null: 1 }],
    ['replaces the whole', [replace('', { all: 1 })], { all: 1 }],
    ['adds the whole', [add('', [1])], [1]],
  ])('%s', (_, operations, expected) => {
    const before = structuredClone(list);
    expect(patchValue(list, operations)).toEqual(expected);
    expect(list).toEqual(before);
    expect(JSON.parse(patchJsonText(JSON.stringify(list), operations))).toEqual(expected);
  });

  test.each<[string, JsonPatchOperation[]]>([
    ['replaces what is missing', [replace('/missing', 1)]],
    ['removes what is missing', [remove('/map/missing')]],
    ['adds below what is missing', [add('/missing/x', 1)]],
    ['adds below null', [add('/null/x', 1)]],
    ['adds below a text', [add('/list/0/x', 1)]],
    ['adds beyond the list', [add('/list/4', 1)]],
    ['replaces beyond the list', [replace('/list/3', 1)]],
    ['replaces at a dash', [replace('/list/-', 1)]],
    ['removes before the list', [remove('/list/-4')]],
    ['takes a name for an index', [add('/list/x', 1)]],
    ['has a path without a slash', [add('map', 1)]],
    ['replaces the whole by a text', [replace('', 'x')]],
    ['replaces the whole by null', [add('', null)]],
    ['removes the whole', [remove('')]],
    ['has an unknown operator', [{ op: 'move', path: '/map' }]],
    ['fails at a later operation', [add('/map/y', 1), remove('/nowhere')]],
  ])('fails when it %s', (_, operations) => {
    expect(() => patchValue(list, operations)).toThrow(PatchFailure);
    expect(() => patchJsonText(JSON.stringify(list), operations)).toThrow(PatchFailure);
  });

  test('shares what it does not touch, and never writes into the value it was given', () => {
    const value = { inner: {} };
    const patched = patchValue(list, [add('/map/v', value), add('/map/v/inner/x', 1)]) as typeof list;
    expect(patched).toMatchObject({ map: { x: 1, v: { inner: { x: 1 } } } });
    expect(patched.list).toBe(list.list);
    expect(value).toEqual({ inner: {} });
  });

  test('fails when what comes out is no Kubernetes object', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap' };
    for (const operation of [remove('/kind'), replace('', [1]), replace('/apiVersion', 'a/b/c')]) {
      expect(() => patchObject(object, [operation])).toThrow(PatchFailure);
    }
    expect(patchObject(object, [])).toBe(object);
  });
});

describe('a patch of JSON text', () => {
  test('keys keep their order, new ones come last, blanks go', () => {
    expect(patchJsonText(' { "b" : 1 , "a" : [ 1 , 2 ] }\n', [add('/c', { d: ['e'] })])).toBe(
      '{"b":1,"a":[1,2],"c":{"d":["e"]}}',
    );
  });

  test('numbers and escapes keep their spelling, markup is escaped', () => {
    const text = '{"n":1.50,"e":1e3,"s":"\\u00e9 <b>","x":{"y":"\\"]}"}}';
    expect(patchJsonText(text, [add('/x/z', '&')])).toBe(
      '{"n":1.50,"e":1e3,"s":"\\u00e9 \\u003cb\\u003e","x":{"y":"\\"]}","z":"\\u0026"}}',
    );
  });

  test('null can only be replaced as a whole, the empty text stays empty', () => {
    expect(patchJsonText('null', [replace('', { a: 1 })])).toBe('{"a":1}');
    expect(() => patchJsonText('null', [add('/a', 1)])).toThrow(PatchFailure);
    expect(patchJsonText('', [add('/a', 1)])).toBe('');
  });

  test.each(['hello', '{a:1}', '5', '"text"', 'true', '{"a":1'])('fails when the text is %s', (text) => {
    expect(() => patchJsonText(text, [add('/a', 1)])).toThrow(PatchFailure);
  });
});
