/** Receives the time of a rule in milliseconds. */
export type RuleTimer = (rule: string, milliseconds: number) => void;

/** Runs a check and reports its time. */
export function timed<Result>(rule: string, check: () => Result, onRule?: RuleTimer): Result {
  if (!onRule) return check();
  const started = performance.now();
  const result = check();
  onRule(rule, performance.now() - started);
  return result;
}
