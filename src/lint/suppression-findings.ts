import type { Finding } from '../model/finding';
import type { Manifest } from '../model/manifest';
import { findingOf } from './finding-of';
import { effectiveSeverity, type RuleSettings } from './settings';
import { type annotatedSuppressions, ignoreAnnotation, type Suppression } from './suppression';

/** Ids of the findings about suppressions themselves. */
export const suppressionRules = ['no-unused-suppression', 'valid-suppression'] as const;

/** What is known once every statement has met the suppressions. */
export interface SuppressionOutcome {
  readonly annotated: ReturnType<typeof annotatedSuppressions>;
  readonly suppressions: readonly Suppression[];
  readonly used: ReadonlySet<Suppression>;
  readonly manifests: readonly Manifest[];
  readonly settings: RuleSettings;
}

/** A suppression that silences nothing hides the next mistake, and one that cannot be read silences nothing. */
export function suppressionFindings({
  annotated,
  suppressions,
  used,
  manifests,
  settings,
}: SuppressionOutcome): Finding[] {
  const findings: Finding[] = [];
  const path = `metadata.annotations[${ignoreAnnotation}]`;
  const broken = effectiveSeverity('valid-suppression', 'warning', settings);
  const unused = effectiveSeverity('no-unused-suppression', 'warning', settings);

  for (const { object, line } of broken ? annotated.broken : []) {
    findings.push(
      findingOf({
        rule: 'valid-suppression',
        severity: broken!,
        at: object,
        path,
        message: `"${line}" is no suppression`,
        why: 'a suppression names one rule and says why its finding does not matter here',
        fix: 'write a line for each rule, such as "no-tie-decided-by-uid: either cluster will do"',
      }),
    );
  }
  for (const suppression of unused ? suppressions : []) {
    const at = suppression.object ?? manifests.find(({ origin }) => isBelow(origin, suppression.construct));
    if (used.has(suppression) || !at) continue;
    findings.push(
      findingOf({
        rule: 'no-unused-suppression',
        severity: unused!,
        at,
        ...(suppression.object && { path }),
        message: `"${suppression.rule}" is suppressed${suppression.construct === undefined ? '' : ` below ${suppression.construct}`}, and finds nothing there`,
        why: 'a suppression without a finding would hide the next mistake of this kind',
        fix: `remove the suppression of ${suppression.rule}`,
      }),
    );
  }
  return findings;
}

function isBelow(origin: Manifest['origin'], construct: string | undefined): boolean {
  return (
    construct !== undefined &&
    origin.type === 'construct' &&
    (origin.construct === construct || origin.construct.startsWith(`${construct}/`))
  );
}
