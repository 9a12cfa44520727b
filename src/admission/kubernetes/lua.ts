import { parseLuaScript } from '../../kubernetes/lua-parser';

/** Most invalid escapes that are removed from a script. */
const mostEscapes = 100;

/**
 * Why a text is not a valid Lua script for Karmada, whose interpreter runs Lua 5.1 with the `goto` of 5.2 and accepts any
 * escape in a string. The parser supports 5.2; this function corrects the differences. The script is not run.
 *
 * @returns the first mistake with its line, or undefined if the script is valid
 * @see Karmada v1.18.2 pkg/resourceinterpreter/customized/declarative/luavm/lua.go (yuin/gopher-lua)
 */
export function luaProblem(script: string): string | undefined {
  if (script.startsWith('#')) return 'line 1: a script does not begin with #';
  let text = script;
  for (let removed = 0; ; removed++) {
    const problem = parseProblem(text);
    // Each escape requires a parse. A script with so many is not checked.
    if (problem instanceof EscapeProblem && removed === mostEscapes) return undefined;
    const at = problem instanceof EscapeProblem ? text.lastIndexOf('\\', problem.index) : -1;
    if (at < 0) return problem?.message;
    // Continue without the escape.
    text = text.replaceAll(text.slice(at, at + 2), `_${text.slice(at + 1, at + 2)}`);
  }
}

interface LuaBlock {
  readonly type: string;
  readonly body?: readonly LuaBlock[];
  readonly clauses?: readonly LuaBlock[];
}

class Problem {
  constructor(readonly message: string) {}
}

class EscapeProblem extends Problem {
  constructor(
    message: string,
    readonly index: number,
  ) {
    super(message);
  }
}

function parseProblem(script: string): Problem | undefined {
  let earlyBreak: number | undefined;
  const onCreateNode = (node: unknown): void => {
    earlyBreak ??= lineOfEarlyBreak(node as LuaBlock);
  };
  try {
    parseLuaScript(script, { luaVersion: '5.2', comments: false, locations: true, encodingMode: 'none', onCreateNode });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const message = error.message.replace(/^\[(\d+):(\d+)\] /, 'line $1: ');
    const isEscape = /escape|hexadecimal digit expected/.test(message);
    return isEscape
      ? new EscapeProblem(message, (error as SyntaxError & { index: number }).index)
      : new Problem(message);
  }
  return earlyBreak === undefined
    ? undefined
    : new Problem(`line ${earlyBreak}: break must be the last statement of its block`);
}

/** Lua 5.1 allows no statements after `break` in a block; 5.2 does. */
function lineOfEarlyBreak(node: LuaBlock): number | undefined {
  const statements = node.body ?? [];
  const early = statements.slice(0, -1).find(({ type }) => type === 'BreakStatement') as
    | { readonly loc?: { readonly start: { readonly line: number } } }
    | undefined;
  return early?.loc?.start.line;
}
