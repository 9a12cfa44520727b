import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import type { Manifest } from '../../kubernetes/manifest';
import { listOf, recordOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { type OverridePolicy, type PropagationPolicy, policyKey } from '../../planner/control-plane-state/policy';
import { neverPropagated } from '../../planner/matching/never-propagated';
import { SelectorIndex } from '../../planner/matching/selector-index';
import type { KnownKinds, UnknownKind } from './known-kinds';
import { type LabelSelectorProblem, labelSelectorProblem } from './label-selector-problem';

/** One entry of the `resourceSelectors` of a policy, of any of the four kinds. */
export interface PolicySelector {
  readonly policy: PropagationPolicy | OverridePolicy;
  readonly selector: ResourceSelectorSpec;
  /** Such as `spec.resourceSelectors[1]`. */
  readonly path: string;
  /** How many objects of the set it selects. */
  readonly selected: number;
  /** Why it never selects anything, whatever there is. @default - it may */
  readonly fault?: SelectorFault;
}

/** Every resource selector of a control plane, each compared once with the objects that it may select. */
export class PolicySelectors {
  readonly all: readonly PolicySelector[];
  /** What selectors with a fault would select without it, by namespace; those for any under the empty name. */
  readonly #meant = new Map<string, SelectorIndex<PolicySelector>>();

  constructor(controlPlane: ControlPlaneState, kinds: KnownKinds) {
    const entries: CountedSelector[] = [];
    const indexes = new Map<string, SelectorIndex<CountedSelector>>();
    for (const policy of [...controlPlane.propagationPolicies, ...controlPlane.overridePolicies]) {
      const index = indexes.get(policy.namespace) ?? new SelectorIndex<CountedSelector>();
      indexes.set(policy.namespace, index);
      for (const [position, selector] of listOf<ResourceSelectorSpec>(policy.spec.resourceSelectors).entries()) {
        if (!isReadable(selector)) continue;
        const fault = faultOf(policy, selector, kinds);
        const path = `spec.resourceSelectors[${position}]`;
        const entry: CountedSelector = { policy, selector, path, selected: 0, ...(fault && { fault }) };
        entries.push(entry);
        if (fault) this.#addMeant(entry, fault);
        else index.add(entry, [selector]);
      }
    }
    for (const { object } of controlPlane.templates) {
      const namespace = object.metadata?.namespace;
      for (const index of [namespace ? indexes.get(namespace) : undefined, indexes.get('')]) {
        for (const { owner } of index?.matchesOf(object) ?? []) owner.selected += 1;
      }
    }
    this.all = entries;
  }

  /** The selectors of propagation policies that would select an object if they had not a fault. */
  meaning({ object }: Manifest): readonly PolicySelector[] {
    const namespaces = object.metadata?.namespace ? [object.metadata.namespace, ''] : [''];
    return namespaces.flatMap((each) => this.#meant.get(each)?.matchesOf(object) ?? []).map(({ owner }) => owner);
  }

  #addMeant(entry: PolicySelector, fault: SelectorFault): void {
    if (!fault.meant || isOverride(entry.policy)) return;
    const { policy, selector } = entry;
    const namespace = selector.namespace || policy.namespace;
    for (const each of fault.meant) {
      const meant = { ...selector, namespace, ...each };
      const index = this.#meant.get(meant.namespace) ?? new SelectorIndex<PolicySelector>();
      this.#meant.set(meant.namespace, index);
      index.add(entry, [meant]);
    }
  }
}

interface CountedSelector extends PolicySelector {
  selected: number;
}

function isReadable(selector: unknown): boolean {
  const record = recordOf(selector);
  return typeof record?.['apiVersion'] === 'string' && typeof record['kind'] === 'string';
}

/** Whether a policy changes objects instead of sending them. */
export function isOverride(policy: PropagationPolicy | OverridePolicy): policy is OverridePolicy {
  return policy.kind === 'OverridePolicy' || policy.kind === 'ClusterOverridePolicy';
}

/** Common cause of findings about one selector. */
export function selectorCause({ policy, path }: PolicySelector): string {
  return `${path} of ${policyKey(policy)}`;
}

/** What a selector selects, as text: `Deployment "pipy"`, or `objects of kind ConfigMap with app: pipy`. */
export function selectorText({ kind, name, labelSelector }: ResourceSelectorSpec): string {
  if (name) return `${kind} "${name}"`;
  const labels = Object.entries(recordOf(labelSelector?.matchLabels) ?? {}).map(([key, value]) => `${key}: ${value}`);
  const what = `objects of kind ${kind}`;
  if (labels.length > 0) return `${what} labelled ${labels.join(', ')}`;
  return labelSelector ? `${what} by label` : what;
}

/** The reason why a resource selector never selects anything. */
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
