import type { IConstruct } from 'constructs';
import type { RuleSettings } from '../../lint';
import type * as TextFormat from '../../lint/engine/format/text';
import type * as Linter from '../../lint/engine/lint';
import type { FederationSettings } from '../federation-settings';
import type { SynthesisCheck } from './checks';
import { lintOptionsOf } from './lint-options';

/**
 * The linter as a check of a synthesis: with what the Federation knows, which apps call each other, and what authors silenced.
 * It is loaded here, for an application that is not linted should not wait for it; and not by the room's index, for its
 * other formats and its settings file are the command's.
 */
export function lintCheck(federation: IConstruct & FederationSettings, rules: RuleSettings): SynthesisCheck {
  const { lint } = require('../../lint/engine/lint') as typeof Linter;
  const { formatText } = require('../../lint/engine/format/text') as typeof TextFormat;
  return {
    check: (manifests) => lint(manifests, lintOptionsOf(federation, rules)),
    // A warning does not stop anybody, so it is told in few words; `cdk8s-karmada lint` tells the rest.
    format: (report) => formatText(report, { brief: report.summary.error === 0 }),
  };
}
