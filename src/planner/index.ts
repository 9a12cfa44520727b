export type { ApiEnablement, Cluster, ClusterTaint } from '../karmada/cluster';
export type {
  CommandArgsOverriderSpec,
  FieldOverriderSpec,
  FieldPatchSpec,
  ImageOverriderSpec,
  LabelAnnotationOverriderSpec,
  OverrideRuleSpec,
  OverridersSpec,
  OverrideSpec,
  PlaintextOverriderSpec,
} from '../karmada/override-spec';
export type {
  ClusterAffinitySpec,
  ClusterAffinityTermSpec,
  FieldSelectorRequirementSpec,
  FieldSelectorSpec,
  OverflowAffinitySpec,
  PlacementSpec,
  ReplicaSchedulingSpec,
  SpreadConstraintSpec,
  StaticWeightSpec,
  TolerationSpec,
  WeightPreferenceSpec,
  WorkloadAffinitySpec,
} from '../karmada/placement-spec';
export type {
  ApplicationFailoverSpec,
  ClusterFailoverSpec,
  FailoverSpec,
  PropagationSpec,
  ResourceSelectorSpec,
  StatePreservationSpec,
  SuspensionSpec,
} from '../karmada/propagation-spec';
export type { KarmadaVersion } from '../karmada/release';
export type { Manifest } from '../kubernetes/manifest';
export type {
  KindName,
  KubernetesObject,
  LabelSelectorRequirementSpec,
  LabelSelectorSpec,
  ObjectMetadata,
  ObjectReference,
} from '../kubernetes/object';
export type { ConstructOrigin, FileOrigin, MemoryOrigin, Origin, TextPosition } from '../problem/place';
// The pure steps under the plan, each usable alone.
export { ControlPlaneState, type FederationOptions } from './control-plane-state/control-plane-state';
export {
  type OverridePolicy,
  type PolicyIdentity,
  type PropagationPolicy,
  policyKey,
} from './control-plane-state/policy';
export { Interpreter, type NotStated, type ReplicaInterpretation, type Revision } from './interpret/interpreter';
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
export type { OverriderName } from './override/overriders';
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
export type { ConstructLike, PlanInput } from './plan/plan-input';
export type { OutcomeJson, PlanJson, ReplicasJson, TemplatePlanJson } from './plan-json';
export { planOf } from './plan-of';
export { type RevisionOptions, reviseReplicas } from './revise/revise-replicas';
export type { Candidate } from './schedule/candidate';
export { scheduleOnce } from './schedule/schedule-once';
export { selectClusters } from './schedule/select-clusters';
export type { Selection } from './schedule/selection';
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
