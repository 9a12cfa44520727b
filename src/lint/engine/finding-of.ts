import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import type { Finding, FindingLocation, FindingObject, Severity } from '../../problem/finding';

/** What a finding says, before its place is worked out. */
export interface Statement {
  readonly rule: string;
  readonly severity: Severity;
  readonly at: Manifest;
  readonly path?: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}

/** A finding as it is published: with the object it is about and the place where it can be mended. */
export function findingOf({ at, path, ...said }: Statement): Finding {
  const location = locationOf(at, path ?? '');
  return {
    rule: said.rule,
    severity: said.severity,
    message: said.message,
    why: said.why,
    fix: said.fix,
    object: findingObject(at.object),
    ...(path && { path }),
    ...(location && { location }),
  };
}

/** The four fields that name an object in a finding. */
export function findingObject({ apiVersion, kind, metadata }: KubernetesObject): FindingObject {
  const { namespace, name } = metadata ?? {};
  return { apiVersion, kind, ...(namespace && { namespace }), name: name ?? '' };
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
