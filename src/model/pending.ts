import type { OverrideRuleSpec } from './override-spec';
import type { PlacementSpec } from './placement-spec';
import type { FailoverSpec, SuspensionSpec } from './propagation-spec';
export interface Placement { toSpec(): PlacementSpec }
export interface Failover { toSpec(): FailoverSpec }
export interface Suspension { toSpec(): SuspensionSpec }
export interface Override { toSpec(): OverrideRuleSpec }
