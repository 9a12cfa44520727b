/**
 * Why a text is no Lua script for Karmada, whose interpreter speaks Lua 5.1 with the `goto` of 5.2.
 *
 * @returns the first mistake with its line, or undefined when the script can be loaded; nothing is run
 */
export function luaProblem(script: string): string | undefined {
  const problem = parseProblem(script, '5.1');
  if (problem === undefined || !/::|\bgoto\b|;/.test(script)) return problem;
  return parseProblem(script, '5.2') === undefined ? undefined : problem;
}

function parseProblem(script: string, luaVersion: '5.1' | '5.2'): string | undefined {
  // Loaded when used: few programs check interpreter customizations.
  const { parse } = require('luaparse') as typeof import('luaparse');
  try {
    parse(script, { luaVersion, comments: false, scope: false, encodingMode: 'none' });
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return error.message.replace(/^\[(\d+):(\d+)\] /, 'line $1: ');
  }
}
