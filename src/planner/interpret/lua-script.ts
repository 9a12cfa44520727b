import type * as Lua from 'luaparse';
import { deepFreeze } from '../../kubernetes/freeze';
import { parseLuaScript } from '../../kubernetes/lua-parser';
import { fieldAt } from '../../kubernetes/plain-data';
import { Dependencies } from './dependencies';
import { requirementsOfTemplate } from './third-party';

/**
 * The script uses more of Lua than is evaluated here, calls an unknown function, or would fail. Its result is then known
 * only at run time.
 */
export class NotDeclarative extends Error {}

/** The references of a pod template, as Karmada's library returns them. */
function podDependencies(template: unknown, namespace: unknown): readonly unknown[] {
  const found = new Dependencies(typeof namespace === 'string' ? namespace : '');
  found.addPodSpec(fieldAt(template, 'spec'));
  return found.list().map((reference) => ({ ...reference }));
}

/** Longer scripts, texts, and more steps than these are no statement of values. */
const longestScript = 100_000;
const longestText = 100_000;
const mostSteps = 10_000;
/** Values in what a script returns, each counted as often as it is reached. */
const mostValues = 100_000;
const deepestValue = 200;
const deepestCall = 50;

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

/** What all parts of one evaluation share. */
interface Evaluation {
  steps: number;
  /** Function calls that have not returned. */
  depth: number;
  /** Tables with items by number, which are lists outside Lua. */
  readonly numbered: WeakSet<object>;
}

/** The variables of a block. */
class Scope {
  readonly #variables = new Map<string, unknown>();

  constructor(
    readonly evaluation: Evaluation,
    readonly outer?: Scope,
  ) {}

  /** Counts what a script does. */
  step(): void {
    if (++this.evaluation.steps > mostSteps) throw new NotDeclarative('it takes very many steps');
  }

  inner(): Scope {
    return new Scope(this.evaluation, this);
  }

  declare(name: string, value: unknown): void {
    this.#variables.set(name, value);
  }

  /** Assigns a variable of this block or of one around it; otherwise a global one. */
  assign(name: string, value: unknown): void {
    if (this.outer && !this.#variables.has(name)) this.outer.assign(name, value);
    else this.#variables.set(name, value);
  }

  find(name: string): unknown {
    if (this.#variables.has(name)) return this.#variables.get(name);
    return this.outer ? this.outer.find(name) : fieldAt(globals, name);
  }

  get global(): Scope {
    return this.outer?.global ?? this;
  }
}

/** A built-in Lua function that a script may call. */
type Callable = (...args: readonly unknown[]) => unknown;

/** Stands for `table.insert`, which needs the evaluation. */
const insert: Callable = () => undefined;

const libraries: Readonly<Record<string, Readonly<Record<string, Callable>>>> = deepFreeze({
  kube: {
    accuratePodRequirements: (template) => requirementsOfTemplate(template),
    getPodDependencies: (template, namespace) => podDependencies(template, namespace),
  },
  math: {
    ceil: (value) => Math.ceil(numberOf(value)),
    floor: (value) => Math.floor(numberOf(value)),
    max: (...values) => Math.max(...values.map(numberOf)),
    min: (...values) => Math.min(...values.map(numberOf)),
  },
  table: { insert },
});

const globals: Readonly<Record<string, unknown>> = {
  math: libraries['math'],
  table: libraries['table'],
  type: (value: unknown) => typeName(value),
  require: (name: unknown) => fieldAt(libraries, textIn(name)),
  tonumber: (value: unknown) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  },
  tostring: (value: unknown) => (typeof value === 'boolean' ? String(value) : isAbsent(value) ? 'nil' : textIn(value)),
};

/**
 * Evaluates one function of an interpreter script: assignments, conditions, loops over tables and numbers, and calls.
 *
 * @param chunk - the parsed script
 * @param name - the function to call, such as `GetReplicas`
 * @param args - its arguments; tables among them are changed by the script, so pass copies
 * @returns the values that it returns
 * @throws NotDeclarative if the script contains anything else, or would fail
 */
export function evaluateLua(chunk: Lua.Chunk, name: string, args: readonly unknown[]): readonly unknown[] {
  const scope = new Scope({ steps: 0, depth: 0, numbered: new WeakSet() });
  runAll(chunk.body, scope);
  const main = scope.find(name);
  if (!(main instanceof ScriptFunction)) throw new NotDeclarative(`it lacks the function ${name}`);
  const returned = main.call(args, scope);
  checkSize(returned, { left: mostValues }, 0);
  return returned.map((value) => withLists(value, scope.evaluation.numbered));
}

/** A function that the script defines. */
class ScriptFunction {
  constructor(
    readonly declaration: Lua.FunctionDeclaration,
    readonly scope: Scope,
  ) {}

