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
    [String.raw`x = "\q" +`, "line 1: <expression> expected near '<eof>'"],
  ])('fails for %j', (script, problem) => {
    expect(luaProblem(script)).toBe(problem);
  });

  test('any text has an answer', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^["'\\xz0-9 =]{0,20}$/));
    fc.assert(fc.property(text, (script) => ['string', 'undefined'].includes(typeof luaProblem(script))));
  });
});
