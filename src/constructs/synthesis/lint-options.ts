import type { IConstruct } from 'constructs';
import type { LintOptions, RuleSettings } from '../../lint';
import { callsIn } from '../federated-app/calls';
import type { FederationSettings } from '../federation-settings';
import { ignoredRules } from '../lint';
import { allConstructs } from './construct-tree';

/** A Federation declares its feature gates, so what needs another one is a mistake there, not a guess. */
const federationRules: RuleSettings = { 'no-undeclared-feature-gate': 'error' };

/** What a Federation tells the linter: what it knows itself, which apps call each other, and what authors silenced. */
export function lintOptionsOf(federation: IConstruct & FederationSettings, rules: RuleSettings): LintOptions {
  const { fleet, karmada, featureGates } = federation;
  return {
    ...(fleet && { fleet }),
    karmada,
    featureGates,
    rules: { ...federationRules, ...rules },
    calls: callsIn(federation),
    suppressions: ignoredRules(allConstructs.ask(federation)),
  };
}
