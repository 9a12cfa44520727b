import { type OverridePolicy, policyKey } from '../../planner/control-plane-state/policy';

/** What makes findings about the objects that an override policy without selectors meets one mistake. */
export function scopeCause(policy: OverridePolicy): string {
  return `scope of ${policyKey(policy)}`;
}