  call(args: readonly unknown[], { evaluation }: Scope): readonly unknown[] {
    if (++evaluation.depth > deepestCall) throw new NotDeclarative('its functions call each other too often');
    const scope = this.scope.inner();
    this.declaration.parameters.forEach((parameter, i) => {
      if (parameter.type !== 'Identifier') throw new NotDeclarative('it has a function with any number of arguments');
      scope.declare(parameter.name, args[i]);
    });
    const end = runAll(this.declaration.body, scope);
    evaluation.depth--;
    return end?.type === 'return' ? end.values : [];
  }
}

/** What ends a block before its last statement. */
type End = { readonly type: 'return'; readonly values: readonly unknown[] } | { readonly type: 'break' };

/** Runs statements until one returns or leaves the loop. */
function runAll(statements: readonly Lua.Statement[], scope: Scope): End | undefined {
  for (const statement of statements) {
    const end = run(statement, scope);
    if (end) return end;
  }
  return undefined;
}

function run(statement: Lua.Statement, scope: Scope): End | undefined {
  scope.step();
  switch (statement.type) {
    case 'LocalStatement': {
      const values = evaluateAll(statement.init, scope);
      statement.variables.forEach((variable, i) => {
        scope.declare(variable.name, values[i]);
      });
      return undefined;
    }
    case 'AssignmentStatement': {
      const values = evaluateAll(statement.init, scope);
      statement.variables.forEach((variable, i) => {
        assign(variable, values[i], scope);
      });
      return undefined;
    }
    case 'CallStatement':
      evaluateAll([statement.expression], scope);
      return undefined;
    case 'IfStatement': {
      const clause = statement.clauses.find(
        (one) => one.type === 'ElseClause' || isTrue(evaluate(one.condition, scope)),
      );
      return clause && runAll(clause.body, scope.inner());
    }
    case 'ForNumericStatement': {
      const first = numberOf(evaluate(statement.start, scope));
      const last = numberOf(evaluate(statement.end, scope));
      const by = statement.step ? numberOf(evaluate(statement.step, scope)) : 1;
      if (by === 0) throw new NotDeclarative('it loops without an end');
      const numbers = function* () {
        for (let number = first; by > 0 ? number <= last : number >= last; number += by) yield [number];
      };
      return loop([statement.variable], numbers(), statement.body, scope);
    }
    case 'ForGenericStatement':
      return loop(statement.variables, entriesOf(statement.iterators, scope), statement.body, scope);
    case 'FunctionDeclaration':
      declareFunction(statement, scope);
      return undefined;
    case 'DoStatement':
      return runAll(statement.body, scope.inner());
    case 'BreakStatement':
      return { type: 'break' };
    case 'ReturnStatement':
      return { type: 'return', values: evaluateAll(statement.arguments, scope) };
    default:
      throw new NotDeclarative(`it holds a ${statement.type}`);
  }
}

function loop(
  variables: readonly Lua.Identifier[],
  rounds: Iterable<readonly unknown[]>,
  body: readonly Lua.Statement[],
  scope: Scope,
): End | undefined {
  for (const values of rounds) {
    scope.step();
    const round = scope.inner();
    variables.forEach((variable, i) => {
      round.declare(variable.name, values[i]);
    });
    const end = runAll(body, round);
    if (end?.type === 'break') return undefined;
    if (end) return end;
  }
  return undefined;
}

/** The rounds of `ipairs(list)` and `pairs(table)`. */
function entriesOf(iterators: readonly Lua.Expression[], scope: Scope): readonly (readonly unknown[])[] {
  const [call, ...others] = iterators;
  const name = call?.type === 'CallExpression' && call.base.type === 'Identifier' ? call.base.name : '';
  if (call?.type !== 'CallExpression' || others.length > 0 || (name !== 'ipairs' && name !== 'pairs')) {
    throw new NotDeclarative('it loops over something unusual');
  }
  const table = evaluateAll(call.arguments, scope)[0];
  if (!isTable(table)) throw new NotDeclarative('it loops over something absent');
  const isNumbered = Array.isArray(table) || scope.evaluation.numbered.has(table);
  if (name === 'ipairs' && !isNumbered) return [];
  const items = Array.isArray(table) || name === 'ipairs' ? itemsOf(table) : undefined;
  if (items) return items.map((item, i) => [i + 1, item]);
  return Object.entries(table).map(([key, value]) => [isNumbered && /^[1-9]\d*$/.test(key) ? Number(key) : key, value]);
}

/** The items of a list, up to the first that is absent. */
function itemsOf(table: object): readonly unknown[] {
  const items = Array.isArray(table) ? (table as readonly unknown[]) : [];
  if (Array.isArray(table)) {
    const end = items.findIndex(isAbsent);
    return end < 0 ? items : items.slice(0, end);
  }
  const found: unknown[] = [];
  for (let i = 1; Object.hasOwn(table, String(i)); i++) found.push((table as Record<string, unknown>)[String(i)]);
  return found;
}

function declareFunction(statement: Lua.FunctionDeclaration, scope: Scope): void {
  if (statement.identifier?.type !== 'Identifier') throw new NotDeclarative('it defines a function in a table');
  const value = new ScriptFunction(statement, scope);
  if (statement.isLocal) scope.declare(statement.identifier.name, value);
  else scope.assign(statement.identifier.name, value);
}

function assign(
  target: Lua.Identifier | Lua.MemberExpression | Lua.IndexExpression,
  value: unknown,
  scope: Scope,
): void {
  if (target.type === 'Identifier') scope.assign(target.name, value);
  else {
    const key = target.type === 'MemberExpression' ? target.identifier.name : evaluate(target.index, scope);
    assignField(evaluate(target.base, scope), key, value, scope.evaluation.numbered);
  }
}

function assignField(table: unknown, key: unknown, value: unknown, numbered: WeakSet<object>): void {
  if (!isTable(table) || Object.isFrozen(table))
    throw new NotDeclarative('it assigns a field of something that is not an object');
  if (Array.isArray(table)) {
    if (typeof key !== 'number' || !(key >= 1 && key <= table.length + 1) || isAbsent(value))
      throw new NotDeclarative('it assigns an item that a list does not have');
    table[key - 1] = value;
    return;
  }
  if (typeof key !== 'string' && !(typeof key === 'number' && Number.isInteger(key)))
    throw new NotDeclarative('it assigns a field without a name');
  if (typeof key === 'number') numbered.add(table);
  const name = String(key);
  const fields = table as Record<string, unknown>;
  if (isAbsent(value)) delete fields[name];
  else Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The values of several expressions; a call at the end may return several. */
function evaluateAll(expressions: readonly Lua.Expression[], scope: Scope): readonly unknown[] {
  return expressions.flatMap((expression, i) => {
    const last = i === expressions.length - 1;
    if (!last || (expression.type !== 'CallExpression' && expression.type !== 'StringCallExpression')) {
      return [evaluate(expression, scope)];
    }
    scope.step();
    return called(expression, scope);
  });
}

function called(expression: Lua.CallExpression | Lua.StringCallExpression, scope: Scope): readonly unknown[] {
  const callee = evaluate(expression.base, scope);
  const args = evaluateAll(expression.type === 'CallExpression' ? expression.arguments : [expression.argument], scope);
  if (callee instanceof ScriptFunction) return callee.call(args, scope);
  if (callee === insert) return inserted(args, scope);
  if (typeof callee !== 'function') throw new NotDeclarative('it calls a function that is not known here');
  return [(callee as Callable)(...args)];
}

/** `table.insert(list, item)`. */
function inserted(args: readonly unknown[], { evaluation }: Scope): readonly unknown[] {
  const [table, item] = args;
  if (args.length !== 2 || !isTable(table)) throw new NotDeclarative('it inserts into something that is not a list');
  assignField(table, itemsOf(table).length + 1, item, evaluation.numbered);
  return [];
}

/** A value with the tables that are lists as lists. */
function withLists(value: unknown, numbered: WeakSet<object>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withLists(item, numbered));
  const items = numbered.has(value) ? itemsOf(value) : [];
  if (items.length > 0 && items.length === Object.keys(value).length) {
    return items.map((item) => withLists(item, numbered));
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withLists(inner, numbered)]));
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
      return scope.find(expression.name);
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
    case 'StringCallExpression':
      return called(expression, scope)[0];
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
  let position = 0;
  for (const field of expression.fields) {
    const key =
      field.type === 'TableKeyString'
        ? field.key.name
        : field.type === 'TableKey'
          ? evaluate(field.key, scope)
          : ++position;
    assignField(table, key, evaluate(field.value, scope), scope.evaluation.numbered);
  }
  return table;
}

/** A field of a table, or an item of a list, whose indices begin with 1 in Lua. */
function memberOf(base: unknown, key: unknown): unknown {
  if (!isTable(base)) throw new NotDeclarative(`it reads ${textIn(key)} of something absent`);
  const name = Array.isArray(base) && typeof key === 'number' ? String(key - 1) : textIn(key);
  return Object.hasOwn(base, name) ? (base as Record<string, unknown>)[name] : undefined;
}

function unary(operator: string, value: unknown): unknown {
  if (operator === 'not') return !isTrue(value);
  if (operator === '-') return -numberOf(value);
  if (operator === '#' && typeof value === 'string') return value.length;
  if (operator === '#' && isTable(value)) return itemsOf(value).length;
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

function typeName(value: unknown): string {
  if (isAbsent(value)) return 'nil';
  if (value instanceof ScriptFunction) return 'function';
  return typeof value === 'object' ? 'table' : typeof value;
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof ScriptFunction);
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
