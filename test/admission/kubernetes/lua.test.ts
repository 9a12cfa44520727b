import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { luaProblem } from '../../../src/admission/kubernetes/lua';

// Read from the lexer of yuin/gopher-lua and the grammar of Lua 5.1.
describe('luaProblem', () => {
  test.each([
    'return 1',
    '',
    'local kube = require("kube")\nfunction GetReplicas(obj)\n  return obj.spec.replicas, kube.accuratePodRequirements(obj.spec.template)\nend',
    'for i = 1, 2 do goto continue ::continue:: end',
    'x = 1;; y = 2',
    'f\n(1)',
    String.raw`x = "\q\300\xzz"`,
    'while x do break end',
  ])('passes: %j', (script) => {
    expect(luaProblem(script)).toBeUndefined();
  });

  test.each([
    ['x =', "line 1: <expression> expected near '<eof>'"],
    ['function f()\n  return 1', "line 2: 'end' expected near '<eof>'"],
    ['while true do\n  break\n  x = 1\nend', 'line 2: break must be the last statement of its block'],
    ['x = 1 // 2', "line 1: <expression> expected near '/'"],
    ['local goto = 1', "line 1: <name> expected near 'goto'"],
    ['goto nowhere', "line 1: no visible label 'nowhere' for <goto>"],
    ['#!/usr/bin/lua\nreturn', 'line 1: a script does not begin with #'],
    ['@x', "line 1: unexpected symbol '@' near '<eof>'"],
    ['```lua\nreturn 1\n```', "line 1: unexpected symbol '`' near '<eof>'"],
    ['-- a comment\n“x”', "line 2: unexpected symbol '“' near '<eof>'"],
    ['\u0000', "line 1: unexpected symbol '\u0000' near '<eof>'"],
    [`return ${'('.repeat(20_000)}1`, 'it is nested too deeply'],
    [`return ${Array(20_000).fill('"a"').join('..')}`, 'it is nested too deeply'],
    [String.raw`x = "\q" +`, "line 1: <expression> expected near '<eof>'"],
  ])('fails for %j', (script, problem) => {
    expect(luaProblem(script)).toBe(problem);
  });

  test('ten thousand unknown escapes are read in no time', () => {
    expect(luaProblem(`return "${String.raw`\q`.repeat(10_000)}"`)).toBeUndefined();
    const many = Array.from({ length: 10_000 }, (_, index) => `\\${String.fromCharCode(0x4e00 + index)}`).join('');
    expect(luaProblem(`return "${many}"`)).toBeUndefined();
  });

  test('any text has an answer', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^["'\\xz0-9 =]{0,20}$/));
    fc.assert(fc.property(text, (script) => ['string', 'undefined'].includes(typeof luaProblem(script))));
  });
});
