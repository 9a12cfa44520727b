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

/** Ids of the rules with a rank, the lowest first. */
export const ranking: readonly string[] = rules
  .filter(({ rank }) => rank !== undefined)
  .sort((a, b) => Number(a.rank) - Number(b.rank))
  .map(({ id }) => id);
