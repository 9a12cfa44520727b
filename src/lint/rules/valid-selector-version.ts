import { policyKey } from '../../planner/control-plane-state/policy';
import { selectorCause, selectorText } from '../analysis/policy-selectors';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/lifted/discovery.go, GetDeletableResources; pkg/util/selector.go */
export const validSelectorVersion = defineRule({
  id: 'valid-selector-version',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P03'],
  rank: 20,
  summary: 'Every resource selector uses the preferred apiVersion of its kind.',
  rationale:
    'Karmada compares apiVersion and kind as strings with the preferred version of the API server, so the selector never matches',
  check({ policySelectors, report }) {
    for (const entry of policySelectors.all) {
      const { policy, selector, path, fault } = entry;
      if (fault?.type !== 'unknownKind') continue;
      const { meant, why } = fault.unknown;
      const isVersion = meant !== undefined && meant.apiVersion !== selector.apiVersion;
      const field = isVersion ? 'apiVersion' : 'kind';
      const kind = meant && meant.kind !== selector.kind ? `kind: ${meant.kind}` : undefined;
      const version = isVersion ? `apiVersion: ${meant.apiVersion}` : undefined;
      const right = [version, kind].filter((each) => each !== undefined).join(' and ');
      report({
        at: policy.manifest,
        path: `${path}.${field}`,
        message: `${policyKey(policy)} selects ${selectorText(selector)} of ${selector.apiVersion}: ${why}`,
        fix: right ? `write ${right}` : 'use the apiVersion and kind of the object',
        cause: selectorCause(entry),
      });
    }
  },
});
