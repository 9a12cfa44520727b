import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PropagationSpec, ResourceSelectorSpec } from '../karmada/policy-spec';
import type { Placement } from '../model/placement';
import { checkProperties } from '../problem/check-properties';
import type { Problem } from '../problem/problem';
import { constructName } from './construct-error';
import { objectBehind } from './object-identity';
import {
  checkPlacementGiven,
  checkPropagationOptions,
  type PropagationOptions,
  propagationOptionNames,
} from './propagation-options';
import { replicaProblems } from './replicas';
import { describeResource, type Selectable, withinPolicy } from './selectable';

/** What PropagationPolicy and ClusterPropagationPolicy are made from, beside the overrides they wait for. */
export interface PropagationProps extends PropagationOptions {
  /** Name, namespace, labels, annotations. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata;
  /** Where the objects go, and how many replicas to each cluster. */
  readonly placement: Placement;
  /** Objects to send. @default - none yet; add them with `propagate()` before synthesis */
  readonly resources?: readonly Selectable[];
  /**
   * @deprecated Karmada reads it no longer.
   * @default - absent
   */
  readonly association?: boolean;
}

/** What a policy learns no earlier than at synthesis, from the FederatedApp that derives it. */
export interface LatePropagation {
  resources(): readonly ResourceSelectorSpec[];
  /** Whether the objects refer to others that the policy does not select. */
  propagateDeps(): boolean;
}

/** The props of either policy: each waits for override policies of its own scope. */
type PolicyProps = PropagationProps & { readonly dependentOverrides?: readonly (string | { readonly name: string })[] };

const propertyNames = [
  ...propagationOptionNames,
  ...Object.keys({
    metadata: true,
    placement: true,
    resources: true,
    association: true,
    dependentOverrides: true,
  } satisfies Record<Exclude<keyof PolicyProps, keyof PropagationOptions>, true>),
];

/** The props that are written as they were given. */
type PlainProps = Omit<
  PolicyProps,
  'metadata' | 'placement' | 'resources' | 'dependentOverrides' | 'failover' | 'suspension' | 'schedulePriority'
>;

/** What the two propagation policies have in common: their spec and the checks on it. */
export class Propagation {
  readonly placement: Placement;
  readonly #plain: PlainProps;
  readonly #dependentOverrides: readonly (string | { readonly name: string })[];
  readonly #failover: PolicyProps['failover'];
  readonly #suspension: PolicyProps['suspension'];
  readonly #schedulePriority: PolicyProps['schedulePriority'];
  readonly #resources: Selectable[] = [];
  #late: LatePropagation | undefined;

  /** @param owner - the policy construct, which messages name */
  constructor(owner: Construct, props: PolicyProps) {
    checkProperties(props, propertyNames, () => constructName(owner));
    checkPropagationOptions(owner, props);
    checkPlacementGiven(owner, props.placement);
    const {
      metadata: _metadata,
      placement,
      resources,
      dependentOverrides,
      failover,
      suspension,
      schedulePriority,
      ...plain
    } = props;
    this.placement = placement;
    this.#plain = plain;
    this.#dependentOverrides = dependentOverrides?.length ? [...dependentOverrides] : none;
    this.#failover = failover;
    this.#suspension = suspension;
    this.#schedulePriority = schedulePriority && { ...schedulePriority };
    if (resources !== undefined) this.propagate(...resources);
  }

  propagate(...resources: readonly Selectable[]): void {
    // Asked now for its errors alone, while the call that is to blame is on the stack.
    for (const resource of resources) describeResource(resource);
    this.#resources.push(...resources);
  }

  deriveFrom(late: LatePropagation): void {
    this.#late = late;
  }

  /** @param namespace - of the policy; undefined where the policy is cluster-scoped */
  selectors(namespace: string | undefined): ResourceSelectorSpec[] {
    const late = this.#late?.resources() ?? [];
    const given = this.#resources.map((resource) => describeResource(resource));
    if (given.length === 0) return late.map((selector) => withinPolicy(selector, namespace));
    const selectors = [...late, ...given].map((selector) => withinPolicy(selector, namespace));
    return [...new Map(selectors.map((selector) => [JSON.stringify(selector), selector])).values()];
  }

  toSpec(namespace: string | undefined): PropagationSpec {
    const spec: { -readonly [Field in keyof PropagationSpec]: PropagationSpec[Field] } = {
      ...this.#plain,
    };
    if (spec.propagateDeps === undefined && this.#late?.propagateDeps()) spec.propagateDeps = true;
    spec.resourceSelectors = this.selectors(namespace);
    spec.placement = this.placement.toSpec();
    if (this.#dependentOverrides.length > 0) {
      spec.dependentOverrides = this.#dependentOverrides.map((one) => (typeof one === 'string' ? one : one.name));
    }
    if (this.#failover) spec.failover = this.#failover.toSpec();
    if (this.#suspension) spec.suspension = this.#suspension.toSpec();
    if (this.#schedulePriority) {
      spec.schedulePriority = { priorityClassSource: 'KubePriorityClass', ...this.#schedulePriority };
    }
    return spec;
  }

  /** What is wrong at synthesis, whatever the scope of the policy. */
  problems(selectors: readonly ResourceSelectorSpec[]): Problem[] {
    const problems: Problem[] = [];
    const { preemption, propagateDeps } = this.#plain;
    if (selectors.length === 0) {
      problems.push({
        code: 'policy.resources',
        message: 'the policy selects nothing',
        why: 'Karmada refuses a policy without resourceSelectors',
        fix: 'pass the objects as `resources`, or call `propagate()` before synthesis',
      });
    }
    for (const object of this.#resources.map(objectBehind)) {
      if (object) problems.push(...replicaProblems(object, () => object.toJson(), this.placement));
    }
    const nameless = selectors.find((selector) => !selector.name);
    if (preemption === 'Always' && nameless) {
      problems.push({
        code: 'policy.preemption',
        message: `preemption is "Always", but the selector of kind ${nameless.kind} has no name`,
        why: 'Karmada lets a policy take objects from another one by name only',
        fix: 'select each object by name, or leave preemption out',
      });
    }
    if (this.#failover?.needsPropagateDeps && (propagateDeps ?? this.#late?.propagateDeps()) !== true) {
      problems.push({
        code: 'policy.propagateDeps',
        message: 'failover of the application is set, but propagateDeps is not true',
        why: 'Karmada refuses it: a workload that moves would leave its ConfigMaps and Secrets behind',
        fix: 'set propagateDeps: true',
      });
    }
    return problems;
  }
}

const none: readonly never[] = [];
