import type { IConstruct } from 'constructs';
import type { Manifest } from '../../kubernetes/manifest';
import type { Finding, Severity } from '../../problem/finding';
import { ModelError } from '../../problem/model-error';
import type { ConstructOrigin } from '../../problem/place';
import { creationSite } from '../creation-site';
import type { SynthesizedApp } from './synthesized-app';

/** What looking at an application found. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly summary: Readonly<Record<Severity, number>>;
  /** How many objects were looked at. */
  readonly objects: number;
}

/** Looks at every object of an application before any is written. */
export interface SynthesisCheck {
  check(manifests: readonly Manifest[]): CheckReport;
  /** A report for people. */
  format(report: CheckReport): string;
}

/** Errors in the objects of an application, which stop its synthesis before it writes anything. */
export class FindingsError extends ModelError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[], text: string) {
    super(`nothing was written, for there are errors in the application\n\n${text}\n`, {
      code: 'synth.findings',
      fix: 'mend what is named above, or silence a rule that does not fit, with a reason',
    });
    this.name = 'FindingsError';
    this.findings = findings;
  }
}

/**
 * Runs a check on an application whose objects are resolved.
 *
 * @returns text about the warnings; empty when there are none
 * @throws FindingsError when there are errors among the findings
 */
export function runCheck(app: SynthesizedApp, { check, format }: SynthesisCheck): string {
  const report = check(manifestsOf(app));
  const { error, warning } = report.summary;
  if (error > 0) throw new FindingsError(report.findings, format(report));
  return warning > 0 ? format(report) : '';
}

/** The objects, each with the path of its construct, and with the line that made it for who asks. */
function manifestsOf({ charts }: SynthesizedApp): Manifest[] {
  return charts.flatMap(({ objects }) =>
    Array.from(objects).flatMap(({ object, construct }) =>
      object === undefined ? [] : { object, origin: new MadeByConstruct(construct) },
    ),
  );
}

class MadeByConstruct implements ConstructOrigin {
  readonly type = 'construct';
  readonly construct: string;
  readonly #construct: IConstruct;

  constructor(construct: IConstruct) {
    this.construct = construct.node.path;
    this.#construct = construct;
  }

  get source(): string | undefined {
    return creationSite(this.#construct);
  }
}
