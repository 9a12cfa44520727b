import type { IConstruct } from 'constructs';
import type { RuleSettings } from '../../lint';
import { formatText } from '../../lint/engine/format/text';
import { lint } from '../../lint/engine/lint';
import type { FederationSettings } from '../federation-settings';
import type { SynthesisCheck } from './checks';
import { lintOptionsOf } from './lint-options';

/**
 * The linter as a check of a synthesis: with what the Federation knows, which apps call each other, and what authors silenced.
 */
export function lintCheck(federation: IConstruct & FederationSettings, rules: RuleSettings): SynthesisCheck {
  return {
    check: (manifests) => lint(manifests, lintOptionsOf(federation, rules)),
    // A warning does not stop anybody, so it is told in few words; `cdk8s-karmada lint` tells the rest.
    format: (report) => formatText(report, { brief: report.summary.error === 0 }),
  };
}
