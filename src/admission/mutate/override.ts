import type { Review } from '../review';
import type { OverridePolicyObject } from '../validate/override';
import { selectorsIn } from './propagation';

/**
 * The defaults that Karmada's webhook sets in an OverridePolicy.
 *
 * @see Karmada v1.18.2 pkg/webhook/overridepolicy/mutating.go
 */
export function mutateOverride({ object, namespace }: Review<OverridePolicyObject>): OverridePolicyObject {
  const { spec } = object;
  if (!spec?.resourceSelectors) return object;
  return { ...object, spec: { ...spec, resourceSelectors: selectorsIn(spec.resourceSelectors, namespace) } };
}
