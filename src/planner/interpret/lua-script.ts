import type * as Lua from 'luaparse';
import { fieldAt, recordOf } from '../../kubernetes/plain-data';
import { requirementsOfTemplate } from './third-party';

/**
 * The script is more than plain expressions: it loops, defines functions, calls an unknown function, or would fail.
 * Its result is then known only at run time.
 */
export class NotDeclarative extends Error {}

/**
 * Parses a script. The parser is loaded with the first script.
 *
 * @throws SyntaxError where it is not Lua 5.1
 */
export function parseLua(script: string): Lua.Chunk {
  const { parse } = require('luaparse') as typeof Lua;
  return parse(script, { comments: false, luaVersion: '5.1' });
}

type Scope = Map<string, unknown>;
/** A built-in Lua function that a script may call. */
type Callable = (...args: readonly unknown[]) => unknown;

const libraries: Readonly<Record<string, Readonly<Record<string, Callable>>>> = {
  kube: { accuratePodRequirements: (template) => requirementsOfTemplate(template) },
  math: {
    ceil: (value) => Math.ceil(numberOf(value)),
    floor: (value) => Math.floor(numberOf(value)),
    max: (...values) => Math.max(...values.map(numberOf)),
    min: (...values) => Math.min(...values.map(numberOf)),
  },
};

const globals: Readonly<Record<string, unknown>> = {
  math: libraries['math'],
  require: (name: unknown) => fieldAt(libraries, String(name)),
  tonumber: (value: unknown) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  },
  tostring: (value: unknown) => String(value ?? 'nil'),
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
  const scope: Scope = new Map();
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
  return runAll(main.body, scope) ?? [];
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
  if (!table || typeof key !== 'string')
    throw new NotDeclarative('it assigns a field of something that is not an object');
  if (value === undefined || value === null) delete table[key];
  else Object.defineProperty(table, key, { value, enumerable: true, configurable: true, writable: true });
}

function evaluate(expression: Lua.Expression, scope: Scope): unknown {
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
    throw new NotDeclarative(`it reads ${String(key)} of something absent`);
  const name = Array.isArray(base) && typeof key === 'number' ? String(key - 1) : String(key);
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
      return `${String(left)}${String(right)}`;
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
