import { readManifests } from '../manifests';
import type { PlanInput } from '../planner';
import { ModelError } from '../problem/model-error';

/** Input of the assertions: a cdk8s app or chart, manifests or objects, or the path of a file or folder (or a pattern). */
export type Testable = PlanInput | string;

/**
 * Reads the manifests if a path is given.
 *
 * @throws ModelError `testing.unreadable` if anything cannot be read; otherwise a test could pass by mistake
 */
export function plannableOf(what: Testable): PlanInput {
  if (typeof what !== 'string') return what;
  const { manifests, problems } = readManifests([what]);
  const error = problems.find(({ severity }) => severity === 'error');
  if (!error) return manifests;
  const place = [error.file, error.line, error.column].filter((part) => part !== undefined).join(':');
  throw new ModelError(`${place}: ${error.message}`, { code: 'testing.unreadable', fix: error.fix });
}
