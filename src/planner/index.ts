export type {
  AtRunTimeOutcome,
  CertainOutcome,
  EitherOutcome,
  Outcome,
  ReplicaRange,
  Replicas,
  TieBreak,
  UnmatchedOutcome,
  UnschedulableOutcome,
  UnschedulableReason,
} from './outcome';
export type {
  ClusterExclusion,
  ExclusionReason,
  FailedObject,
  FilterPlugin,
  Leftover,
  LosingPolicy,
  MemberObject,
  Plan,
  ReceivedObject,
  ReplicaRequirements,
  Requirement,
  TemplatePlan,
} from './plan';
export type { Capacities, FeatureGates, FleetLike, PlanOptions } from './plan/options';
export type { ConstructLike, Plannable } from './plan/plannable';
export type { OutcomeJson, PlanJson, ReplicasJson, TemplatePlanJson } from './plan-json';
export { planOf } from './plan-of';
