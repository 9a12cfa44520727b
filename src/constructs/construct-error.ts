import type { IConstruct } from 'constructs';
import { ModelError } from '../problem/model-error';
import type { Problem } from '../problem/problem';

/**
 * The error for a mistake that is found when a construct is made. Its message begins with class and path of the construct.
 */
export function constructError(construct: IConstruct, { message, ...details }: Problem): ModelError {
  return new ModelError(`${constructName(construct)}: ${message}`, details);
}

/** The text of a problem for `node.addValidation`; cdk8s adds the construct path. */
export function validationMessage({ message, why, fix }: Problem): string {
  return [message, ...(why === undefined ? [] : [`why: ${why}`]), `fix: ${fix}`].join('\n    ');
}

/** The name of a construct in messages: `PropagationPolicy "lab/pipy"`. */
export function constructName(construct: IConstruct): string {
  return `${construct.constructor.name} "${construct.node.path}"`;
}
