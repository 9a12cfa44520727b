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
  summary: 'Every feature gate that a field needs is enabled by default or declared.',
  rationale: 'Karmada accepts the field and ignores it while the gate is disabled',
  check({ controlPlane, karmada, featureGates, report }) {
    const on = [...featureGates];
    for (const at of controlPlane.objects) {
      for (const { gate, path, why, flag, components } of gatesNeeded(at.object, karmada, on)) {
        report({
          at,
          ...(path !== '' && { path }),
          message: `${path === '' ? at.object.kind : path} needs the feature gate ${gate}, which is disabled by default in Karmada ${karmada}`,
          why: `while the gate is disabled, ${why}`,
          fix: `start ${joinWords(components, 'and')} with ${flag}, and declare ${gate} in featureGates`,
          cause: `${path || 'gates'} of ${objectKey(at.object)}`,
        });
      }
    }
  },
});
