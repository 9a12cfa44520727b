import { AssertionError } from 'node:assert';
import { namedKey } from '../kubernetes/object';
import { type Finding, formatText, type LintOptions, lint, ruleCatalog, type Severity } from '../lint';
import { unknownRuleFix } from '../lint/engine/settings';
import { ModelError } from '../problem/model-error';
import { checkValue, objectOf, objectWith, oneOf, type ShapeOf, text } from '../problem/value-kinds';

import { plannableOf, type Testable } from './testable';

/** Options of the linter. For a `Federation`, its own settings are the default. */
export interface FindingsOptions extends LintOptions {
  /** The lowest severity that fails the assertion. @default 'warning' */
  readonly atLeast?: Severity;
}

/** The expected finding. */
export interface ExpectedFinding {
  /** Rule id. */
  readonly rule: string;
  /** `Kind/name` or `Kind/namespace/name` of the object. @default - any object */
  readonly object?: string;
  /** Field path, such as `spec.placement.clusterAffinity.clusterNames[1]`. @default - any field */
  readonly path?: string;
  /** @default - any severity */
  readonly severity?: Severity;
}

/**
 * Asserts that there are no findings. The AssertionError contains the linter's report.
 *
 * @param what - a cdk8s app or chart, manifests or objects, or the path of a file or folder
 * @throws ModelError `testing.unreadable` for a path that cannot be read, and the errors of `lint`
 */
export function expectNoFindings(what: Testable, options: FindingsOptions = {}): void {
  checkValue(options, objectWith({ atLeast: oneOf(severities) }), 'the options of expectNoFindings');
  const { atLeast = 'warning', ...lintOptions } = options;
  const report = lint(plannableOf(what), lintOptions);
  const severe = severities.slice(0, severities.indexOf(atLeast) + 1);
  const findings = report.findings.filter(({ severity }) => severe.includes(severity));
  if (findings.length === 0) return;
  throw new AssertionError({
    message: `expected no findings of severity ${severe.join(' or ')}\n\n${formatText({ ...report, findings, summary: countsOf(findings) }, { verbose: true })}`,
    expected: [],
    actual: findings.map(plainFinding),
  });
}

/**
 * Asserts that the linter reports this finding; other findings are ignored. Related findings of other rules are included.
 *
 * @param what - a cdk8s app or chart, manifests or objects, or the path of a file or folder
 * @throws ModelError `testing.rule` for an unknown rule, `testing.unreadable` for a path that cannot be read,
 *   and the errors of `lint`
 */
export function expectFinding(what: Testable, expected: ExpectedFinding, options: LintOptions = {}): void {
  checkValue(expected, expectedShape, 'the expected finding');
  checkRule(expected.rule);
  const { findings } = lint(plannableOf(what), options);
  const found = findings.flatMap((finding) => [finding, ...(finding.related ?? [])]);
  if (found.some((finding) => isMeant(finding, expected))) return;
  const ofRule = found.filter(({ rule }) => rule === expected.rule);
  const shown = (ofRule.length > 0 ? ofRule : found).map(plainFinding);
  const list = shown.map(
    (finding) => `\n  ${finding.rule}  ${[finding.object, finding.path].filter(Boolean).join('  ')}`,
  );
  throw new AssertionError({
    message: `expected a finding of ${expected.rule}${expected.object === undefined ? '' : ` on ${expected.object}`}, found ${list.length > 0 ? `only${list.join('')}` : 'none'}`,
    expected: [{ ...expected }],
    actual: shown,
  });
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

const expectedShape = objectOf(
  { rule: text, object: text, path: text, severity: oneOf(severities) } satisfies ShapeOf<ExpectedFinding>,
  ['rule'],
);

function checkRule(rule: string): void {
  const ids = ruleCatalog.map(({ id }) => id);
  if (ids.includes(rule)) return;
  throw new ModelError(`unknown rule "${rule}"`, {
    code: 'testing.rule',
    fix: unknownRuleFix(rule, ids),
  });
}

function isMeant(finding: Finding, expected: ExpectedFinding): boolean {
  const { kind, name } = finding.object;
  const names = [namedKey({ kind, name }), namedKey(finding.object)];
  return (
    finding.rule === expected.rule &&
    (expected.object === undefined || names.includes(expected.object)) &&
    (expected.path === undefined || finding.path === expected.path) &&
    (expected.severity === undefined || finding.severity === expected.severity)
  );
}

function countsOf(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** A finding as a plain value with the fields of the expectation. */
function plainFinding({ rule, severity, object, path }: Finding): ExpectedFinding {
  return { rule, severity, object: namedKey(object), ...(path !== undefined && { path }) };
}
