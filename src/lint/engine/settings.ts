import type { Severity } from '../../problem/finding';
import { ModelError } from '../../problem/model-error';
import { nearMiss } from '../../problem/words';

/** What a rule is set to: another severity than its own, or silence. */
export type RuleSetting = Severity | 'off';

/** Rule id to its setting. @default - each rule has its own severity */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** Every setting there is. */
export const ruleSettings: readonly RuleSetting[] = ['error', 'warning', 'info', 'off'];

/** The severity a statement gets, or undefined where its rule is off. */
export function effectiveSeverity(rule: string, own: Severity, settings: RuleSettings): Severity | undefined {
  const setting = Object.hasOwn(settings, rule) ? settings[rule] : undefined;
  if (setting === undefined) return own;
  return setting === 'off' ? undefined : setting;
}

/**
 * Refuses settings of rules that do not exist, and settings that are none.
 *
 * @param known - every rule id
 * @throws ModelError `lint.unknown-rule`, `lint.rule-setting`
 */
export function checkSettings(settings: RuleSettings, known: readonly string[]): void {
  for (const [rule, setting] of Object.entries(settings)) {
    if (!known.includes(rule)) {
      throw new ModelError(`there is no rule "${rule}"`, {
        code: 'lint.unknown-rule',
        fix: unknownRuleFix(rule, known),
      });
    }
    if (!ruleSettings.includes(setting)) {
      throw new ModelError(`rule "${rule}" is set to ${JSON.stringify(setting)}`, {
        code: 'lint.rule-setting',
        fix: `use one of ${ruleSettings.join(', ')}`,
      });
    }
  }
}

/** What to do about a rule id that does not exist. */
export function unknownRuleFix(rule: string, known: readonly string[]): string {
  const meant = nearMiss(rule, known);
  return meant === undefined ? 'docs/rules lists every rule' : `write "${meant}"`;
}
