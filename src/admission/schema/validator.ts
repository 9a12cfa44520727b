import { isDeepStrictEqual } from 'node:util';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { isRecord } from '../../model/known-properties';
import { jsonSchemaOf } from './json-schema';
import type { KarmadaKind } from './tables';

/** A problem as ajv reports it, with the value and the schema it is about. */
export type SchemaProblem = ErrorObject & { readonly data?: unknown; readonly parentSchema?: Record<string, unknown> };

type AjvInstance = import('ajv').default;

let shared: AjvInstance | undefined;
const compiled = new Map<number, ValidateFunction>();

/**
 * What is wrong with a value by the schema of a kind. Validators are compiled when first used and kept; releases whose
 * schemas are the same share one.
 */
export function schemaProblems(definition: KarmadaKind, value: unknown): readonly SchemaProblem[] {
  let validate = compiled.get(definition.schema);
  if (!validate) {
    shared ??= makeAjv();
    validate = shared.compile(jsonSchemaOf(definition));
    compiled.set(definition.schema, validate);
  }
  return validate(value) ? [] : (validate.errors as SchemaProblem[]);
}

/** Loads ajv, which takes longer than everything else here, so only when the first object is checked. */
function makeAjv(): AjvInstance {
  const { Ajv } = require('ajv') as typeof import('ajv');
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, validateSchema: false, ownProperties: true });
  ajv.addFormat('int32', { type: 'number', validate: (value) => value >= -(2 ** 31) && value < 2 ** 31 });
  // 2^63 - 1 itself reads as 2^63 in JavaScript, so that is let through.
  ajv.addFormat('int64', { type: 'number', validate: (value) => value >= -(2 ** 63) && value <= 2 ** 63 });
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/);
  ajv.addFormat('byte', /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
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

/** Items of a set are distinct; items of a map differ in their keys. */
const uniqueItems: ReportingKeyword = (listType, items, schema) => {
  const keys = (schema as { 'x-kubernetes-list-map-keys'?: readonly string[] })['x-kubernetes-list-map-keys'] ?? [];
  const identity = (item: unknown): unknown =>
    listType === 'map' && isRecord(item) ? keys.map((key) => item[key]) : item;
  const identities = items.map(identity);
  const repeated = identities.findIndex((one, index) =>
    identities.slice(0, index).some((earlier) => isDeepStrictEqual(earlier, one)),
  );
  if (repeated < 0) return true;
  uniqueItems.errors = [{ keyword: 'x-kubernetes-list-type', params: { repeated, keys }, message: 'repeats an item' }];
  return false;
};
