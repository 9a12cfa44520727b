import { compareText } from '../../kubernetes/plain-data';
import type { Finding, Severity } from '../../problem/finding';

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Sorts findings by location, then by severity and rule. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    comparePlaces(a, b) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compareText(a.rule, b.rule) ||
    compareText(a.path ?? '', b.path ?? '') ||
    compareText(a.message, b.message)
  );
}

function comparePlaces({ location: a, object: objectA }: Finding, { location: b, object: objectB }: Finding): number {
  if (a && b && 'file' in a && 'file' in b) {
    return compareText(a.file, b.file) || a.document - b.document || a.line - b.line || a.column - b.column;
  }
  if (a && b && 'construct' in a && 'construct' in b) return compareText(a.construct, b.construct);
  return (
    compareText(objectA.namespace ?? '', objectB.namespace ?? '') ||
    compareText(objectA.kind, objectB.kind) ||
    compareText(objectA.name, objectB.name)
  );
}
