import type { ResourceSelectorSpec } from '../../karmada/propagation-spec';
import type { OverridePolicy, PropagationPolicy } from '../../planner/control-plane-state/policy';
import { neverPropagated } from '../../planner/matching/never-propagated';
import type { KnownKinds, UnknownKind } from './known-kinds';
import { type LabelSelectorProblem, labelSelectorProblem } from './label-selector-problem';

/** Why a resource selector never selects anything, whatever objects there are. */
export type SelectorFault = {
  /** What it may have been meant to be; an empty namespace is any. @default - nothing that Karmada could send */
  readonly meant?: readonly Partial<ResourceSelectorSpec>[];
} & (
  | { readonly type: 'otherNamespace' }
  | { readonly type: 'neverPropagated'; readonly why: string; readonly field: 'apiVersion' | 'kind' | 'namespace' }
  | { readonly type: 'unknownKind'; readonly unknown: UnknownKind }
  | { readonly type: 'clusterScoped' }
  | { readonly type: 'needlessNamespace' }
  | { readonly type: 'brokenLabels'; readonly problem: LabelSelectorProblem }
);

/**
 * The most telling fault of a selector.
 *
 * @see Karmada v1.18.2 pkg/util/selector.go, ResourceSelectorPriority; pkg/detector/detector.go, EventFilter and
 *   LookForMatchedPolicy
 */
export function faultOf(
  { namespace }: PropagationPolicy | OverridePolicy,
  selector: ResourceSelectorSpec,
  kinds: KnownKinds,
): SelectorFault | undefined {
  const { apiVersion, kind, name, labelSelector } = selector;
  if (namespace && selector.namespace && selector.namespace !== namespace) {
    return { type: 'otherNamespace', meant: [{}, { namespace }] };
  }
  const neverOfKind = neverPropagated({ apiVersion, kind });
  if (neverOfKind !== undefined) {
    return { type: 'neverPropagated', why: neverOfKind, field: kind === 'Event' ? 'kind' : 'apiVersion' };
  }
  const unknown = kinds.unknown(selector);
  if (unknown) return { type: 'unknownKind', unknown, ...(unknown.meant && { meant: [unknown.meant] }) };
  if (kinds.isClusterScoped(selector)) {
    if (namespace) return { type: 'clusterScoped', meant: [{ namespace: '' }] };
    if (selector.namespace) return { type: 'needlessNamespace', meant: [{ namespace: '' }] };
  }
  const neverThere = neverPropagated({ apiVersion, kind, metadata: { namespace: selector.namespace || namespace } });
  if (neverThere !== undefined) return { type: 'neverPropagated', why: neverThere, field: 'namespace' };
  if (name || !labelSelector) return undefined;
  const problem = labelSelectorProblem(labelSelector);
  return problem && { type: 'brokenLabels', problem, meant: [{ labelSelector: {} }] };
}
