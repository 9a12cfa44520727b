import { type FieldSteps, fieldPath } from '../../kubernetes/field-path';
import { pointerTokens } from '../../kubernetes/json-pointer';
import { isRecord } from '../../problem/record';
import { joinWords, nearMiss, quoted } from '../../problem/words';
import type { Cause } from '../cause';
import type { CheckedObject } from './checked-object';
import { wrongType, wrongValue } from './explain-value';
import { explainUnknownField } from './unknown-field';
import type { SchemaProblem } from './validator';

/** Converts the errors of ajv to causes: in the order of the object's fields, one per mistake. */
export function explain(problems: readonly SchemaProblem[], checked: CheckedObject): readonly Cause[] {
  const unknown = problems.filter(({ keyword }) => keyword === 'additionalProperties');
  return problems.flatMap((problem) => {
    const steps = stepsOf(problem.instancePath, checked.object);
    if (problem.keyword === 'additionalProperties') {
      return [explainUnknownField([...steps, problem.params['additionalProperty'] as string], problem, checked)];
    }
    // On create, the API server drops the status if it is a subresource, before validation.
    if (steps[0] === 'status' && checked.definition.status) return [];
    if (problem.keyword === 'required') {
      const missing = problem.params['missingProperty'] as string;
      return isMisspelled(missing, problem, unknown)
        ? []
        : [explainMissingField([...steps, missing], problem, checked)];
    }
    return [explainValue(steps, isSecretValue(steps, checked) ? { ...problem, data: hidden } : problem)];
  });
}

/** A missing field and an unknown sibling with a similar name are one mistake. */
function isMisspelled(missing: string, problem: SchemaProblem, unknown: readonly SchemaProblem[]): boolean {
  return unknown.some(
    ({ instancePath, params }) =>
      instancePath === problem.instancePath && nearMiss(params['additionalProperty'] as string, [missing]) === missing,
  );
}

function explainMissingField(steps: FieldSteps, problem: SchemaProblem, checked: CheckedObject): Cause {
  const name = String(steps[steps.length - 1]);
  const owner = steps.length === 1 ? checked.definition.kind : nameOf(steps.slice(0, -1));
  const property = (problem.parentSchema?.['properties'] as Record<string, Record<string, unknown>> | undefined)?.[
    name
  ];
  const words = property?.['enum'] as readonly string[] | undefined;
  const written = isNull(steps, checked.object) ? ', and null counts as absent' : '';
  return {
    code: 'missing-field',
    layer: 'schema',
    path: fieldPath(steps),
    message: `required field "${name}" is missing in ${owner}${written}`,
    fix: words ? `add ${name}: ${joinWords(words, 'or')}` : `add ${name}`,
  };
}

function isNull(steps: FieldSteps, object: unknown): boolean {
  const value = steps.reduce<unknown>(
    (owner, step) => (owner as Record<string | number, unknown> | null)?.[step],
    object,
  );
  return value === null;
}

/** Stands for a value that no message may show. */
const hidden = undefined;

function isSecretValue([field]: FieldSteps, { object: { apiVersion, kind } }: CheckedObject): boolean {
  return apiVersion === 'v1' && kind === 'Secret' && (field === 'data' || field === 'stringData');
}

function explainValue(steps: FieldSteps, problem: SchemaProblem): Cause {
  const name = steps.length === 0 ? 'the object' : nameOf(steps);
  const { data } = problem;
  const { code, must, fix } = problem.keyword === 'type' ? wrongType(problem) : wrongValue(problem);
  const got = data === hidden || Array.isArray(data) || isRecord(data) ? '' : `, got ${quoted(data)}`;
  const at = problem.keyword === 'x-kubernetes-list-type' ? [...steps, problem.params['repeated'] as number] : steps;
  return { code, layer: 'schema', path: fieldPath(at), message: `${name} ${must}${got}`, fix };
}

/** The last name of a path with its indexes: `clusterNames[1]`. */
function nameOf(steps: FieldSteps): string {
  const last = steps.findLastIndex((step) => typeof step === 'string');
  const [name, ...positions] = steps.slice(Math.max(0, last));
  return `${name}${fieldPath(positions)}`;
}

/** Steps of a JSON pointer into an object; a number is an index only if the object has a list there. */
function stepsOf(pointer: string, object: unknown): FieldSteps {
  let current: unknown = object;
  return pointerTokens(pointer).map((key) => {
    const step = Array.isArray(current) ? Number(key) : key;
    current = (current as Record<string | number, unknown> | undefined)?.[step];
    return step;
  });
}
