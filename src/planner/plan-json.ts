import type { UnschedulableReason } from './outcome';

/** Replicas by cluster. */
export type ReplicasJson = Readonly<Record<string, number>>;

/** An outcome as JSON. */
export type OutcomeJson =
  | { readonly kind: 'certain'; readonly replicas: ReplicasJson }
  | {
      readonly kind: 'either';
      readonly ascending: ReplicasJson;
      readonly descending: ReplicasJson;
      readonly guaranteed: ReplicasJson;
      readonly decidedBy: string;
    }
  | {
      readonly kind: 'atRunTime';
      readonly why: string;
      readonly clusters: readonly string[];
      readonly bounds: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
      readonly guaranteed: readonly string[];
    }
  | {
      readonly kind: 'unschedulable';
      readonly reason: UnschedulableReason;
      readonly why: string;
      readonly kept: ReplicasJson;
    }
  | { readonly kind: 'unmatched'; readonly why: string; readonly kept: ReplicasJson };

/** The next look of the scheduler at a binding as JSON. */
export interface SchedulingLookJson {
  readonly mode: 'kept' | 'steady' | 'fresh';
  readonly because?: 'placement' | 'replicas' | 'rebalance' | 'always' | 'targetRemoved';
  readonly attempts: readonly string[];
  readonly retried: boolean;
  readonly leaving?: readonly string[];
}

/** What a cluster runs of a template in the end. */
export interface FinalJson {
  readonly min: number;
  readonly max: number;
  /** What makes the number differ from the scheduler's. */
  readonly because: readonly string[];
  /** Why it does not arrive. Omitted where it does. */
  readonly held?: string;
  /** Only if Karmada fails to make the object. */
  readonly failed?: true;
}

/** A template of the plan as JSON. */
export interface TemplatePlanJson {
  readonly template: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Key of the policy that claims it, or null. */
  readonly policy: string | null;
  readonly takenBy?: string;
  readonly losers: readonly { readonly policy: string; readonly why: string }[];
  /** null if a script or webhook decides it. */
  readonly replicas: number | null;
  readonly countsReplicas: boolean;
  readonly divided: boolean;
  /** Only for a workload whose pod templates are scheduled as one. */
  readonly components?: readonly { readonly name: string; readonly replicas: number }[];
  readonly affinityTerm?: string;
  readonly candidates: readonly string[];
  /** Cluster name to the reasons against it. */
  readonly exclusions: Readonly<Record<string, readonly { readonly plugin: string; readonly why: string }[]>>;
  readonly outcome: OutcomeJson;
  /** Only if it differs from `outcome`, because other templates depend on this one. */
  readonly scheduled?: OutcomeJson;
  /** What runs in the end, by cluster. Omitted if every cluster runs what `outcome` says. */
  readonly final?: Readonly<Record<string, FinalJson>>;
  readonly requiredBy: readonly string[];
  readonly dependencies: readonly string[];
  /** What the current binding has. Only if it is known. */
  readonly current?: ReplicasJson;
  /** Only if a current binding is known. */
  readonly look?: SchedulingLookJson;
  /** Objects that belong to its pods and may be missing in these of its clusters. Omitted if there are none. */
  readonly separate?: readonly { readonly template: string; readonly clusters: readonly string[] }[];
  /** The free capacity that the result is computed from. `available`: replicas that still fit into each candidate. */
  readonly capacity?: { readonly time?: string; readonly available: ReplicasJson };
  readonly notes: readonly string[];
}

/** The plan as JSON, as `plan --json` prints it inside its envelope. */
export interface PlanJson {
  readonly karmada: string;
  readonly clusters: readonly string[];
  /** When the clusters reported their free capacity. */
  readonly capacityTime?: string;
  /** Facts about all templates together; absent if there are none. */
  readonly notes?: readonly string[];
  readonly templates: readonly TemplatePlanJson[];
  readonly leftovers: readonly {
    readonly binding: string;
    readonly clusters: readonly string[];
    readonly preserved: boolean;
  }[];
}
