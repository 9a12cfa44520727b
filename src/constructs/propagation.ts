import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Failover } from '../model/failover';
import { checkKnownProperties, checkOneOf } from '../model/known-properties';
import { Placement } from '../model/placement';
import type { PropagationSpec, ResourceSelectorSpec } from '../model/propagation-spec';
import type { Suspension } from '../model/suspension';
import { constructError, constructName, type Problem } from './construct-error';
import { type Selectable, selectorSpec } from './selectable';

/** How a policy treats the objects it selects: everything of its spec but the selectors and the placement. */
export interface PropagationOptions {
  /** Send what the objects refer to as well: ConfigMaps, Secrets, ServiceAccounts, volume claims. @default false */
  readonly propagateDeps?: boolean;
  /** Which policy claims an object that several select: the higher number wins; may be negative. @default 0 */
  readonly priority?: number;
  /** Whether the policy takes objects that another one has claimed; needs the gate PropagationPolicyPreemption. @default 'Never' */
  readonly preemption?: 'Always' | 'Never';
  /** The scheduler that handles the objects; cannot be changed later. @default 'default-scheduler' */
  readonly schedulerName?: string;
  /** What happens when a cluster, or the application in it, fails. @default - nothing is moved */
  readonly failover?: Failover;
  /** What happens when a cluster already has the object. @default 'Abort': it is left alone */
  readonly conflictResolution?: 'Abort' | 'Overwrite';
  /** `Lazy`: a change of the policy waits until the object itself changes. @default - at once */
  readonly activationPreference?: 'Lazy';
  /** Stops sending changes, to all clusters or to some. @default - nothing is suspended */
  readonly suspension?: Suspension;
  /** Keep the copies in the clusters when the object is deleted. @default false */
  readonly preserveResourcesOnDeletion?: boolean;
  /** Place in the scheduler's queue; needs the gate PriorityBasedScheduling. @default - first come, first served */
  readonly schedulePriority?: SchedulePriority;
}

/** A Kubernetes PriorityClass, by name. */
export interface SchedulePriority {
  /** Name of a PriorityClass in the Karmada control plane. */
  readonly priorityClassName: string;
  /** Kind of that class; Karmada knows one. @default 'KubePriorityClass' */
  readonly priorityClassSource?: 'KubePriorityClass';
}

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
  resources(): readonly Selectable[];
  /** Whether the objects refer to others that the policy does not select. */
  propagateDeps(): boolean;
}

/** The props of either policy: each waits for override policies of its own scope. */
type PolicyProps = PropagationProps & { readonly dependentOverrides?: readonly (string | { readonly name: string })[] };

const optionProperties = {
  propagateDeps: true,
  priority: true,
  preemption: true,
  schedulerName: true,
  failover: true,
  conflictResolution: true,
  activationPreference: true,
  suspension: true,
  preserveResourcesOnDeletion: true,
  schedulePriority: true,
} satisfies Record<keyof PropagationOptions, true>;

/** Names of the {@link PropagationOptions}, for checks of untyped props. */
export const propagationOptionNames: readonly string[] = Object.keys(optionProperties);

const propertyNames = Object.keys({
  ...optionProperties,
  metadata: true,
  placement: true,
  resources: true,
  association: true,
  dependentOverrides: true,
} satisfies Record<keyof PolicyProps, true>);

/** What the two propagation policies have in common: their spec and the checks on it. */
export class Propagation {
  readonly #props: PolicyProps;
  readonly #resources: Selectable[] = [];
  #late: LatePropagation | undefined;

  /** @param owner - the policy construct, which messages name */
  constructor(owner: Construct, props: PolicyProps) {
    checkKnownProperties(props, propertyNames, constructName(owner));
    checkPropagationOptions(owner, props);
    checkPlacementGiven(owner, props.placement);
    this.#props = { ...props, dependentOverrides: [...(props.dependentOverrides ?? [])] };
    this.propagate(...(props.resources ?? []));
  }

  get placement(): Placement {
    return this.#props.placement;
  }

  propagate(...resources: readonly Selectable[]): void {
    // Asked now for its errors alone, while the call that is to blame is on the stack.
    for (const resource of resources) selectorSpec(resource, undefined);
    this.#resources.push(...resources);
  }

  deriveFrom(late: LatePropagation): void {
    this.#late = late;
  }

