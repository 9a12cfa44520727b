import { apiGroup, objectKey } from '../../kubernetes/object';
import { anyText, recordOf } from '../../kubernetes/plain-data';
import { policyCause } from '../analysis/unselected-templates';
import { defineRule } from '../engine/rule';

const claimedBy = 'resourcetemplate.karmada.io/claimed-by';

/** Marks that Karmada writes on claimed objects, by the field of `metadata`. */
const systemKeys = {
  labels:
    /^(resourcetemplate\.karmada\.io\/claimed-by|((cluster)?(propagation|override)policy|(cluster)?resourcebinding|work|multiclusterservice)\.karmada\.io\/permanent-id|work\.karmada\.io\/(name|namespace)|(cluster)?propagationpolicy\.karmada\.io\/(name|namespace))$/,
  annotations:
    /^((cluster)?propagationpolicy\.karmada\.io\/(name|namespace)|policy\.karmada\.io\/applied-(placement|overrides|cluster-overrides)|(cluster)?resourcebinding\.karmada\.io\/.+|resourcetemplate\.karmada\.io\/(uid|managed-annotations|managed-labels|generation))$/,
} as const;

/** @see Karmada v1.18.2 pkg/detector/detector.go, Reconcile; pkg/webhook/propagationpolicy/validating.go */
export const noSystemMetadata = defineRule({
  id: 'no-system-metadata',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P20'],
  rank: 90,
  summary: 'No manifest has the labels and annotations that Karmada uses to mark claimed objects.',
  rationale: 'Karmada treats such an object as claimed, or rejects the request',
  check({ controlPlane, report }) {
    for (const manifest of controlPlane.objects) {
      const { object } = manifest;
      // Bindings and Works are created by Karmada and need these marks.
      if (apiGroup(object.apiVersion) === 'work.karmada.io') continue;
      for (const field of ['labels', 'annotations'] as const) {
        for (const [key, value] of Object.entries(recordOf(object.metadata?.[field]) ?? {})) {
          if (!systemKeys[field].test(key)) continue;
          const noun = field.slice(0, -1);
          report({
            at: manifest,
            path: `metadata.${field}[${key}]`,
            message: `${objectKey(object)} has the ${noun} ${key}: ${anyText(value)}, which only Karmada may set`,
            ...(key === claimedBy && {
              why: 'policies ignore an object with this label, regardless of its value: it is never propagated',
            }),
            fix: `remove the ${noun} ${key}`,
            ...(key === claimedBy && { cause: policyCause(manifest) }),
          });
        }
      }
    }
  },
});
