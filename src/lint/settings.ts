import type { Severity } from '../model/finding';

/** What a rule is set to: another severity than its own, or silence. */
export type RuleSetting = Severity | 'off';

/** Rule id to its setting. @default - each rule has its own severity */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** The severity a statement gets, or undefined where its rule is off. */
export function effectiveSeverity(rule: string, own: Severity, settings: RuleSettings): Severity | undefined {
  const setting = Object.hasOwn(settings, rule) ? settings[rule] : undefined;
  if (setting === undefined) return own;
  return setting === 'off' ? undefined : setting;
}
