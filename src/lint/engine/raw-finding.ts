import type { Manifest } from '../../kubernetes/manifest';
import { type KubernetesObject, reportedName } from '../../kubernetes/object';
import type { Finding, FindingLocation, FindingObject, Severity } from '../../problem/finding';
import type { Problem } from '../../problem/problem';
import type { Report } from './report';
import type { RuleDescription } from './rule';

/** A problem of one manifest, before it is weighed, folded and published. Its code is the id of the rule. */
export interface RawFinding extends Required<Problem>, Pick<Report, 'path' | 'cause' | 'missing'> {
  readonly at: Manifest;
  readonly severity: Severity;
  readonly layer: RuleDescription['layer'];
  /** Whether a suppression silences it. @default false */
  readonly silenced?: boolean;
}

/** What a rule reports, completed by what it says in general. */
export function rawFinding({ id, layer, severity, rationale }: RuleDescription, report: Report): RawFinding {
  return { code: id, layer, severity, why: rationale, ...report };
}

/** A finding as it is published: with its object and the place to correct. */
export function findingOf({ code, severity, message, why, fix, at, path }: RawFinding): Finding {
  const location = locationOf(at, path ?? '');
  return {
    rule: code,
    severity,
    message,
    why,
    fix,
    object: findingObject(at.object),
    ...(path && { path }),
    ...(location && { location }),
  };
}

/** The four fields that name an object in a finding. */
export function findingObject({ apiVersion, kind, metadata }: KubernetesObject): FindingObject {
  const { namespace } = metadata ?? {};
  return { apiVersion, kind, ...(namespace && { namespace }), name: reportedName(metadata) };
}

function locationOf({ origin }: Manifest, path: string): FindingLocation | undefined {
  switch (origin.type) {
    case 'file':
      return { file: origin.file, document: origin.document, ...origin.locate(path) };
    case 'construct':
      return { construct: origin.construct, ...(origin.source !== undefined && { source: origin.source }) };
    case 'memory':
      return undefined;
    default:
      return origin satisfies never;
  }
}
