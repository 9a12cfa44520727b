export type {
  ApiEnablement,
  Cluster,
  ClusterTaint,
  ResourceAmounts,
  ResourceModel,
  ResourceQuantity,
  ResourceSummary,
} from '../karmada/cluster';
export type { KarmadaVersion } from '../karmada/release';
export type { Manifest } from '../kubernetes/manifest';
export type { KubernetesObject, ObjectMetadata } from '../kubernetes/object';
export type { ConstructOrigin, FileOrigin, MemoryOrigin, Origin, TextPosition } from '../problem/place';
export type { FinalReplicas } from './final/final-replicas';
export type { PurgeMode } from './loss/eviction';
export { clustersLost, type Loss, type LossKind } from './loss/loss';
export { type LossJson, lossJson } from './loss/loss-json';
export type { AffectedTemplate, ChangeAfterLoss, LossPlan, LossStep, TemplateEviction } from './loss/loss-plan';
export { Losses, planAfterLoss } from './loss/plan-after-loss';
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
  Component,
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
  SchedulingLook,
  SeparateChoice,
  TemplatePlan,
  UsedCapacity,
} from './plan';
export type { Capacities, ConstructLike, FeatureGates, FleetLike, PlanInput, PlanOptions } from './plan/plan-input';
export type { FinalJson, OutcomeJson, PlanJson, ReplicasJson, SchedulingLookJson, TemplatePlanJson } from './plan-json';
export { planOf } from './plan-of';
export { outcomeJson } from './plan-snapshot';
