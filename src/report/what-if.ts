import type { Plan } from '../planner';
import { type PlacementChange, placementChanges } from './placement-change';

/** Another plan for comparison with the current one. */
export interface Variant {
  /** What is different: `pipy=3`, `without k3d-cluster-3`. */
  readonly name: string;
  readonly plan: Plan;
  /** Variants of one question, such as `pipy=1` to `pipy=6`, are shown together. @default - a question of its own */
  readonly series?: string;
}

/** How a variant differs from the plan as it is. Part of the documented shapes. */
export interface VariantChanges {
  readonly name: string;
  readonly changes: readonly PlacementChange[];
}

/** What each variant changes. */
export function variantChanges(now: Plan, variants: readonly Variant[]): VariantChanges[] {
  return variants.map(({ name, plan }) => ({ name, changes: placementChanges(now, plan) }));
}
