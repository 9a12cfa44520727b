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
  LosingPolicy,
  MemberObject,
  Plan,
  ReceivedObject,
  ReplicaRequirements,
  Requirement,
  TemplatePlan,
} from './plan';
export type { OutcomeJson, PlanJson, ReplicasJson, TemplatePlanJson } from './plan-json';
export {
  type Capacities,
  type ConstructLike,
  type FeatureGates,
  type FleetLike,
  type Plannable,
  type PlanOptions,
  planOf,
} from './plan-of';
