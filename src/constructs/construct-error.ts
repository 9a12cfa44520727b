import type { IConstruct } from 'constructs';
import { ModelError } from '../problem/model-error';
import type { Problem } from '../problem/problem';

/**
 * The error for a mistake that shows as soon as a construct is made.
 *
 * @returns an error that says where: the construct's class and path
 */
export function constructError(construct: IConstruct, { message, ...details }: Problem): ModelError {
  return new ModelError(`${constructName(construct)}: ${message}`, details);
}

/** The text of a mistake for `node.addValidation`, in front of which cdk8s puts the construct path. */
export function validationMessage({ message, why, fix }: Problem): string {
  return [message, ...(why === undefined ? [] : [`why: ${why}`]), `fix: ${fix}`].join('\n    ');
}

/** A construct as messages name it: `PropagationPolicy "lab/pipy"`. */
export function constructName(construct: IConstruct): string {
  return `${construct.constructor.name} "${construct.node.path}"`;
}
