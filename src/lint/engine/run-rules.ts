import type { LintInput } from '../analysis/lint-input';
import { rules } from '../rules';
import { LintContext } from './context';
import { type RawFinding, rawFinding } from './raw-finding';
import type { Report } from './report';
import { effectiveSeverity, type RuleSettings } from './settings';
import { type RuleTimer, timed } from './timed';

/** What the rules that are on find, rule by rule. */
export function runRules(input: LintInput, settings: RuleSettings, onRule?: RuleTimer): readonly RawFinding[] {
  const reports: Report[] = [];
  const context = new LintContext(input, (report) => reports.push(report));
  return rules.flatMap((rule) => {
    if (effectiveSeverity(rule.id, rule.severity, settings) === undefined) return [];
    timed(rule.id, () => rule.check(context), onRule);
    return reports.splice(0).map((report) => rawFinding(rule, report));
  });
}
