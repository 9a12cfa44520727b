import type { Finding } from '../../model/finding';
import type { Manifest } from '../../model/manifest';
import { ModelError } from '../../model/model-error';
import type { SynthesizedApp } from './synthesized-app';

/** Looks at every object of an application before any is written. */
export type SynthesisCheck = (manifests: readonly Manifest[]) => readonly Finding[];

/** Findings of severity error, which stop a synthesis before it writes anything. */
export class FindingsError extends ModelError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const count = findings.length === 1 ? '1 error' : `${findings.length} errors`;
    super(`${count} in the objects of the application, nothing was written\n${findings.map(findingText).join('\n')}`, {
      code: 'synth.findings',
      fix: 'mend what is named above; a rule that does not fit can be silenced with a reason',
    });
    this.name = 'FindingsError';
    this.findings = findings;
  }
}

/**
 * Runs a check on an application.
 *
 * @param warn - is handed the text of each finding that is a warning
 * @throws FindingsError when there are errors among the findings
 */
export function runCheck(app: SynthesizedApp, check: SynthesisCheck, warn: (text: string) => void): void {
  const findings = check(manifestsOf(app));
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new FindingsError(errors);
  for (const finding of findings) if (finding.severity === 'warning') warn(findingText(finding));
}

/** The objects, each with the path of its construct. */
export function manifestsOf({ charts }: SynthesizedApp): Manifest[] {
  return charts.flatMap(({ objects }) =>
    Array.from(objects, ({ object, construct }) => ({
      object,
      origin: { type: 'construct', construct: construct.node.path },
    })),
  );
}

function findingText({ severity, rule, message, why, fix, path, location, object }: Finding): string {
  const { namespace, name, kind } = object;
  const place =
    location && 'construct' in location ? location.construct : [kind, namespace, name].filter(Boolean).join('/');
  const head = [severity, rule, place, path].filter(Boolean).join('  ');
  return [head, `  ${message}`, `  why  ${why}`, `  fix  ${fix}`].join('\n');
}
