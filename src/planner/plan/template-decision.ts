import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import type { PropagationPolicy } from '../control-plane-state/policy';
import type { Outcome, TieBreak } from '../outcome';
import type { LosingPolicy, ReplicaRequirements } from '../plan';
import type { SchedulingRequest } from './scheduler';

/** What the planner has found out about a template, before it is shown as part of a plan. */
export interface TemplateDecision {
  readonly key: string;
  readonly manifest: Manifest;
  /** The object with the numbers that the API server fills in. */
  readonly template: KubernetesObject;
  readonly policy: PropagationPolicy | undefined;
  /** Computed when asked for: few look at them. */
  readonly losers: () => readonly LosingPolicy[];
  readonly takenBy: string | undefined;
  readonly replicas: number | undefined;
  readonly countsReplicas: boolean;
  readonly divided: boolean;
  readonly requirements: ReplicaRequirements | undefined;
  /** The question that was put to the scheduler; undefined where it was not asked. */
  readonly request: SchedulingRequest | undefined;
  readonly affinityTerm: string | undefined;
  /** Its own scheduling; where nothing claims it, an `unmatched` that is not the last word. */
  readonly scheduled: Outcome;
  readonly claimed: boolean;
  readonly tie: TieBreak | undefined;
  /** Whether it brings its dependencies along. */
  readonly propagatesDependencies: boolean;
  readonly notes: () => readonly string[];
}
