import type { Manifest } from '../model/manifest';

/** Annotation of a manifest that silences rules on it: a line for each, `rule-id: reason`. */
export const ignoreAnnotation = 'cdk8s-karmada.dev/lint-ignore';

/** A rule silenced on purpose, and why. */
export interface Suppression {
  readonly rule: string;
  /** Why the finding does not matter here. */
  readonly reason: string;
  /** Silences the rule on what stands at this construct or below it. @default - on `object` */
  readonly construct?: string;
  /** Silences the rule on this object alone. @default - on `construct` */
  readonly object?: Manifest;
}

/** A line of the annotation that says no rule or no reason. */
export interface BrokenSuppression {
  readonly object: Manifest;
  readonly line: string;
}

/** Reads the annotation of every manifest. */
export function annotatedSuppressions(manifests: readonly Manifest[]): {
  readonly suppressions: readonly Suppression[];
  readonly broken: readonly BrokenSuppression[];
} {
  const suppressions: Suppression[] = [];
  const broken: BrokenSuppression[] = [];
  for (const manifest of manifests) {
    const text: unknown = manifest.object.metadata?.annotations?.[ignoreAnnotation];
    if (typeof text !== 'string') continue;
    for (const line of text.split('\n').map((part) => part.trim())) {
      if (line === '') continue;
      const [, rule, reason] = /^([a-z][a-z0-9-]*):\s*(\S.*)$/.exec(line) ?? [];
      if (rule && reason) suppressions.push({ rule, reason, object: manifest });
      else broken.push({ object: manifest, line });
    }
  }
  return { suppressions, broken };
}

/** Whether a suppression covers a statement of a rule about an object. */
export function covers(suppression: Suppression, rule: string, at: Manifest): boolean {
  if (suppression.rule !== rule) return false;
  if (suppression.object) return isSameObject(suppression.object, at);
  if (suppression.construct === undefined || at.origin.type !== 'construct') return false;
  const path = at.origin.construct;
  return path === suppression.construct || path.startsWith(`${suppression.construct}/`);
}

/** The federation holds copies of manifests, completed as the control plane stores them: the origin stays the same. */
function isSameObject(a: Manifest, b: Manifest): boolean {
  return a === b || a.origin === b.origin;
}
