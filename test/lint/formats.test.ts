import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { formatGithub, formatJson, formatSarif, formatText, type LintReport, lint, ruleCatalog } from '../../src/lint';
import { readManifestsFrom } from '../../src/manifests';
import { deployment, policy, service } from '../support/app-texts';
import { threeClusters } from '../support/rule-cases';
import { sarifProblems } from '../support/sarif-shape';

const equal = { member1: 1, member2: 1, member3: 1 };
const text =
  deployment('web', { replicas: 2 }) +
  service('web') +
  policy('web', { selects: ['Deployment/web', 'Service/web'], weights: equal }) +
  policy('zebra', { selects: ['Deployment/web'], clusters: ['member1'] }).replace('Duplicated', 'Dublicated');
const report = lint(readManifestsFrom(text, 'apps/my web#1.yaml').manifests, { fleet: threeClusters });

const fromCode: LintReport = {
  findings: [
    {
      rule: 'no-cluster-without-replicas',
      severity: 'warning',
      message: 'its 2 replicas are 50% of what is needed,\nfor now',
      why: 'because',
      fix: 'mend it',
      object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' },
      path: 'spec.replicas',
      location: { construct: 'chart/web/Deployment', source: 'src/web.ts:3:5' },
    },
    {
      rule: 'no-tie-decided-by-uid',
      severity: 'info',
      message: 'a tie',
      why: 'because',
      fix: 'leave it',
      object: { apiVersion: 'v1', kind: 'Namespace', name: 'default' },
    },
  ],
  summary: { error: 0, warning: 1, info: 1 },
  objects: 2,
};

const problem = {
  code: 'yaml.syntax',
  severity: 'error',
  file: 'broken.yaml',
  line: 3,
  column: 7,
  message: 'a bracket is not closed',
  why: 'its content is not in the result',
  fix: 'close it',
} as const;

describe('SARIF', () => {
  const sarif = (which: LintReport, problems = [problem]): Log =>
    JSON.parse(formatSarif(which, ruleCatalog, '1.2.3', problems)) as Log;

  test.each([
    ['files', report],
    ['constructs, and objects without a place', fromCode],
    ['nothing', { findings: [], summary: { error: 0, warning: 0, info: 0 }, objects: 0 }],
  ])('of findings in %s has the shape that SARIF 2.1.0 asks for', (_, which) => {
    expect(sarifProblems(sarif(which))).toEqual([]);
  });

  test('points at line and column, with what stands behind a finding beside it', () => {
    const [run] = sarif(report).runs;
    const result = run?.results?.find(({ ruleId }) => ruleId === 'no-service-without-backends');
    expect(result).toMatchObject({
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'apps/my%20web%231.yaml' },
            region: { startLine: 6, startColumn: 3 },
          },
          logicalLocations: [{ fullyQualifiedName: 'Deployment/default/web:spec.replicas' }],
        },
      ],
      relatedLocations: [{ id: 0 }, { id: 1 }],
    });
    expect(run?.tool.driver.rules?.[result?.ruleIndex ?? -1]?.id).toBe('no-service-without-backends');
  });

  test('points at the line that made a construct', () => {
    expect(sarif(fromCode).runs[0]?.results?.[0]?.locations?.[0]).toEqual({
      physicalLocation: { artifactLocation: { uri: 'src/web.ts' }, region: { startLine: 3, startColumn: 5 } },
      logicalLocations: [
        { fullyQualifiedName: 'chart/web/Deployment', kind: 'member' },
        { fullyQualifiedName: 'Deployment/default/web:spec.replicas', kind: 'object' },
      ],
    });
  });

  test('says that a file could not be read', () => {
    expect(sarif(fromCode).runs[0]?.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            descriptor: { id: 'yaml.syntax' },
            level: 'error',
            message: { text: 'a bracket is not closed. Why: its content is not in the result. Fix: close it.' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'broken.yaml' },
                  region: { startLine: 3, startColumn: 7 },
                },
              },
            ],
          },
        ],
      },
    ]);
  });
});

test('GitHub annotations are one line each, and escape what would end them', () => {
  expect(formatGithub(fromCode, [problem]).split('\n')).toEqual([
    '::error file=broken.yaml,line=3,col=7,title=yaml.syntax::a bracket is not closed%0Awhy: its content is not in the result%0Afix: close it',
    '::warning file=src/web.ts,line=3,col=5,title=no-cluster-without-replicas::Deployment/default/web: its 2 replicas are 50%25 of what is needed,%0Afor now%0Awhy: because%0Afix: mend it',
    '::notice title=no-tie-decided-by-uid::Namespace/default: a tie%0Awhy: because%0Afix: leave it',
  ]);
});

test('GitHub gets an annotation for each object, also for one whose finding stands behind another', () => {
  const [main] = fromCode.findings;
  const behind = (kind: string, message: string) => ({ ...main!, message, object: { ...main!.object, kind } });
  const related = [behind('Deployment', 'the same object'), behind('Service', 'one'), behind('Service', 'two')];
  const lines = formatGithub({ ...fromCode, findings: [{ ...main!, message: 'first', related }] }).split('\n');
  expect(lines.map((line) => /::([^:%]+: [^%]+)%0A/.exec(line)?.[1])).toEqual([
    'Deployment/default/web: first',
    'Service/default/web: one',
  ]);
});

test('JSON is the documented object', () => {
  expect(JSON.parse(formatJson(fromCode, [problem]))).toEqual({
    version: 1,
    command: 'lint',
    findings: fromCode.findings,
    problems: [problem],
    summary: { error: 0, warning: 1, info: 1, objects: 2 },
  });
});

describe('text', () => {
  test('groups findings by object, names their place, and counts infos', () => {
    expect(formatText(fromCode)).toBe(`Deployment/default/web  (chart/web/Deployment)
  warning  its 2 replicas are 50% of what is needed,
for now  no-cluster-without-replicas
           at   src/web.ts:3:5  spec.replicas
           why  because
           fix  mend it

more about a rule: cdk8s-karmada explain no-cluster-without-replicas
1 warning, 1 info (--verbose shows them) in 2 objects`);
  });

  test('names no option where there is none', () => {
    const text = formatText(fromCode, { infosShownBy: 'another command shows them' });
    expect(text.split('\n').at(-1)).toBe('1 warning, 1 info (another command shows them) in 2 objects');
  });

  test('wraps whole words at the columns of a terminal, and says the same', () => {
    const wide = formatText(report);
    const narrow = formatText(report, { width: 80 });
    expect(narrow.split('\n').filter((line) => line.length > 80 || line.endsWith(' '))).toEqual([]);
    const words = (text: string) => text.split(/\s+/).join(' ');
    expect(words(narrow)).toBe(words(wide));
  });

  test('shows infos when asked, and leaves out what is not needed at once when brief', () => {
    expect(formatText(fromCode, { verbose: true, brief: true })).toBe(`Deployment/default/web  (chart/web/Deployment)
  warning  its 2 replicas are 50% of what is needed,
for now  no-cluster-without-replicas
           at   src/web.ts:3:5  spec.replicas
           fix  mend it

Namespace/default
  info     a tie  no-tie-decided-by-uid
           fix  leave it

more about a rule: cdk8s-karmada explain no-cluster-without-replicas
1 warning, 1 info in 2 objects`);
  });
});
