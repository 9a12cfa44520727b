import type { IConstruct } from 'constructs';
import type * as Linter from '../../lint';
import type { RuleSettings } from '../../lint';
import { callsIn } from '../federated-app/calls';
import type { FederationSettings } from '../federation-settings';
import { ignoredRules } from '../lint';
import type { SynthesisCheck } from './checks';

/**
 * The linter as a check of a synthesis: with what the Federation knows, which apps call each other, and what authors silenced.
 * It is loaded here, for an application that is not linted should not wait for it.
 */
export function lintCheck(federation: IConstruct & FederationSettings, rules: RuleSettings): SynthesisCheck {
  const { lint, formatText } = require('../../lint') as typeof Linter;
  const { fleet, karmada, featureGates } = federation;
  return {
    check: (manifests) =>
      lint(manifests, {
        ...(fleet && { fleet }),
        karmada,
        featureGates,
        rules,
        calls: callsIn(federation),
        suppressions: ignoredRules(federation.node.findAll()),
      }),
    // A warning does not stop anybody, so it is told in few words; `cdk8s-karmada lint` tells the rest.
    format: (report) => formatText(report, { brief: report.summary.error === 0 }),
  };
}
