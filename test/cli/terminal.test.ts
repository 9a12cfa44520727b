import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { askOn } from '../../src/cli/terminal';

function answering(keys: string): Promise<string> {
  const input = new PassThrough();
  const answer = askOn('Go on? ', input, new PassThrough());
  input.write(keys);
  return answer;
}

describe('a question', () => {
  test('is answered by a line', async () => {
    expect(await answering('yes\n')).toBe('yes');
    expect(await answering('\n')).toBe('');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is left with %s, which is not a bug', async (_, key) => {
    await expect(answering(key)).rejects.toMatchObject({ code: 'cli.environment', message: 'interrupted' });
  });
});
