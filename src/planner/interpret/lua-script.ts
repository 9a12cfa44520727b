import type * as Lua from 'luaparse';
import { deepFreeze } from '../../kubernetes/freeze';
import { parseLuaScript } from '../../kubernetes/lua-parser';
import { fieldAt, recordOf } from '../../kubernetes/plain-data';
import { requirementsOfTemplate } from './third-party';

/**
 * The script is more than plain expressions: it loops, defines functions, calls an unknown function, or would fail.
 * Its result is then known only at run time.
 */
export class NotDeclarative extends Error {}

/** Longer scripts, texts, and more steps than these are no statement of values. */
const longestScript = 100_000;
const longestText = 100_000;
const mostSteps = 10_000;
/** Values in what a script returns, each counted as often as it is reached. */
const mostValues = 100_000;
const deepestValue = 200;

/**
 * Parses a script.
 *
 * @throws SyntaxError where it is not Lua 5.1
 * @throws NotDeclarative when it is too long
 */
export function parseLua(script: string): Lua.Chunk {
  if (script.length > longestScript) throw new NotDeclarative('its script is very long');
  return parseLuaScript(script, { comments: false, luaVersion: '5.1' });
}

class Scope extends Map<string, unknown> {
  #steps = 0;

  /** Counts what a script does. */
  step(): void {
    if (++this.#steps > mostSteps) throw new NotDeclarative('it takes very many steps');
  }
}

/** A built-in Lua function that a script may call. */
type Callable = (...args: readonly unknown[]) => unknown;

const libraries: Readonly<Record<string, Readonly<Record<string, Callable>>>> = deepFreeze({
  kube: { accuratePodRequirements: (template) => requirementsOfTemplate(template) },
  math: {
    ceil: (value) => Math.ceil(numberOf(value)),
    floor: (value) => Math.floor(numberOf(value)),
    max: (...values) => Math.max(...values.map(numberOf)),
    min: (...values) => Math.min(...values.map(numberOf)),
  },
});

const globals: Readonly<Record<string, unknown>> = {
  math: libraries['math'],
  require: (name: unknown) => fieldAt(libraries, textIn(name)),
  tonumber: (value: unknown) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  },
  tostring: (value: unknown) => (typeof value === 'boolean' ? String(value) : isAbsent(value) ? 'nil' : textIn(value)),
};

/**
 * Evaluates one function of an interpreter script that consists of assignments, conditions and expressions.
 *
 * @param chunk - the parsed script
 * @param name - the function to call, such as `GetReplicas`
 * @param args - its arguments; tables among them are changed by the script, so pass copies
 * @returns the values that it returns
 * @throws NotDeclarative if the script contains anything else, or would fail
 */
export function evaluateLua(chunk: Lua.Chunk, name: string, args: readonly unknown[]): readonly unknown[] {
  const scope = new Scope();
  for (const statement of chunk.body) if (statement.type !== 'FunctionDeclaration') run(statement, scope);
  const main = chunk.body.find(
    (statement): statement is Lua.FunctionDeclaration =>
      statement.type === 'FunctionDeclaration' &&
      statement.identifier?.type === 'Identifier' &&
      statement.identifier.name === name,
  );
  if (!main) throw new NotDeclarative(`it lacks the function ${name}`);
  main.parameters.forEach((parameter, i) => {
    if (parameter.type === 'Identifier') scope.set(parameter.name, args[i]);
  });
  const returned = runAll(main.body, scope) ?? [];
  checkSize(returned, { left: mostValues }, 0);
  return returned;
}

/** Runs statements until one returns. */
function runAll(statements: readonly Lua.Statement[], scope: Scope): readonly unknown[] | undefined {
  for (const statement of statements) {
    const returned = run(statement, scope);
    if (returned) return returned;
  }
  return undefined;
}

function run(statement: Lua.Statement, scope: Scope): readonly unknown[] | undefined {
  switch (statement.type) {
    case 'LocalStatement':
    case 'AssignmentStatement': {
      const values = statement.init.map((expression) => evaluate(expression, scope));
      statement.variables.forEach((variable, i) => {
        assign(variable, values[i], scope);
      });
      return undefined;
    }
    case 'IfStatement': {
      const clause = statement.clauses.find(
        (one) => one.type === 'ElseClause' || isTrue(evaluate(one.condition, scope)),
      );
      return clause && runAll(clause.body, scope);
    }
    case 'ReturnStatement':
      return statement.arguments.map((expression) => evaluate(expression, scope));
    default:
      throw new NotDeclarative(`it holds a ${statement.type}`);
  }
}

function assign(
  target: Lua.Identifier | Lua.MemberExpression | Lua.IndexExpression,
  value: unknown,
  scope: Scope,
): void {
  if (target.type === 'Identifier') {
    scope.set(target.name, value);
    return;
  }
  const table = recordOf(evaluate(target.base, scope)) as Record<string, unknown> | undefined;
  const key = target.type === 'MemberExpression' ? target.identifier.name : evaluate(target.index, scope);
  if (!table || Object.isFrozen(table) || typeof key !== 'string')
    throw new NotDeclarative('it assigns a field of something that is not an object');
  if (value === undefined || value === null) delete table[key];
  else Object.defineProperty(table, key, { value, enumerable: true, configurable: true, writable: true });
}

