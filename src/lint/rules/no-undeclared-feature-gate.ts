import { gatesNeeded } from '../../karmada/gates-needed';
import { objectKey } from '../../kubernetes/object';
import { joinWords } from '../../problem/words';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/features/features.go */
export const noUndeclaredFeatureGate = defineRule({
  id: 'no-undeclared-feature-gate',
  severity: 'info',
  layer: 'federation',
  pitfalls: ['P43'],
  summary: 'What needs a feature gate that is off by default has it declared.',
  rationale: 'Karmada accepts the field and passes over it while the gate is off',
  check({ controlPlane, karmada, featureGates, report }) {
    const on = [...featureGates];
    for (const at of controlPlane.objects) {
      for (const { gate, path, why, flag, components } of gatesNeeded(at.object, karmada, on)) {
        report({
          at,
          ...(path !== '' && { path }),
          message: `${path === '' ? at.object.kind : path} needs the feature gate ${gate}, which Karmada ${karmada} has off unless it is set`,
          why: `while the gate is off, ${why}`,
          fix: `start ${joinWords(components, 'and')} with ${flag}, and declare ${gate} in featureGates`,
          cause: `${path || 'gates'} of ${objectKey(at.object)}`,
        });
      }
    }
  },
});
