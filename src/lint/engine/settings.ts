import type { Severity } from '../../problem/finding';
import { ModelError } from '../../problem/model-error';
import { nearMiss, quoted } from '../../problem/words';

/** Setting of a rule: a severity, or off. */
export type RuleSetting = Severity | 'off';

/** Rule id to setting. @default - the severities of the rules */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** All settings. */
export const ruleSettings: readonly RuleSetting[] = ['error', 'warning', 'info', 'off'];

/** The severity of a report, or undefined if its rule is off. */
export function effectiveSeverity(rule: string, own: Severity, settings: RuleSettings): Severity | undefined {
  const setting = Object.hasOwn(settings, rule) ? settings[rule] : undefined;
  if (setting === undefined) return own;
  return setting === 'off' ? undefined : setting;
}

/**
 * Rejects settings of unknown rules, and invalid settings.
 *
 * @param known - every rule id
 * @throws ModelError `lint.unknown-rule`, `lint.rule-setting`
 */
export function checkSettings(settings: RuleSettings, known: readonly string[]): void {
  for (const [rule, setting] of Object.entries(settings)) {
    if (!known.includes(rule)) {
      throw new ModelError(`unknown rule "${rule}"`, {
        code: 'lint.unknown-rule',
        fix: unknownRuleFix(rule, known),
      });
    }
    if (!ruleSettings.includes(setting)) {
      throw new ModelError(`rule "${rule}" is set to ${quoted(setting)}`, {
        code: 'lint.rule-setting',
        fix: `use one of ${ruleSettings.join(', ')}`,
      });
    }
  }
}

/** The fix for an unknown rule id. */
export function unknownRuleFix(rule: string, known: readonly string[]): string {
  const meant = nearMiss(rule, known);
  return meant === undefined ? 'docs/rules lists every rule' : `write "${meant}"`;
}
