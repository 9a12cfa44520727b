import type { ReadProblem } from '../../../manifests/read-problem';
import type { Finding, Severity } from '../../../problem/finding';
import type { LintReport } from '../lint';
import { filePlaceOf } from './file-place';

/** What SARIF says of a rule. */
export interface SarifRule {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly rationale: string;
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * A SARIF 2.1.0 log, as code scanning services read it.
 *
 * @param rules - the rules that could have spoken; those that did are described in the log
 * @param version - version of this package
 * @param problems - what could not be read
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif(
  { findings }: LintReport,
  rules: readonly SarifRule[],
  version: string,
  problems: readonly ReadProblem[] = [],
): string {
  const spoken = rules.filter(({ id }) => findings.some(({ rule }) => rule === id));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-karmada',
            version,
            rules: spoken.map(({ id, severity, summary, rationale }) => ({
              id,
              shortDescription: { text: summary },
              fullDescription: { text: rationale },
              defaultConfiguration: { level: levels[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: !problems.some(({ severity }) => severity === 'error'),
            toolExecutionNotifications: problems.map(notificationOf),
          },
        ],
        results: findings.map((finding) => resultOf(finding, spoken)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function notificationOf({ code, severity, file, line, column, message, why, fix }: ReadProblem): object {
  return {
    descriptor: { id: code },
    level: levels[severity],
    message: { text: `${message}. Why: ${why}. Fix: ${fix}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file === '-' ? 'stdin' : file) },
          ...(line !== undefined && { region: { startLine: line, startColumn: column ?? 1 } }),
        },
      },
    ],
  };
}

function resultOf(finding: Finding, rules: readonly SarifRule[]): object {
  const { rule, severity, message, why, fix, object, path, related = [] } = finding;
  const ruleIndex = rules.findIndex(({ id }) => id === rule);
  const key = [object.kind, object.namespace, object.name].filter(Boolean).join('/');
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: levels[severity],
    message: { text: `${key}: ${message}. Why: ${why}. Fix: ${fix}.` },
    locations: [locationOf(finding)],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({
        id,
        ...locationOf(other),
        message: { text: `${other.rule}: ${other.message}` },
      })),
    }),
    // Line numbers move; the same mistake keeps its print, so that a scanning service follows it.
    partialFingerprints: { 'mistake/v1': [rule, key, path ?? ''].join('|') },
  };
}

function locationOf({ location, object, path }: Finding): object {
  const logical = [object.kind, object.namespace, object.name].filter(Boolean).join('/');
  const logicalLocations = [
    ...(location && 'construct' in location ? [{ fullyQualifiedName: location.construct, kind: 'member' }] : []),
    { fullyQualifiedName: path ? `${logical}:${path}` : logical, kind: 'object' },
  ];
  const place = location && filePlaceOf(location);
  if (!place) return { logicalLocations };
  const { file, line, column } = place;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: line, startColumn: column },
    },
    logicalLocations,
  };
}

/** A relative reference: a `#` or `?` in the name of a folder begins no fragment or query. */
function uriOf(file: string): string {
  return encodeURI(file).replace(/[#?]/g, encodeURIComponent);
}
