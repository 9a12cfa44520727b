import type { IConstruct } from 'constructs';
import type { Problem } from '../../problem/problem';
import { joinWords } from '../../problem/words';
import { objectsUnder } from './app-scope';
import type { Template } from './template';

/** What a setting such as `autoscale` applies to when the author does not name an object. */
export interface Choice {
  readonly isCandidate: (template: Template) => boolean;
  /** The property that needs the object, such as `autoscale`. */
  readonly property: string;
  /** What the object has to be, such as `Service`. */
  readonly role: string;
  /** The call that names the object. */
  readonly call: string;
}

/** The object that a setting applies to, or why there is none. */
export type Chosen =
  | { readonly template: Template; readonly problem?: undefined }
  | { readonly template?: undefined; readonly problem: Problem };

/** The object that the author named, or else the only candidate. */
export function chosenTemplate(
  templates: readonly Template[],
  named: IConstruct | undefined,
  { isCandidate, property, role, call }: Choice,
): Chosen {
  if (named !== undefined) {
    const objects = objectsUnder(named);
    const template = templates.find((one) => objects.includes(one.object) && isCandidate(one));
    if (template !== undefined) return { template };
    return {
      problem: {
        code: 'app.target',
        message: `${property} is for ${named.node.path}, which is not a ${role} of this app`,
        why: 'Karmada has to send both to the same clusters',
        fix: 'put the object under the app, or pass it as one of `resources`',
      },
    };
  }
  const [template, ...others] = templates.filter(isCandidate);
  if (template !== undefined && others.length === 0) return { template };
  const paths = [template, ...others].map((candidate) => candidate?.object.node.path ?? '');
  return {
    problem: {
      code: 'app.target',
      message: template
        ? `${property} could be for ${joinWords(paths, 'or')}`
        : `${property} is set, but the app has no ${role}`,
      why: 'Karmada refers to one object by its name',
      fix: template ? `say which: ${call}` : `put a ${role} under the app, or leave ${property} out`,
    },
  };
}
