import type { Severity } from '../model/finding';
import { refusalRules } from './refusals';
import { rules } from './rules';
import { suppressionRules } from './suppression-findings';

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

/** Every rule of the linter, in the order of the layers and then of the ids. */
export const ruleCatalog: readonly RuleDescription[] = [
  ...refusalRules,
  ...rules.map(({ id, severity, layer, summary, rationale }) => ({ id, severity, layer, summary, rationale })),
  ...suppressionRules,
];
