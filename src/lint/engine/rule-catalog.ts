import { rules } from '../rules';
import { refusalRules } from './refusals';
import type { RuleDescription } from './rule';
import { suppressionRules } from './suppression-findings';

/** Every rule of the linter, in the order of the layers and then of the ids. */
export const ruleCatalog: readonly RuleDescription[] = [
  ...refusalRules,
  ...rules.map(({ id, severity, layer, summary, rationale }) => ({ id, severity, layer, summary, rationale })),
  ...suppressionRules,
];
