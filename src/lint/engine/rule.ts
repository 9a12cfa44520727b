import type { Severity } from '../../problem/finding';
import type { LintContext, PlanContext } from './context';

export type { LintContext, PlanContext } from './context';
export type { Report } from './report';

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
  /** Pitfalls of Karmada that it is about, by their numbers in docs/rules/README.md. @default - none of them */
  readonly pitfalls?: readonly string[];
  /**
   * Of several rules that see one mistake, the one of the lowest rank speaks; the others stand in its `related`.
   * Ranks are ten apart, so that a rule fits between two others. @default - after all that have a rank
   */
  readonly rank?: number;
  /** What holds when the rule is silent, in one sentence. */
  readonly summary: string;
  /** What Karmada does when it does not hold: the `why` of its findings. */
  readonly rationale: string;
  /** Looks at everything and reports on single objects. Not called where {@link needs} is missing. */
  readonly check: (context: LintContext) => void;
  /** What the rule cannot work without. @default - manifests alone are enough */
  readonly needs?: 'plan';
}

/** Names a rule; the ids of a typed list are checked by the compiler. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** Names a rule that works on the plan; it is not asked where there is no fleet. */
export function definePlanRule(
  rule: Omit<Rule, 'check' | 'needs'> & { readonly check: (context: PlanContext) => void },
): Rule {
  const { check, ...rest } = rule;
  return {
    ...rest,
    needs: 'plan',
    check: (context) => {
      if (context.fleet && context.plan) check(context as PlanContext);
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
