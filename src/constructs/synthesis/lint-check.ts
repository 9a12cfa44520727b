import type { IConstruct } from 'constructs';
import type { Manifest } from '../../kubernetes/manifest';
import type { LintOptions, RuleSettings } from '../../lint';
import { formatText } from '../../lint/engine/format/text';
import { lint } from '../../lint/engine/lint';
import type { Finding } from '../../problem/finding';
import { ModelError } from '../../problem/model-error';
import type { ConstructOrigin } from '../../problem/place';
import { creationSite } from '../creation-site';
import { callsIn } from '../federated-app/calls';
import type { FederationSettings } from '../federation-settings';
import { ignoredRules } from '../lint';
import { allConstructs } from './construct-tree';
import type { SynthesizedApp } from './synthesized-app';
import { reportedIfUncaught } from './uncaught-report';

/** Error findings in the objects of an application, which stop its synthesis before it writes anything. */
export class FindingsError extends ModelError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[], text: string) {
    super(`nothing was written, because the application has errors\n\n${text}\n`, {
      code: 'synth.findings',
      fix: 'correct what is listed above, or silence a rule that does not apply, with a reason',
    });
    this.name = 'FindingsError';
    this.findings = findings;
  }
}

/** A Federation has no `--verbose`. */
const infosShownBy = '`cdk8s-karmada lint --verbose` shows them';

/**
 * Lints an application whose objects are resolved.
 *
 * @returns text about the warnings; empty when there are none
 * @throws FindingsError when there are errors among the findings
 */
export function lintApp(app: SynthesizedApp, options: LintOptions): string {
  const report = lint(manifestsOf(app), options);
  const { error, warning } = report.summary;
  if (error > 0) {
    const text = formatText(report, { infosShownBy });
    throw reportedIfUncaught(new FindingsError(report.findings, text), `${text}; nothing was written`);
  }
  // Warnings use the brief format; `cdk8s-karmada lint` prints the full one.
  return warning > 0 ? formatText(report, { brief: true, infosShownBy }) : '';
}

/** A Federation declares its feature gates, so a missing one is an error there. */
const federationRules: RuleSettings = { 'no-undeclared-feature-gate': 'error' };

/** What a Federation passes to the linter: its settings, which apps call each other, and which rules are silenced. */
export function lintOptionsOf(federation: IConstruct & FederationSettings, rules: RuleSettings): LintOptions {
  const { fleet, karmada, featureGates, contracts } = federation;
  return {
    ...(fleet && { fleet }),
    karmada,
    featureGates,
    rules: { ...federationRules, ...rules },
    contracts,
    calls: callsIn(federation),
    suppressions: ignoredRules(allConstructs.ask(federation)),
  };
}

/** Each object with the path of its construct. */
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

  /** A getter, since the text of a stack trace is expensive and few objects have findings. */
  get source(): string | undefined {
    return creationSite(this.#construct);
  }
}
