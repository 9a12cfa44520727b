/** Gets the milliseconds that a rule took. */
export type RuleTimer = (rule: string, milliseconds: number) => void;

/** Runs a check; tells the timer how long that took. */
export function timed<Result>(rule: string, check: () => Result, onRule?: RuleTimer): Result {
  if (!onRule) return check();
  const started = performance.now();
  const result = check();
  onRule(rule, performance.now() - started);
  return result;
}
