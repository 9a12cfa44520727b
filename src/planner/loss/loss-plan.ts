import type { Outcome, ReplicaRange } from '../outcome';
import type { Plan } from '../plan';
import type { PlanInput } from '../plan/plan-input';
import type { PurgeMode } from './eviction';
import type { Loss } from './loss';

/** Where everything is after a loss, and what of it runs. */
export interface LossPlan {
  readonly loss: Loss;
  /** The plan before the loss. */
  readonly before: Plan;
  /**
   * The placements after the loss. They may contain lost clusters, in which nothing runs: see `running`. With `evicted` they
   * are those after all evictions.
   */
  readonly plan: Plan;
  /** Templates that may have been in a lost cluster, or whose placement is another one, in the order of the plan. */
  readonly affected: readonly AffectedTemplate[];
  /** What happens when, in seconds after the outage. Empty for `unjoined`. */
  readonly timeline: readonly LossStep[];
  /**
   * What runs of a template: its placement without the lost clusters.
   *
   * @param template - its key
   * @param when - `during`: before anything is moved; `after`: when everything is moved @default 'after'
   * @returns undefined for an unknown template
   */
  running(template: string, when?: 'during' | 'after'): Outcome | undefined;
  /**
   * What becomes of changed manifests while the clusters do not answer, after everything is moved: scaled templates, say,
   * may have replicas in the lost clusters.
   */
  changed(input: PlanInput): ChangeAfterLoss;
}

/** The plan of changed manifests after a loss. */
export interface ChangeAfterLoss {
  /** The placements, which may contain lost clusters. */
  readonly plan: Plan;
  /** What runs of a template, without the lost clusters; undefined for an unknown template. */
  running(template: string): Outcome | undefined;
}

/** A template that a loss affects. */
export interface AffectedTemplate {
  readonly template: string;
  /** The lost clusters that may have it, in the order of the fleet. */
  readonly lostIn: readonly string[];
  /** Fewest and most replicas before the loss, immediately after it, and when everything is moved. */
  readonly replicas: Readonly<Record<'before' | 'during' | 'after', ReplicaRange>>;
  /** How it is evicted. @default - it is not */
  readonly eviction?: TemplateEviction;
}

/** The eviction of a template. */
export interface TemplateEviction {
  /** Seconds after the outage, without the time that other evictions take. */
  readonly afterSeconds: number;
  readonly purgeMode: PurgeMode;
  /** Clusters that receive it only now. */
  readonly arrivesIn: readonly string[];
  /** Whether no replacement is written before the eviction task times out, because the old copy has to be deleted first. */
  readonly heldBack: boolean;
}

/** A step of a loss. */
export interface LossStep {
  /** What the seconds count from: the moment when the clusters stop to answer, or when they answer again. */
  readonly since: 'outage' | 'recovery';
  /** @default - no time is known */
  readonly seconds?: number;
  readonly what: /** The clusters stop to answer. */
    | 'outage'
    /** Karmada sees it: condition and taints. */
    | 'detected'
    /** Bindings are evicted, and scheduled without the lost clusters. */
    | 'evicted'
    /** Templates that stay where they are. */
    | 'stays'
    /** What becomes of the old copies. */
    | 'oldCopy'
    /** What a change of the manifests meanwhile does. */
    | 'change'
    /** Karmada sees that the clusters answer again. */
    | 'ready'
    /** What comes back by itself, and what does not. */
    | 'afterwards';
  /** Full sentences, about the templates if there are any. */
  readonly text: string;
  /** Keys of the templates that it is about. @default - it is about the clusters */
  readonly templates?: readonly string[];
}
