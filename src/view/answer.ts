import type { CallAnswer } from '../lint/analysis/answered-calls';
import type { ContractAnswer } from '../planner/contract/answer';

/** How certain a cell is, and what stands out. */
export type CellLook =
  /** Certain. */
  | 'sure'
  /** One of two results, or decided at run time. */
  | 'maybe'
  /** Nothing. */
  | 'none'
  /** The cluster is out: nothing runs there. */
  | 'out';

/** What one cluster gets of a template. */
export interface Cell {
  /** In the notation of the plan's table: `2`, `0 or 1`, `yes`, `-`. */
  readonly text: string;
  readonly look: CellLook;
  /** The most replicas that run there; 1 for an object without replicas. */
  readonly most: number;
  /** Clients in this cluster that find no server, or may find none. @default - none */
  readonly missing?: { readonly always: boolean; readonly clients: readonly string[] };
  /** The text before the change. @default - the same */
  readonly was?: string;
  /** Replicas that run there now, by the current binding, if they differ. */
  readonly now?: number;
}

/** A template and its cells, one for each cluster in the order of the answer. */
export interface Row {
  readonly key: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Name of the policy that claims it, or what else does. */
  readonly policy: string;
  readonly outcome: 'certain' | 'either' | 'atRunTime' | 'unschedulable' | 'unmatched';
  readonly outcomeText: string;
  /** `2 replicas`; empty for an object without replicas. */
  readonly replicas: string;
  readonly cells: readonly Cell[];
  /** Whether something needs a look: it goes nowhere, or a client finds no server. */
  readonly problem: boolean;
  /** Whether no cluster gets it. */
  readonly nowhere: boolean;
  readonly changed: boolean;
  /** It is only among the manifests that are compared with, or only among the new ones. */
  readonly only?: 'before' | 'after';
}

/** A cluster as a column. */
export interface Column {
  readonly name: string;
  /** `region eu, provider aws`: columns of one group stand together. */
  readonly group: string;
}

/** What moves. */
export interface Move {
  readonly template: string;
  readonly cluster: string;
  readonly before: string;
  readonly after: string;
}

/** What the page shows of a plan. */
export interface ViewAnswer {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly calls: readonly CallAnswer[];
  readonly contracts: readonly ContractAnswer[];
  readonly moves: readonly Move[];
  readonly notes: readonly string[];
  /** What happens when after a loss: `after 5m: …`. */
  readonly timeline: readonly { readonly when: string; readonly text: string }[];
}

/** One template in detail. */
export interface TemplateDetails {
  readonly key: string;
  readonly place?: string;
  /** Key of the policy that claims it. @default - none */
  readonly policy?: string;
  readonly policyPlace?: string;
  readonly losers: readonly { readonly policy: string; readonly why: string }[];
  /** Labelled lines: why, what is certain, notes. */
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  readonly clusters: readonly ClusterDetails[];
  /** The number of the manifest that a slider changes. @default - it has no replicas of its own */
  readonly replicas?: number;
  /** The weights that a slider changes. */
  readonly weights: readonly {
    readonly clusters: string;
    readonly names?: readonly string[];
    readonly weight: number;
  }[];
}

export interface ClusterDetails {
  readonly cluster: string;
  readonly cell: Cell;
  /** Why it is not a candidate. Empty if it is one. */
  readonly excluded: readonly string[];
}

/** What a member receives. */
export interface MemberCopy {
  /** `if ties go to the first name`, `not certain`; empty where it comes for certain. */
  readonly when: string;
  readonly yaml: string;
  /** What differs from the template. */
  readonly changes: readonly { readonly path: string; readonly before: string; readonly after: string }[];
  /** Why Karmada cannot make it. @default - it can */
  readonly failed?: string;
}
