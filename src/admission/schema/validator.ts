import type { ErrorObject, ValidateFunction } from 'ajv';
import { numberFormats, stringFormats } from './formats';
import { jsonSchemaOf } from './json-schema';
import { repeatedItem } from './repeated-item';
import type { KindDefinition, SchemaNode } from './tables';
import { checkedValue } from './value-checks';

/** An error of ajv, with its value and schema. */
export type SchemaProblem = ErrorObject & { readonly data?: unknown; readonly parentSchema?: Record<string, unknown> };

type AjvInstance = import('ajv').default;

let shared: AjvInstance | undefined;
const compiled = new WeakMap<SchemaNode, ValidateFunction>();

/**
 * Validates a value against the schema of a kind. Validators are compiled on first use and cached; releases with the same
 * schema share one.
 */
export function schemaProblems({ schema }: KindDefinition, value: unknown): readonly SchemaProblem[] {
  const validate = validatorOf(schema);
  return validate(value) ? [] : (validate.errors as SchemaProblem[]);
}

/** Whether a schema that somebody else wrote can be checked. */
export function isCompilable(schema: SchemaNode): boolean {
  try {
    validatorOf(schema);
    return true;
  } catch {
    return false;
  }
}

function validatorOf(schema: SchemaNode): ValidateFunction {
  let validate = compiled.get(schema);
  if (!validate) {
    shared ??= makeAjv();
    validate = shared.compile(jsonSchemaOf(schema));
    compiled.set(schema, validate);
  }
  return validate;
}

/** Loads ajv on first use, because loading takes longer than all other checks. */
function makeAjv(): AjvInstance {
  const { Ajv } = require('ajv') as typeof import('ajv');
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    logger: false,
    ownProperties: true,
  });
  for (const [format, validate] of Object.entries(numberFormats)) ajv.addFormat(format, { type: 'number', validate });
  for (const [format, expression] of Object.entries(stringFormats)) ajv.addFormat(format, expression);
  ajv.addKeyword({
    keyword: 'x-check',
    schemaType: 'string',
    validate: (check: string, value: unknown) => checkedValue(check).accepts(value),
  });
  ajv.addKeyword({
    keyword: 'x-kubernetes-list-type',
    type: 'array',
    schemaType: 'string',
    errors: true,
    validate: uniqueItems,
  });
  return ajv;
}

type ReportingKeyword = {
  (listType: string, items: readonly unknown[], schema?: unknown): boolean;
  errors?: Partial<ErrorObject>[];
};

const uniqueItems: ReportingKeyword = (listType, items, schema) => {
  const keys = (schema as { 'x-kubernetes-list-map-keys'?: readonly string[] })['x-kubernetes-list-map-keys'] ?? [];
  const repeated = repeatedItem(items, listType, keys);
  if (repeated < 0) return true;
  uniqueItems.errors = [{ keyword: 'x-kubernetes-list-type', params: { repeated, keys }, message: 'repeats an item' }];
  return false;
};
