import type { Manifest } from '../../kubernetes/manifest';
import type { Severity } from '../../problem/finding';
import { type RawFinding, rawFinding } from './raw-finding';
import type { RuleDescription } from './rule';
import { effectiveSeverity, type RuleSettings, unknownRuleFix } from './settings';
import {
  type BrokenSuppression,
  ignoreAnnotation,
  isAtOrBelow,
  type Suppression,
  type Suppressions,
} from './suppression';

const annotationPath = `metadata.annotations[${ignoreAnnotation}]`;

/** Rules about suppressions themselves. */
export const suppressionRules = [
  {
    id: 'no-unused-suppression',
    severity: 'warning',
    layer: 'advice',
    summary: 'Every suppression silences something.',
    rationale: 'a suppression without a finding would hide the next mistake of this kind',
  },
  {
    id: 'valid-suppression',
    severity: 'warning',
    layer: 'advice',
    summary: 'Every suppression names a rule and a reason.',
    rationale: 'a suppression names one rule and says why its finding does not matter here; this one silences nothing',
  },
] as const;

/** What is known once every statement has met the suppressions. */
export interface SuppressionOutcome {
  readonly broken: readonly BrokenSuppression[];
  readonly suppressions: Suppressions;
  readonly manifests: readonly Manifest[];
  readonly settings: RuleSettings;
  /** Every rule there is. */
  readonly rules: readonly RuleDescription[];
  /** Whether all rules had what they need. Without a fleet only refusals are sure not to be there. */
  readonly complete: boolean;
}

/** A suppression that silences nothing hides the next mistake, and one that cannot be read silences nothing. */
export function suppressionFindings(outcome: SuppressionOutcome): RawFinding[] {
  const [unused, valid] = suppressionRules.map(({ id, severity }) => effectiveSeverity(id, severity, outcome.settings));
  return [...(valid ? unreadable(outcome, valid) : []), ...(unused ? idle(outcome, unused) : [])];
}

function unreadable({ broken, suppressions, manifests, rules }: SuppressionOutcome, severity: Severity): RawFinding[] {
  const [, rule] = suppressionRules;
  const known = rules.map(({ id }) => id);
  const finding = (at: Manifest, path: string | undefined, message: string, fix: string): RawFinding =>
    rawFinding(rule, { severity, at, ...(path && { path }), message, fix });
  return [
    ...broken.map(({ object, line }) =>
      finding(
        object,
        annotationPath,
        `"${line}" is not a suppression`,
        'write a line for each rule, such as "no-tie-decided-by-uid: either cluster will do"',
      ),
    ),
    ...suppressions.all.flatMap((suppression) => {
      const at = placeOf(suppression, manifests);
      if (!at || known.includes(suppression.rule)) return [];
      const path = suppression.object && annotationPath;
      return [
        finding(at, path, `suppresses the unknown rule "${suppression.rule}"`, unknownRuleFix(suppression.rule, known)),
      ];
    }),
  ];
}

function idle(
  { suppressions, manifests, settings, rules, complete }: SuppressionOutcome,
  severity: Severity,
): RawFinding[] {
  const [unusedRule] = suppressionRules;
  const asked = new Set(
    rules
      .filter(({ layer }) => complete || layer === 'schema' || layer === 'admission')
      .filter((rule) => effectiveSeverity(rule.id, rule.severity, settings) !== undefined)
      .map((rule) => rule.id),
  );
  return suppressions.unused.flatMap((suppression) => {
    const at = placeOf(suppression, manifests);
    if (!at || !asked.has(suppression.rule)) return [];
    const { rule, object, construct } = suppression;
    return [
      rawFinding(unusedRule, {
        severity,
        at,
        ...(object && { path: annotationPath }),
        message: `"${rule}" is suppressed${construct ? ` below ${construct}` : ''}, and finds nothing there`,
        fix: `remove the suppression of ${rule}`,
      }),
    ];
  });
}

/** The object that declares it, or the first object of the suppressed subtree. */
function placeOf({ object, construct }: Suppression, manifests: readonly Manifest[]): Manifest | undefined {
  return object ?? manifests.find(({ origin }) => isAtOrBelow(origin, construct));
}
