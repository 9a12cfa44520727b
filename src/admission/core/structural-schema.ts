import { recordOf } from '../../kubernetes/plain-data';
import { quoted } from '../../problem/words';
import { celProblem } from './cel';
import type { Faults } from './faults';

/** A schema in a CustomResourceDefinition. Nested schemas below `items` and `additionalProperties` are not decoded. */
export interface Properties {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Properties>>;
  readonly additionalProperties?: Properties | boolean;
  readonly items?: Properties | readonly Properties[];
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly pattern?: string;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule?: string; readonly message?: string }[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly [keyword: string]: unknown;
}

interface Place {
  readonly path: string;
  /** The path in the API server's message. */
  readonly reported: string;
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** Keywords of OpenAPI that the API server does not take. */
const unsupported = [
  '$ref',
  '$schema',
  'id',
  'definitions',
  'dependencies',
  'patternProperties',
  'additionalItems',
  'deprecated',
];

/** Keywords that are allowed only outside of allOf, anyOf, oneOf and not. */
const outside = [
  'type',
  'additionalProperties',
  'nullable',
  'default',
  'title',
  'description',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
];

/**
 * Why a schema is not structural, or breaks another rule for schemas of custom kinds.
 *
 * @see Kubernetes k8s.io/apiextensions-apiserver pkg/apiserver/schema/validation.go
 */
export function checkStructuralSchema(root: Properties, path: string, reported: string, faults: Faults): void {
  const place = { path, reported };
  if (!root.type) missing(within(place, 'type'), 'the schema of a kind has type object', 'add type: object', faults);
  else if (root.type !== 'object') invalid(within(place, 'type'), 'must be object', 'write type: object', faults);
  const metadata = root.properties?.['metadata'];
  if (metadata) checkMetadata(metadata, within(place, 'properties[metadata]'), faults);
  checkNode(root, place, true, faults);
}

function checkMetadata(metadata: Properties, place: Place, faults: Faults): void {
  const { properties = {} } = metadata;
  const others = Object.keys(properties).filter((name) => name !== 'name' && name !== 'generateName');
  const keywords = Object.keys(metadata).filter((keyword) => !['type', 'properties', 'description'].includes(keyword));
  if (others.length > 0 || keywords.length > 0) {
    excluded(place, 'may restrict only name and generateName', 'write metadata: { type: object }', faults);
  }
}

function checkNode(node: Properties, place: Place, isRoot: boolean, faults: Faults): void {
  const { type = '', properties, additionalProperties, items } = node;
  const anything = node['x-kubernetes-preserve-unknown-fields'] === true;
  const intOrString = node['x-kubernetes-int-or-string'] === true;
  if (type === '' && !isRoot && !anything && !intOrString) {
    missing(within(place, 'type'), 'each field needs a type', 'add type', faults);
  } else if (type !== '' && intOrString) {
    invalid(within(place, 'type'), 'must be empty with x-kubernetes-int-or-string', 'remove type', faults);
  } else if (type !== '' && !types.includes(type)) {
    oneOf(within(place, 'type'), type, types, faults);
  }
  for (const keyword of unsupported) {
    if (node[keyword] !== undefined) excluded(within(place, keyword), 'is not supported', undefined, faults);
  }
  if (node['uniqueItems'] === true) {
    excluded(within(place, 'uniqueItems'), 'cannot be true', 'write x-kubernetes-list-type: set', faults);
  }
  if (typeof node.pattern === 'string' && /\(\?(=|!|<=|<!)/.test(node.pattern)) {
    invalid(within(place, 'pattern'), 'must be an expression without lookaround', 'rewrite it', faults);
  }
  if (typeof node.pattern === 'string' && !isExpression(node.pattern)) {
    invalid(within(place, 'pattern'), 'must be a regular expression', 'correct it', faults);
  }
  if (properties && additionalProperties !== undefined) {
    excluded(within(place, 'additionalProperties'), 'excludes properties', undefined, faults);
  } else if (additionalProperties === false) {
    excluded(within(place, 'additionalProperties'), 'cannot be false', undefined, faults);
  }
  if (type === 'array' && items === undefined)
    missing(within(place, 'items'), 'a list needs the schema of its items', 'add items', faults);
  if (Array.isArray(items)) excluded(within(place, 'items'), 'must be one schema', 'write one schema', faults);
  checkLists(node, place, faults);
  if (node['x-kubernetes-embedded-resource'] && type !== 'object')
    invalid(within(place, 'type'), 'must be object', 'write type: object', faults);
  if (node['x-kubernetes-map-type'] !== undefined) {
    if (type !== 'object') invalid(within(place, 'type'), 'must be object', 'write type: object', faults);
    oneOf(within(place, 'x-kubernetes-map-type'), node['x-kubernetes-map-type'], ['atomic', 'granular'], faults);
  }
  const misfit = node.default === undefined ? undefined : misfitOf(node.default, node);
  if (misfit) invalid(within(place, 'default'), misfit, 'correct the default', faults);
  checkRules(node, place, faults);
  checkJunctors(node, place, faults);
  for (const [name, property] of Object.entries(properties ?? {})) {
    if (recordOf(property)) checkNode(property, within(place, `properties[${name}]`), false, faults);
  }
  if (recordOf(items)) checkNode(items as Properties, within(place, 'items'), false, faults);
  if (typeof additionalProperties === 'object')
    checkNode(additionalProperties, within(place, 'additionalProperties'), false, faults);
}

/** One-sided: what Go reads otherwise than JavaScript counts as an expression. */
function isExpression(pattern: string): boolean {
  if (/\(\?|\[\[:/.test(pattern)) return true;
  try {
    return new RegExp(pattern) !== undefined;
  } catch {
    return false;
  }
}

function checkLists(node: Properties, place: Place, faults: Faults): void {
  const listType = node['x-kubernetes-list-type'];
  const keys = node['x-kubernetes-list-map-keys'] ?? [];
  if (listType === undefined) {
    if (keys.length > 0)
      invalid(
        within(place, 'x-kubernetes-list-type'),
        'must be map, because of the keys',
        'write x-kubernetes-list-type: map',
        faults,
      );
    return;
  }
  if (node.type !== 'array') invalid(within(place, 'type'), 'must be array', 'write type: array', faults);
  oneOf(within(place, 'x-kubernetes-list-type'), listType, ['atomic', 'set', 'map'], faults);
  const at = within(place, 'x-kubernetes-list-map-keys');
  if (listType === 'map' && keys.length === 0)
    missing(at, 'a map needs keys', 'add x-kubernetes-list-map-keys', faults);
  if (listType !== 'map' && keys.length > 0) excluded(at, 'needs x-kubernetes-list-type: map', undefined, faults);
  const items = recordOf(node.items) as Properties | undefined;
  if (listType !== 'map' || !items) return;
  keys.forEach((key, index) => {
    const property = items.properties && Object.hasOwn(items.properties, key) ? items.properties[key] : undefined;
    if (!property)
      invalid(within(at, `[${index}]`, ''), `the items have no property ${quoted(key)}`, 'correct the key', faults);
    else if (!items.required?.includes(key) && property.default === undefined) {
      missing(
        within(place, `items.properties[${key}].default`),
        `${quoted(key)} is a key, so it must be required or have a default`,
        'add it to required',
        faults,
      );
    }
  });
}

/** What a value lacks of a schema; only what is plain: its type, and that of its fields and items. */
function misfitOf(value: unknown, schema: Properties): string | undefined {
  if (value === null) return schema.nullable ? undefined : 'must not be null';
  const words = schema['enum'] as readonly unknown[] | undefined;
  if (words && typeof value !== 'object' && !words.includes(value))
    return `must be one of ${words.join(', ')}, got ${quoted(value)}`;
  const fits: Readonly<Record<string, boolean>> = {
    string: typeof value === 'string',
    boolean: typeof value === 'boolean',
    integer: Number.isInteger(value),
    number: typeof value === 'number',
    array: Array.isArray(value),
    object: recordOf(value) !== undefined,
  };
  if (schema.type && Object.hasOwn(fits, schema.type) && !fits[schema.type])
    return `must be of type ${schema.type}, got ${quoted(value)}`;
  if (typeof value === 'number') {
    if (typeof schema['minimum'] === 'number' && value < schema['minimum'])
      return `must be at least ${schema['minimum']}`;
    if (typeof schema['maximum'] === 'number' && value > schema['maximum'])
      return `must be at most ${schema['maximum']}`;
  }
  const record = recordOf(value);
  for (const [name, content] of Object.entries(record ?? {})) {
    const property = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    const misfit = property && misfitOf(content, property);
    if (misfit) return `${name} ${misfit}`;
  }
  const items = recordOf(schema.items) as Properties | undefined;
  if (Array.isArray(value) && items) return value.map((item) => misfitOf(item, items)).find(Boolean);
  return undefined;
}

function checkRules(node: Properties, place: Place, faults: Faults): void {
  node['x-kubernetes-validations']?.forEach(({ rule = '', message }, index) => {
    const at = within(place, `x-kubernetes-validations[${index}]`);
    if (rule.trim() === '') {
      if (rule !== '') missing(within(at, 'rule'), 'must not be blank', 'write a rule', faults);
      return;
    }
    const problem = celProblem(rule) ?? comparisonProblem(rule, node);
    if (problem) invalid(within(at, 'rule'), `does not compile: ${problem}`, 'correct the rule', faults);
    if (message !== undefined && message.trim() === '' && message !== '')
      invalid(within(at, 'message'), 'must not be blank', 'write a message', faults);
    if (message?.trim().includes('\n'))
      invalid(within(at, 'message'), 'must be one line', 'remove the line breaks', faults);
    if (rule.includes('\n') && !message)
      missing(within(at, 'message'), 'a rule of several lines needs a message', 'add message', faults);
  });
}

const celTypes: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'truth value',
};

/** A field compared with a literal of another type, or a field that the schema does not have. */
function comparisonProblem(rule: string, node: Properties): string | undefined {
  const code = rule.replace(/'(\\.|[^'\\])*'|"(\\.|[^"\\])*"/g, (text) => `"${'_'.repeat(text.length - 2)}"`);
  for (const [, path = ''] of code.matchAll(/(?<![\w.])self((?:\.[A-Za-z_]\w*)+)(?!\s*\(|\w)/g)) {
    const missingField = missingStep(path.slice(1).split('.'), node);
    if (missingField) return `the schema has no field ${missingField}`;
  }
  for (const [, path = '', , literal = ''] of code.matchAll(
    /(?<![\w.])self((?:\.[A-Za-z_]\w*)*)\s*(==|!=|<=|>=|<|>)\s*("_*"|\d+(?:\.\d+)?|true|false)/g,
  )) {
    const type = typeAt(path === '' ? [] : path.slice(1).split('.'), node);
    const left = type === undefined ? undefined : celTypes[type];
    const right = literal.startsWith('"') ? 'text' : /^\d/.test(literal) ? 'number' : 'truth value';
    if (left !== undefined && left !== right) return `self${path} is a ${left}, and is compared with a ${right}`;
  }
  return undefined;
}

function missingStep(steps: readonly string[], node: Properties): string | undefined {
  let current: Properties | undefined = node;
  for (const step of steps) {
    if (
      !current?.properties ||
      current['x-kubernetes-preserve-unknown-fields'] ||
      current['x-kubernetes-embedded-resource']
    )
      return undefined;
    // Names with characters that CEL does not take are escaped, and metadata is implied.
    if (['metadata', 'apiVersion', 'kind'].includes(step) || step.includes('__')) return undefined;
    if (!Object.hasOwn(current.properties, step)) return step;
    current = current.properties[step];
  }
  return undefined;
}

function typeAt(steps: readonly string[], node: Properties): string | undefined {
  let current: Properties | undefined = node;
  for (const step of steps)
    current = current?.properties && Object.hasOwn(current.properties, step) ? current.properties[step] : undefined;
  return current?.['x-kubernetes-int-or-string'] || current?.nullable ? undefined : current?.type;
}

/** allOf, anyOf, oneOf and not may only restrict what is defined outside of them. */
function checkJunctors(node: Properties, place: Place, faults: Faults): void {
  for (const junctor of ['allOf', 'anyOf', 'oneOf', 'not'] as const) {
    const value = node[junctor];
    const inner = Array.isArray(value) ? value : value === undefined ? [] : [value];
    inner.forEach((each: Properties, index) => {
      const at = within(place, junctor === 'not' ? junctor : `${junctor}[${index}]`);
      checkRestriction(each, node, at, node['x-kubernetes-int-or-string'] === true, faults);
    });
  }
}

function checkRestriction(
  inner: Properties,
  outer: Properties,
  place: Place,
  mayHaveType: boolean,
  faults: Faults,
): void {
  for (const keyword of outside) {
    if (inner[keyword] === undefined || inner[keyword] === '' || (keyword === 'type' && mayHaveType)) continue;
    excluded(within(place, keyword), 'must be outside, next to properties', undefined, faults);
  }
  for (const [name, property] of Object.entries(inner.properties ?? {})) {
    const known = outer.properties && Object.hasOwn(outer.properties, name) ? outer.properties[name] : undefined;
    if (known) checkRestriction(property, known, within(place, `properties[${name}]`), false, faults);
    else if (!outer['x-kubernetes-preserve-unknown-fields']) {
      missing(
        within(place, `properties[${name}]`),
        'must be defined outside as well',
        `add ${name} to properties`,
        faults,
      );
    }
  }
}

function within({ path, reported }: Place, step: string, separator = '.'): Place {
  return { path: `${path}${separator}${step}`, reported: `${reported}${separator}${step}` };
}

function missing({ path, reported }: Place, message: string, fix: string, faults: Faults): void {
  faults.missing(path, message, fix, reported);
}

function invalid({ path, reported }: Place, message: string, fix: string, faults: Faults): void {
  faults.invalid(path, message, fix, reported);
}

function excluded({ path, reported }: Place, message: string, fix: string | undefined, faults: Faults): void {
  faults.excluded(path, message, fix, reported);
}

function oneOf({ path, reported }: Place, word: string, words: readonly string[], faults: Faults): void {
  faults.oneOf(path, word, words, reported);
}
