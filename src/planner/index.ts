// The pure steps under the plan, each usable alone.
export { Federation, type FederationOptions, type ObjectReference } from './federation/federation';
export { type OverridePolicy, type PropagationPolicy, policyKey } from './federation/policy';
export { Interpreter } from './interpret/interpreter';
export type { StatedReplicas } from './interpret/kind-interpreter';
export type { MatchingPolicy } from './matching/matching-policy';
export { type PolicySelection, type PolicySelectionOptions, selectPolicy } from './matching/select-policy';
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
export {
  type AppliedOverride,
  applyOverrides,
  type OverrideOptions,
  type OverrideResult,
} from './override/apply-overrides';
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
export { type RevisionOptions, reviseReplicas } from './revise/revise-replicas';
export type { Candidate } from './schedule/candidate';
export { matchesCluster } from './schedule/cluster-affinity';
export { scheduleOnce } from './schedule/schedule-once';
export { type Selection, selectClusters } from './schedule/select-clusters';
export { staticWeights } from './schedule/static-weights';
export { tieBreakOf } from './schedule/tie-break';
export type {
  BindingToSchedule,
  ScheduleFailure,
  ScheduleOptions,
  ScheduleResult,
  ScheduleSuccess,
  TargetCluster,
} from './schedule/types';
export { divideByWeight } from './schedule/webster';
