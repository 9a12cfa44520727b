/**
 * Whether an expression of CEL can be read: brackets and quotes match, and nothing is missing at an operator. Types are not
 * known here, so that an expression that passes may still be refused.
 *
 * @returns what is wrong; undefined if nothing is
 */
export function celProblem(expression: string): string | undefined {
  const tokens = tokensOf(expression);
  if (typeof tokens === 'string') return tokens;
  const open: string[] = [];
  let expectsOperand = true;
  for (const [index, token] of tokens.entries()) {
    if (closing[token] !== undefined) {
      open.push(closing[token]);
      expectsOperand = true;
    } else if (token === ')' || token === ']' || token === '}') {
      if (open.pop() !== token) return `unexpected "${token}"`;
      expectsOperand = false;
    } else if ((token === '?' || token === '.') && expectsOperand) {
      // An optional entry, or a name from the root.
    } else if (binary.has(token) && !(token === 'in' && tokens[index - 1] === '.')) {
      if (expectsOperand && token !== '-') return `an operand is missing before "${token}"`;
      expectsOperand = true;
    } else if (token === '!') expectsOperand = true;
    else if (token === ',') expectsOperand = true;
    else {
      if (!expectsOperand) return `an operator is missing before "${token}"`;
      expectsOperand = false;
    }
  }
  if (open.length > 0) return `"${open[open.length - 1]}" is missing`;
  return expectsOperand ? 'it ends too early' : undefined;
}

const closing: Readonly<Record<string, string>> = Object.assign(Object.create(null), { '(': ')', '[': ']', '{': '}' });

const binary: ReadonlySet<string> = new Set([
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '?',
  ':',
  '.',
  'in',
]);

/** Texts, names and numbers, operators. */
const token =
  /\s+|\/\/[^\n]*|[rRbB]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|`[^`\n]*`|\d[\w.]*(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|&&|\|\||[=!<>]=|[-+*/%<>!?:.,()[\]{}]/y;

function tokensOf(expression: string): readonly string[] | string {
  const tokens: string[] = [];
  token.lastIndex = 0;
  let at = 0;
  while (at < expression.length) {
    token.lastIndex = at;
    const [text] = token.exec(expression) ?? [];
    if (text === undefined) return `unexpected "${expression[at]}" at character ${at + 1}`;
    at += text.length;
    if (!/^(\s|\/\/)/.test(text)) tokens.push(text);
  }
  return tokens;
}
