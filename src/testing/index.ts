export { type ExpectedFinding, expectFinding, expectNoFindings, type FindingsOptions } from './expect-findings';
export { type ExpectPlanOptions, expectPlan } from './expect-plan';
export type { ExpectedPlacement } from './expected-placement';
export { type ExpectedPods, PlanExpectation } from './plan-expectation';
export type { Testable } from './testable';
