import type { Severity } from '../../problem/finding';
import type { LintContext, PlanContext } from './context';

export type { LintContext, PlanContext } from './context';
export type { Report } from './report';

/**
 * A rule: detects a condition that Karmada accepts but that does not work as intended.
 * Pure: it reads manifests and plan, and reports; the runner adds id, severity and place, sorts, and folds.
 */
export interface Rule {
  /** Stable id, of the family `no-`, `require-`, `valid-` or `prefer-`. */
  readonly id: string;
  /** Default severity of its findings; a report can override it. */
  readonly severity: Severity;
  /** `federation`: accepted but wrong. `advice`: works but can be improved. */
  readonly layer: 'federation' | 'advice';
  /** Pitfalls that it covers, by their numbers in docs/rules/README.md. @default - none */
  readonly pitfalls?: readonly string[];
  /**
   * Among the findings of one mistake, the one of the lowest rank is reported, with the others in its `related`.
   * Ranks are ten apart, so that a rule fits between two others. @default - after all that have a rank
   */
  readonly rank?: number;
  /** The condition without findings, in one sentence. */
  readonly summary: string;
  /** The effect in Karmada of a violation: the `why` of the findings. */
  readonly rationale: string;
  /** Reads everything and reports on single objects. Not called if {@link needs} is not available. */
  readonly check: (context: LintContext) => void;
  /** Required input. @default - only manifests */
  readonly needs?: 'plan';
}

/** Defines a rule with a literal id. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** Defines a rule that needs a plan; it is skipped without a fleet. */
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

/** Description of a rule. */
export interface RuleDescription {
  /** Stable id; the page of the rule is docs/rules/ID.md. */
  readonly id: string;
  /** Default severity. */
  readonly severity: Severity;
  /** What detects the problem: the API server, Karmada's webhooks, or only the linter (`federation`, `advice`). */
  readonly layer: 'schema' | 'admission' | 'federation' | 'advice';
  /** The condition without findings. */
  readonly summary: string;
  /** The effect of a violation. */
  readonly rationale: string;
}
