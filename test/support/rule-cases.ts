import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LintOptions, lint, ruleCatalog } from '../../src/lint';
import { readManifestsFrom } from '../../src/manifests';
import { Fleet } from '../../src/model/fleet';

/** Manifests as text, and options of the linter. */
export interface RuleCase extends Omit<LintOptions, 'fleet'> {
  /** @default - {@link threeClusters}; undefined for none */
  readonly fleet?: LintOptions['fleet'] | undefined;
  /** Name of the test: what is special about the case. */
  readonly name: string;
  /** YAML, several documents. */
  readonly manifests: string;
}

/** A case with exactly the findings that the rule must report. */
export interface ReportingCase extends RuleCase {
  readonly findings: readonly {
    /** `Kind/namespace/name` of the object. */
    readonly object: string;
    readonly path?: string;
    readonly message: string;
    readonly fix: string;
    /** @default - the severity of the rule */
    readonly severity?: string;
  }[];
}

/** Three clusters in two regions: the default fleet of the cases. */
export const threeClusters = Fleet.of({
  member1: { region: 'eu', provider: 'aws', zones: ['eu-1'], labels: { env: 'prod' } },
  member2: { region: 'eu', provider: 'gcp', zones: ['eu-2'], labels: { env: 'prod' } },
  member3: { region: 'us', provider: 'aws', zones: ['us-1', 'us-2'], labels: { env: 'test' } },
});

/**
 * Tests a rule: what it accepts, what it reports, and that the examples of its page have the documented findings.
 * Related findings of other rules are included.
 */
export function describeRule(
  rule: string,
  cases: {
    passes: readonly RuleCase[];
    reports: readonly ReportingCase[];
    /** Options for the examples of the page. @default - none */
    page?: Omit<LintOptions, 'fleet'>;
  },
): void {
  describe(rule, () => {
    test.each(cases.passes)('passes: $name', (ruleCase) => {
      expect(findingsOf(rule, ruleCase)).toEqual([]);
    });
    test.each(cases.reports)('reports: $name', ({ findings, ...ruleCase }) => {
      const { severity } = ruleCatalog.find(({ id }) => id === rule) ?? {};
      const expected = findings.map((finding) => ({ severity, ...finding }));
      expect(findingsOf(rule, ruleCase)).toEqual(expected);
    });
    test('its page shows a wrong example that it reports and a right one that it passes', () => {
      const { wrong, right } = examplesOf(rule);
      expect(findingsOf(rule, { ...cases.page, name: 'wrong', manifests: wrong }).length).toBeGreaterThan(0);
      expect(findingsOf(rule, { ...cases.page, name: 'right', manifests: right })).toEqual([]);
    });
  });
}

function findingsOf(rule: string, { name: _, manifests, ...options }: RuleCase) {
  const { fleet, ...rest } = { fleet: threeClusters, ...options };
  const { findings } = lint(readManifestsFrom(manifests, 'case.yaml').manifests, { ...rest, ...(fleet && { fleet }) });
  return findings
    .flatMap((finding) => [finding, ...(finding.related ?? [])])
    .filter((finding) => finding.rule === rule)
    .map(({ object, path, message, fix, severity }) => ({
      object: [object.kind, object.namespace, object.name].filter(Boolean).join('/'),
      ...(path !== undefined && { path }),
      message,
      fix,
      severity,
    }));
}

/** The YAML under the headings `Wrong` and `Right` of the rule's page; they are linted over {@link threeClusters}. */
function examplesOf(rule: string): { wrong: string; right: string } {
  const page = readFileSync(resolve(__dirname, `../../docs/rules/${rule}.md`), 'utf8');
  const under = (heading: string): string => {
    const block = new RegExp(`^## ${heading}\\n[^]*?\`\`\`yaml\\n([^]*?)\`\`\``, 'm').exec(page)?.[1];
    if (block === undefined) throw new Error(`docs/rules/${rule}.md has no YAML under "## ${heading}"`);
    return block;
  };
  return { wrong: under('Wrong'), right: under('Right') };
}
