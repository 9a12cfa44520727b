import type * as Lua from 'luaparse';

/**
 * Parses a Lua script. The parser is loaded when the first script is met.
 *
 * @throws SyntaxError if the text is not Lua, or nested more deeply than the parser can follow
 */
export function parseLuaScript(script: string, options: Partial<Lua.Options>): Lua.Chunk {
  const { parse } = require('luaparse') as typeof Lua;
  try {
    return parse(script, options);
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError('it is nested too deeply');
    if (!(error instanceof TypeError)) throw error;
  }
  // The parser fails to describe a first token that is none, since it points at the token before.
  return parse(`do end ${script}`, options);
}