  /** @param namespace - of the policy; undefined where the policy is cluster-scoped */
  selectors(namespace: string | undefined): ResourceSelectorSpec[] {
    const seen = new Set<string>();
    const selectors: ResourceSelectorSpec[] = [];
    for (const resource of [...(this.#late?.resources() ?? []), ...this.#resources]) {
      const selector = selectorSpec(resource, namespace);
      const key = JSON.stringify(selector);
      if (!seen.has(key)) selectors.push(selector);
      seen.add(key);
    }
    return selectors;
  }

  toSpec(namespace: string | undefined): PropagationSpec {
    const { placement, dependentOverrides = [], failover, suspension, schedulePriority, ...rest } = this.#props;
    const { metadata: _metadata, resources: _resources, ...plain } = rest;
    const propagateDeps = plain.propagateDeps ?? (this.#late?.propagateDeps() || undefined);
    return {
      ...plain,
      ...(propagateDeps !== undefined && { propagateDeps }),
      resourceSelectors: this.selectors(namespace),
      placement: placement.toSpec(),
      ...(dependentOverrides.length > 0 && {
        dependentOverrides: dependentOverrides.map((override) =>
          typeof override === 'string' ? override : override.name,
        ),
      }),
      ...(failover && { failover: failover.toSpec() }),
      ...(suspension && { suspension: suspension.toSpec() }),
      ...(schedulePriority && {
        schedulePriority: { priorityClassSource: 'KubePriorityClass', ...schedulePriority },
      }),
    };
  }

  /** What is wrong at synthesis, whatever the scope of the policy. */
  problems(selectors: readonly ResourceSelectorSpec[]): Problem[] {
    const problems: Problem[] = [];
    const { preemption, failover, propagateDeps } = this.#props;
    if (selectors.length === 0) {
      problems.push({
        what: 'the policy selects nothing',
        why: 'Karmada refuses a policy without resourceSelectors',
        fix: 'pass the objects as `resources`, or call `propagate()` before synthesis',
      });
    }
    const nameless = selectors.find((selector) => !selector.name);
    if (preemption === 'Always' && nameless) {
      problems.push({
        what: `preemption is "Always", but the selector of kind ${nameless.kind} has no name`,
        why: 'Karmada lets a policy take objects from another one by name only',
        fix: 'select each object by name, or leave preemption out',
      });
    }
    if (failover?.needsPropagateDeps && (propagateDeps ?? this.#late?.propagateDeps()) !== true) {
      problems.push({
        what: 'failover of the application is set, but propagateDeps is not true',
        why: 'Karmada refuses it: a workload that moves would leave its ConfigMaps and Secrets behind',
        fix: 'set propagateDeps: true',
      });
    }
    return problems;
  }
}

/**
 * Refuses a missing placement, and what is none, for authors in plain JavaScript.
 *
 * @throws ModelError `policy.placement`
 */
export function checkPlacementGiven(owner: Construct, placement: unknown): void {
  if (placement instanceof Placement) return;
  throw constructError(owner, 'policy.placement', {
    what: placement === undefined ? 'placement is missing' : 'placement is not a Placement',
    why: 'Karmada would send the objects to every cluster, each with all replicas',
    fix: 'say where they go, such as Placement.duplicated("member1") or fleet.weighted({ member1: 1 })',
  });
}

/**
 * Refuses what the types would, for authors in plain JavaScript, and numbers that Karmada cannot store.
 *
 * @throws ModelError `property.value`, `property.unknown`, `policy.priority`
 */
export function checkPropagationOptions(owner: Construct, options: PropagationOptions): void {
  const name = constructName(owner);
  const { preemption, conflictResolution, activationPreference, schedulePriority, priority } = options;
  if (preemption !== undefined) checkOneOf(preemption, ['Always', 'Never'], `preemption of ${name}`);
  if (conflictResolution !== undefined) {
    checkOneOf(conflictResolution, ['Abort', 'Overwrite'], `conflictResolution of ${name}`);
  }
  if (activationPreference !== undefined) checkOneOf(activationPreference, ['Lazy'], `activationPreference of ${name}`);
  if (schedulePriority !== undefined) {
    const { priorityClassSource = 'KubePriorityClass' } = schedulePriority;
    checkKnownProperties(schedulePriority, ['priorityClassName', 'priorityClassSource'], `schedulePriority of ${name}`);
    checkOneOf(priorityClassSource, ['KubePriorityClass'], `priorityClassSource of ${name}`);
  }
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= -(2 ** 31) && priority < 2 ** 31)) {
    throw constructError(owner, 'policy.priority', {
      what: `priority is ${priority}`,
      why: 'Karmada stores it as a 32-bit whole number',
      fix: 'use a whole number between -2147483648 and 2147483647',
    });
  }
}
