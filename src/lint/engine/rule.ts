import type { Cluster } from '../../karmada/cluster';
import type { KarmadaVersion } from '../../karmada/release';
import type { Manifest } from '../../kubernetes/manifest';
import type { Plan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import type { Severity } from '../../problem/finding';

/**
 * A condition that Karmada accepts and that does not do what its author meant.
 * Pure: it reads manifests and plan, and reports; the runner adds id, severity and place, sorts, and folds.
 */
export interface Rule {
  /** Stable id, of the family `no-`, `require-`, `valid-` or `prefer-`. */
  readonly id: string;
  /** @default severity of what it reports; a report may name another. */
  readonly severity: Severity;
  /** `federation`: legal and silently wrong. `advice`: works, and could be better. */
  readonly layer: 'federation' | 'advice';
  /** What holds when the rule is silent, in one sentence. */
  readonly summary: string;
  /** What Karmada does when it does not hold: the `why` of its findings. */
  readonly rationale: string;
  /** Looks at everything and reports on single objects. Not called where {@link needs} is missing. */
  readonly check: (context: RuleContext) => void;
  /** What the rule cannot work without. @default - manifests alone are enough */
  readonly needs?: 'plan';
}

/** What a rule reads, and how it reports. */
export interface RuleContext {
  /** Every object as it was handed over, lists unfolded: the same object twice is there twice. */
  readonly manifests: readonly Manifest[];
  /** Templates and policies as the control plane would hold them, indexed. */
  readonly federation: ControlPlaneState;
  readonly karmada: KarmadaVersion;
  /** Feature gates that are on, by name: those of the release and those declared. */
  readonly featureGates: ReadonlySet<string>;
  /** Which app sends requests to which. */
  readonly calls: readonly Call[];
  /** The member clusters. @default - unknown: rules that need them see no cluster names as wrong */
  readonly fleet?: readonly Cluster[];
  /** The plan over the fleet. @default - there is no fleet */
  readonly plan?: Plan;
  report(problem: Problem): void;
}

/** A context in which the plan is there, as rules that need it get. */
export interface PlanRuleContext extends RuleContext {
  readonly fleet: readonly Cluster[];
  readonly plan: Plan;
}

/** One app or workload that sends requests to another. */
export interface Call {
  /** Key of the calling workload, such as `Deployment/default/curl`. */
  readonly client: string;
  /** Key of the Service that is called, or of the workload behind it. */
  readonly server: string;
}

/** What a rule says of one object. */
export interface Problem {
  /** The object to mend. */
  readonly at: Manifest;
  /** Its field, such as `spec.placement.clusterAffinity.clusterNames[1]`. @default - the object as a whole */
  readonly path?: string;
  /** What is wrong, in the user's terms, with the value found. Lower case, no final period. */
  readonly message: string;
  /** One concrete next step, as precise as the manifests allow. */
  readonly fix: string;
  /** @default - the severity of the rule */
  readonly severity?: Severity;
  /** What Karmada does in this case. @default - the rationale of the rule */
  readonly why?: string;
  /**
   * What makes findings of several rules one and the same mistake, such as `replicas of Deployment/default/pipy`:
   * of those that share it, the most telling rule speaks and the others stand in its `related`.
   * Several, where a finding follows from one mistake and explains others: they are one mistake then.
   * @default - a mistake of its own
   */
  readonly cause?: string | readonly string[];
}

/** Names a rule; the ids of a typed list are checked by the compiler. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** Names a rule that works on the plan; it is not asked where there is no fleet. */
export function definePlanRule(
  rule: Omit<Rule, 'check' | 'needs'> & { readonly check: (context: PlanRuleContext) => void },
): Rule {
  const { check, ...rest } = rule;
  return {
    ...rest,
    needs: 'plan',
    check: (context) => {
      const { fleet, plan } = context;
      if (fleet && plan) check({ ...context, fleet, plan });
    },
  };
}

/** What there is to know of a rule without running it. */
export interface RuleDescription {
  /** Stable id; the page of the rule is docs/rules/ID.md. */
  readonly id: string;
  /** Severity where nothing else is set. */
  readonly severity: Severity;
  /** Who would notice: the API server, Karmada's webhooks, nobody (`federation`), or nobody needs to (`advice`). */
  readonly layer: 'schema' | 'admission' | 'federation' | 'advice';
  /** What holds when the rule is silent. */
  readonly summary: string;
  /** What happens when it does not hold. */
  readonly rationale: string;
}
