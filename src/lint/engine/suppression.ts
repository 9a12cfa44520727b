import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import type { Origin } from '../../problem/place';
import type { RawFinding } from './raw-finding';

/** Annotation that suppresses rules for a manifest: one line per rule, `rule-id: reason`. */
export const ignoreAnnotation = 'cdk8s-karmada.dev/lint-ignore';

/** A suppressed rule, with the reason. */
export interface Suppression {
  readonly rule: string;
  /** Why the finding does not matter here. */
  readonly reason: string;
  /** Suppresses the rule for this construct and everything below it. @default - on `object` */
  readonly construct?: string;
  /** Suppresses the rule for this object only. @default - on `construct` */
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

/** Suppressions that remember whether there was something to silence. */
export class Suppressions {
  readonly all: readonly Suppression[];
  readonly #ofObject = new Map<Origin, Suppression[]>();
  readonly #ofConstruct: readonly Suppression[];
  readonly #used = new Set<Suppression>();

  constructor(suppressions: readonly Suppression[]) {
    this.all = suppressions;
    this.#ofConstruct = suppressions.filter(({ object }) => object === undefined);
    for (const suppression of suppressions) {
      if (!suppression.object) continue;
      // The control plane holds copies of manifests, completed as they are stored: the origin stays the same.
      const { origin } = suppression.object;
      appendTo(this.#ofObject, origin, suppression);
    }
  }

  /** The finding, marked where it is silenced; every suppression that silences it counts as used from now on. */
  mark(finding: RawFinding): RawFinding {
    return { ...finding, silenced: this.#silence(finding) };
  }

  #silence({ code, at }: RawFinding): boolean {
    const covering = [
      ...(this.#ofObject.get(at.origin) ?? []),
      ...this.#ofConstruct.filter(({ construct }) => isAtOrBelow(at.origin, construct)),
    ].filter((suppression) => suppression.rule === code);
    for (const suppression of covering) this.#used.add(suppression);
    return covering.length > 0;
  }

  /** Those that silenced nothing so far. */
  get unused(): readonly Suppression[] {
    return this.all.filter((suppression) => !this.#used.has(suppression));
  }
}

/** Whether an object belongs to a construct or to one below it. */
export function isAtOrBelow(origin: Origin, construct: string | undefined): boolean {
  if (construct === undefined || origin.type !== 'construct') return false;
  return construct === '' || origin.construct === construct || origin.construct.startsWith(`${construct}/`);
}
