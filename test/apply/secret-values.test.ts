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
  ['-      {"apiVersion":"v1","data":{"a":"b2xk"},"kind":"Secret","metadata":{}}', '-      ***'],
])('%s', (text, masked) => {
  expect(mask(text)).toBe(masked);
});
