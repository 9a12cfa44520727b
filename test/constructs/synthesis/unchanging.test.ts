import { describe, expect, test, vi } from 'vitest';
import { duringSynthesis, isUnchanging, SynthesisCache } from '../../../src/constructs/synthesis/synthesis-cache';

describe('SynthesisCache', () => {
  const counted = (mostKept?: number) => {
    const answer = vi.fn((asker: { readonly name: string }) => ({ of: asker.name }));
    return { question: new SynthesisCache(answer, mostKept), answer };
  };
  const [one, other, third] = ['one', 'other', 'third'].map((name) => ({ name })) as [
    { name: string },
    { name: string },
    { name: string },
  ];

  test('is answered anew each time while the tree may change', () => {
    const { question, answer } = counted();
    expect([question.ask(one), question.ask(one)]).toEqual([{ of: 'one' }, { of: 'one' }]);
    expect(answer).toHaveBeenCalledTimes(2);
  });

  test('is answered once for each asker while nothing changes, and anew the next time', () => {
    const { question, answer } = counted();
    const twice = () => [one, other, one, other].map((asker) => question.ask(asker).of);
    expect(duringSynthesis(twice)).toEqual(['one', 'other', 'one', 'other']);
    expect(answer).toHaveBeenCalledTimes(2);
    duringSynthesis(twice);
    expect(answer).toHaveBeenCalledTimes(4);
  });

  test('keeps no more answers than it says', () => {
    const { question, answer } = counted(2);
    duringSynthesis(() => {
      for (const asker of [one, other, third, third, one]) question.ask(asker);
    });
    expect(answer.mock.calls.map(([{ name }]) => name)).toEqual(['one', 'other', 'third', 'one']);
  });

  test('is forgotten even when what was done meanwhile fails', () => {
    expect(() =>
      duringSynthesis(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(isUnchanging()).toBe(false);
  });
});
