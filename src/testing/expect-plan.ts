import { Losses, type Plan, type PlanOptions, planOf } from '../planner';
import { ModelError } from '../problem/model-error';
import { isRecord } from '../problem/record';
import { federationPlanOptions } from './federation-of';
import { PlanExpectation } from './plan-expectation';
import { plannableOf, type Testable } from './testable';

/** Options of the planner. For a `Federation`, its own settings are the default. */
export interface ExpectPlanOptions extends Partial<PlanOptions> {
  /** The member clusters. @default - those of the Federation that contains the constructs */
  readonly fleet?: PlanOptions['fleet'];
}

/**
 * Makes a plan and returns assertions on it. A failed assertion throws an AssertionError with the expected and the planned
 * placement, which test runners show as a difference.
 *
 * @param what - a cdk8s app or chart, manifests or objects, the path of a file or folder, or an existing plan
 * @throws ModelError `testing.fleet` without a fleet, `testing.unreadable` for a path that cannot be read, and the errors of `planOf`
 * @example
 * ```ts
 * expectPlan(federation).toPlace('Deployment/pipy', { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1 });
 * ```
 */
export function expectPlan(what: Plan | Testable, options: ExpectPlanOptions = {}): PlanExpectation {
  if (isPlan(what)) return new PlanExpectation(what);
  const known = { ...federationPlanOptions(what), ...options };
  const { fleet } = known;
  if (fleet === undefined) {
    throw new ModelError('the plan needs the member clusters', {
      code: 'testing.fleet',
      fix: 'write expectPlan(app, { fleet }), or make the app a Federation with a fleet',
    });
  }
  const manifests = plannableOf(what);
  const plan = planOf(manifests, { ...known, fleet });
  return new PlanExpectation(plan, () => Losses.of(manifests, { ...known, fleet }));
}

function isPlan(what: Plan | Testable): what is Plan {
  return isRecord(what) && 'templates' in what && 'objectsIn' in what;
}
