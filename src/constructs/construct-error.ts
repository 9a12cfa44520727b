import type { IConstruct } from 'constructs';
import { ModelError } from '../problem/model-error';

/** A mistake in a construct, in the words of its author. */
export interface Problem {
  /** What is wrong, with the value found. */
  readonly what: string;
  /** What Kubernetes or Karmada does about it. */
  readonly why: string;
  /** One concrete next step. */
  readonly fix: string;
}

/**
 * The error for a mistake that shows as soon as a construct is made.
 *
 * @param code - stable identifier of the broken rule
 * @returns an error that says where: the construct's class and path
 */
export function constructError(construct: IConstruct, code: string, problem: Problem): ModelError {
  return new ModelError(`${constructName(construct)}: ${problem.what}\n  why: ${problem.why}`, {
    code,
    fix: problem.fix,
  });
}

/** The text of a mistake for `node.addValidation`, in front of which cdk8s puts the construct path. */
export function validationMessage({ what, why, fix }: Problem): string {
  return `${what}\n    why: ${why}\n    fix: ${fix}`;
}

/** A construct as messages name it: `PropagationPolicy "lab/pipy"`. */
export function constructName(construct: IConstruct): string {
  return `${construct.constructor.name} "${construct.node.path}"`;
}
