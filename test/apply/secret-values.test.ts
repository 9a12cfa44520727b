import { expect, test } from 'vitest';
import { maskOf } from '../../src/apply/secret-values';

const encoded = Buffer.from('hunter2!').toString('base64');
const mask = maskOf([
  { apiVersion: 'v1', kind: 'Secret', data: { password: encoded } },
  { apiVersion: 'v1', kind: 'Secret', stringData: { token: 'hunter2!-and-more', short: 'x' } },
  { apiVersion: 'v1', kind: 'ConfigMap', data: { open: 'visible' } },
]);

test.each([
  [`password: ${encoded}`, 'password: ***'],
  ['invalid value "hunter2!"', 'invalid value "***"'],
  ['token hunter2!-and-more', 'token ***'],
  [`encoded ${Buffer.from('hunter2!-and-more').toString('base64')}`, 'encoded ***'],
  ['x is visible', 'x is visible'],
  ['a short value: Invalid value: "x"', 'a short value: Invalid value: "***"'],
  ['stringData: { short: x }, index: x', 'stringData: { short: *** }, index: x'],
  ['{\\"short\\":\\"x\\",\\"a\\":1}', '{\\"short\\":\\"***\\",\\"a\\":1}'],
  ['-      {"apiVersion":"v1","data":{"a":"b2xk"},"kind":"Secret","metadata":{}}', '-      ***'],
])('%s', (text, masked) => {
  expect(mask(text)).toBe(masked);
});

const pem = '-----BEGIN KEY-----\nMIIEvQ1\nBADAN22\n-----END KEY-----\n';
const forms = maskOf([
  {
    apiVersion: 'v1',
    kind: 'Secret',
    data: {
      trailing: Buffer.from('s3cret-a\n').toString('base64'),
      pin: 40_961_234,
      wrapped: 'czNjcmV0\nLXdyYXBwZWQ=',
    },
    stringData: { quote: 'a"b\\c<d>&e\'f', pem, port: 54_321, list: ['in-a-list'] },
  },
  { apiVersion: 'v1', kind: 'Secret', stringData: 'plain-text' },
]);

test.each([
  ['a trailing newline', 'invalid: s3cret-a, again'],
  ['a trailing newline, encoded without it', Buffer.from('s3cret-a').toString('base64')],
  ['a JSON escape', 'got "a\\"b\\\\c<d>&e\'f"'],
  ["Go's JSON escape", 'got "a\\"b\\\\c\\u003cd\\u003e\\u0026e\'f"'],
  ['a text in single quotes', `got 'a"b\\c<d>&e''f'`],
  ['a URL', `https://x/?q=${encodeURIComponent('a"b\\c<d>&e\'f')}`],
  ['lines of their own', '    MIIEvQ1\n    BADAN22\n'],
  ['escaped lines', JSON.stringify(pem)],
  ['lines in a row', 'MIIEvQ1 BADAN22'],
  ['a number', 'cannot unmarshal 40961234, 54321'],
  ['base64 in lines', 'czNjcmV0LXdyYXBwZWQ= s3cret-wrapped'],
  ['a list', 'in-a-list'],
  ['a text for a map', 'plain-text'],
])('a value is masked as %s', (_, text) => {
  expect(forms(text)).not.toMatch(/s3cret|czNj|a\\*"b|a%22b|MIIE|BADAN|4096|5432|in-a-list|plain/);
  expect(forms(text)).toContain('***');
});