function evaluate(expression: Lua.Expression, scope: Scope): unknown {
  scope.step();
  switch (expression.type) {
    case 'NilLiteral':
      return undefined;
    case 'BooleanLiteral':
    case 'NumericLiteral':
      return expression.value;
    case 'StringLiteral':
      return textLiteral(expression);
    case 'Identifier':
      return scope.has(expression.name) ? scope.get(expression.name) : fieldAt(globals, expression.name);
    case 'MemberExpression':
      return memberOf(evaluate(expression.base, scope), expression.identifier.name);
    case 'IndexExpression':
      return memberOf(evaluate(expression.base, scope), evaluate(expression.index, scope));
    case 'LogicalExpression': {
      const left = evaluate(expression.left, scope);
      return isTrue(left) === (expression.operator === 'and') ? evaluate(expression.right, scope) : left;
    }
    case 'BinaryExpression':
      return binary(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    case 'UnaryExpression':
      return unary(expression.operator, evaluate(expression.argument, scope));
    case 'TableConstructorExpression':
      return tableOf(expression, scope);
    case 'CallExpression':
    case 'StringCallExpression': {
      const callee = evaluate(expression.base, scope);
      if (typeof callee !== 'function') throw new NotDeclarative('it calls a function that is not known here');
      const args = expression.type === 'CallExpression' ? expression.arguments : [expression.argument];
      return (callee as Callable)(...args.map((argument) => evaluate(argument, scope)));
    }
    default:
      throw new NotDeclarative(`it holds a ${expression.type}`);
  }
}

function textLiteral({ raw }: Lua.StringLiteral): string {
  const plain = /^(["'])([^\\]*)\1$/.exec(raw);
  if (!plain) throw new NotDeclarative(`it holds the text ${raw}`);
  return plain[2]!;
}

function tableOf(expression: Lua.TableConstructorExpression, scope: Scope): unknown {
  const table: Record<string, unknown> = {};
  for (const field of expression.fields) {
    const key =
      field.type === 'TableKeyString' ? field.key.name : field.type === 'TableKey' && evaluate(field.key, scope);
    if (typeof key !== 'string') throw new NotDeclarative('it makes a list');
    const value = evaluate(field.value, scope);
    if (value !== undefined && value !== null) table[key] = value;
  }
  return table;
}

/** A field of a table, or an item of a list, whose indices begin with 1 in Lua. */
function memberOf(base: unknown, key: unknown): unknown {
  if (typeof base !== 'object' || base === null)
    throw new NotDeclarative(`it reads ${textIn(key)} of something absent`);
  const name = Array.isArray(base) && typeof key === 'number' ? String(key - 1) : textIn(key);
  return Object.hasOwn(base, name) ? (base as Record<string, unknown>)[name] : undefined;
}

function unary(operator: string, value: unknown): unknown {
  if (operator === 'not') return !isTrue(value);
  if (operator === '-') return -numberOf(value);
  if (operator === '#' && (Array.isArray(value) || typeof value === 'string')) return value.length;
  throw new NotDeclarative(`it applies ${operator} to something unsuitable`);
}

function binary(operator: string, left: unknown, right: unknown): unknown {
  switch (operator) {
    case '==':
      return (left ?? undefined) === (right ?? undefined);
    case '~=':
      return (left ?? undefined) !== (right ?? undefined);
    case '..':
      return joined(textIn(left), textIn(right));
    case '<':
      return numberOf(left) < numberOf(right);
    case '<=':
      return numberOf(left) <= numberOf(right);
    case '>':
      return numberOf(left) > numberOf(right);
    case '>=':
      return numberOf(left) >= numberOf(right);
    case '+':
      return numberOf(left) + numberOf(right);
    case '-':
      return numberOf(left) - numberOf(right);
    case '*':
      return numberOf(left) * numberOf(right);
    case '/':
      return numberOf(left) / numberOf(right);
    default:
      throw new NotDeclarative(`it uses the operator ${operator}`);
  }
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new NotDeclarative('it calculates with something that is not a number');
  return value;
}

/** In Lua everything except nil and false is true, including 0 and the empty string. */
function isTrue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** A value as Lua joins it to a text. */
function textIn(value: unknown): string {
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  throw new NotDeclarative('it uses something as text that is not text');
}

function joined(left: string, right: string): string {
  if (left.length + right.length > longestText) throw new NotDeclarative('it makes a very long text');
  return `${left}${right}`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** A table may hold itself, or another one many times: reading the whole would take for ever. */
function checkSize(value: unknown, budget: { left: number }, depth: number): void {
  if (--budget.left < 0 || depth > deepestValue) throw new NotDeclarative('it returns a very large object');
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) checkSize(inner, budget, depth + 1);
}
