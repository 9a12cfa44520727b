import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/admission/store/decode';
import { encode } from '../../../src/admission/store/encode';
import {
  always,
  boolean,
  int32,
  json,
  list,
  map,
  optional,
  pointer,
  quantity,
  string,
  struct,
  time,
} from '../../../src/admission/store/shape';

const inner = struct({ name: always(string) });

/** A Go struct with a field of each sort. */
const everything = struct({
  word: always(string),
  maybeWord: optional(string),
  pointedWord: pointer(string),
  count: always(int32),
  maybeCount: optional(int32),
  pointedCount: pointer(int32),
  flag: optional(boolean),
  inner: optional(inner),
  pointedInner: pointer(inner),
  words: always(list(string)),
  maybeWords: optional(list(string)),
  labels: optional(map(string)),
  amount: always(quantity),
  anything: optional(json),
  moment: pointer(time),
});

const roundTrip = (value: unknown): unknown => encode(decode(value, everything).value, everything);

// What encoding/json of Go does with such a struct.
describe('writing back what was read', () => {
  test('fields without omitempty appear with their zero value; structs that are no pointers always do', () => {
    expect(roundTrip({})).toEqual({
      word: '',
      count: 0,
      inner: { name: '' },
      words: null,
      amount: '0',
      anything: null,
    });
  });

  test('what is empty and has omitempty vanishes, pointers keep it', () => {
    const empty = {
      maybeWord: '',
      pointedWord: '',
      maybeCount: 0,
      pointedCount: 0,
      flag: false,
      words: [],
      maybeWords: [],
      labels: {},
    };
    expect(roundTrip({ ...empty, pointedInner: {} })).toEqual({
      word: '',
      pointedWord: '',
      count: 0,
      pointedCount: 0,
      inner: { name: '' },
      pointedInner: { name: '' },
      words: [],
      amount: '0',
      anything: null,
    });
  });

  test('nulls count as absent, in lists and maps as the zero value', () => {
    expect(roundTrip({ pointedWord: null, words: ['a', null], labels: { a: null } })).toMatchObject({
      words: ['a', ''],
      labels: { a: '' },
    });
    expect(roundTrip({ pointedWord: null })).not.toHaveProperty('pointedWord');
  });

  test('unknown fields are lost, names in another case too', () => {
    expect(roundTrip({ Word: 'a', other: 1 })).toMatchObject({ word: '' });
    expect(roundTrip({ other: 1 })).not.toHaveProperty('other');
  });

  test('quantities are normalized, free JSON and times are not', () => {
    const given = { amount: 0.5, anything: { a: [null, 1.5] }, moment: '2026-01-31T08:00:00Z' };
    expect(roundTrip(given)).toMatchObject({ ...given, amount: '500m' });
  });
});

describe('reading', () => {
  test.each([
    [{ word: 1 }, 'word: must be a string, got 1'],
    [{ flag: 'true' }, 'flag: must be true or false, got "true"'],
    [{ count: 1.5 }, 'count: must be a whole number of 32 bits, got 1.5'],
    [{ count: 2147483648 }, 'count: must be a whole number of 32 bits, got 2147483648'],
    [{ count: '1' }, 'count: must be a whole number of 32 bits, got "1"'],
    [{ inner: [] }, 'inner: must be an object, got []'],
    [{ words: 'a' }, 'words: must be a list, got "a"'],
    [{ words: ['a', 2] }, 'words[1]: must be a string, got 2'],
    [{ labels: { a: true } }, 'labels.a: must be a string, got true'],
    [{ amount: 'ten' }, 'amount: "ten" is not a quantity'],
    [{ moment: 'today' }, 'moment: must be a time such as 2026-01-31T08:00:00Z, got "today"'],
    [7, ': must be an object, got 7'],
  ])('fails for %j', (value, expected) => {
    expect(decode(value, everything).causes.map(({ path, message }) => `${path}: ${message}`)).toEqual([expected]);
  });

  test('empty lists are kept apart from absent ones, since some rules do', () => {
    expect(decode({ words: [], maybeWords: null }, everything).value).toEqual({ words: [] });
  });
});
