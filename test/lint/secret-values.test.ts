import { expect, test } from 'vitest';
import { lint } from '../../src/lint';

test('no finding shows a value of a Secret', () => {
  const report = lint([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'default' },
      data: { password: 'hunter2!', number: 24_680 },
      stringData: { pin: 13_579, list: ['topsecret'] },
    },
  ]);
  expect(report.summary.error).toBe(4);
  expect(report.findings.map(({ message }) => message)).toContain('password must be base64');
  expect(JSON.stringify(report.findings)).not.toMatch(/hunter2|24680|13579|topsecret/);
});
