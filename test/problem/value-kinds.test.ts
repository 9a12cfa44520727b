import { describe, expect, test } from 'vitest';
import {
  checkCopy,
  checkValue,
  either,
  flag,
  instanceOf,
  listOf,
  mapOf,
  name,
  objectOf,
  oneOf,
  text,
  type ValueKind,
  wholeNumber,
} from '../../src/problem/value-kinds';
import { nearMiss } from '../../src/problem/words';
import { refusal } from '../support/refusal';

const port = objectOf({ name, port: wholeNumber({ atLeast: 1, atMost: 65535 }), protocol: oneOf(['TCP', 'UDP']) }, [
  'port',
]);
const props = objectOf({
  image: name,
  command: listOf(text),
  ports: listOf(port),
  labels: mapOf(text, '{ tier: "gold" }'),
  suspend: flag,
  host: either(flag, text),
});

const refusedBy = (kind: ValueKind, value: unknown) => refusal(() => checkValue(value, kind, 'App "web"'));

describe('checkValue', () => {
  test('accepts what is right, and absent properties', () => {
    const right = {
      image: 'a',
      command: [''],
      ports: [{ port: 1 }],
      labels: { 'a/b': '' },
      suspend: undefined,
      host: true,
    };
    expect(() => checkValue(right, props, 'App "web"')).not.toThrow();
    expect(() => checkValue(Object.create(null), props, 'App "web"')).not.toThrow();
  });

  test.each([
    [{ image: null }, 'image of App "web" must be a name: text of 1 to 253 characters without white space, got null'],
    [{ command: 'sh -c x' }, 'command of App "web" must be a list, got "sh -c x"'],
    [{ command: ['sh', 5] }, 'command[1] of App "web" must be text, got 5'],
    [
      { ports: [{ port: 80 }, { port: 0 }] },
      'ports[1].port of App "web" must be a whole number from 1 to 65535, got 0',
    ],
    [{ ports: [{ name: 'http' }] }, 'ports[0].port of App "web" is missing'],
    [{ ports: [{ port: 1, protocol: 'tcp' }] }, 'ports[0].protocol of App "web" must be TCP or UDP, got "tcp"'],
    [{ ports: [{ prot: 1 }] }, 'ports[0] of App "web" has no property "prot"'],
    [{ labels: new Map([['a', 'b']]) }, 'labels of App "web" must be an object, got a Map'],
    [{ labels: { 'a/b': 5 } }, 'labels["a/b"] of App "web" must be text, got 5'],
    [{ host: 5 }, 'host of App "web" must be text, got 5'],
    [{ imag: 'x' }, 'App "web" has no property "imag"'],
    [new Date(0), 'App "web" must be an object, got a Date'],
  ])('fails for %j with the place', (value, message) => {
    expect(refusedBy(props, value).message.split('\n')[0]).toBe(message);
  });

  test('fails for an item of a list with the place of the item', () => {
    expect(refusal(() => checkValue(['a', 1], listOf(text), 'days of Cron')).message).toContain(
      'days[1] of Cron must be',
    );
  });

  test('names a value of another copy of the package', () => {
    class Mine {}
    const other = { Mine: class Mine {} };
    const kind = objectOf({ placement: instanceOf(Mine, 'Mine.of()') });
    expect(refusedBy(kind, { placement: new other.Mine() })).toEqual({
      code: 'property.copy',
      message:
        'placement of App "web" is a value of Mine of another copy of cdk8s-karmada\n  fix: install one copy: run `npm dedupe`; `npm ls cdk8s-karmada` shows who needs which',
    });
    expect(refusedBy(kind, { placement: {} }).code).toBe('property.type');
    expect(() => checkCopy(new Mine(), Mine, 'x')).not.toThrow();
    expect(() => checkCopy({}, Mine, 'x')).not.toThrow();
  });
});

test('a very long word is compared with few steps', () => {
  const started = performance.now();
  expect(nearMiss('x'.repeat(1e6), ['placement', 'image'])).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(200);
});
