import type { Construct } from 'constructs';
import { plainCopy } from '../kubernetes/plain-copy';
import { Failover } from '../model/failover';
import { Placement } from '../model/placement';
import { Suspension } from '../model/suspension';
import { anything, checkCopy, name, objectOf, oneOf, type ShapeOf } from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { constructError, constructName } from './construct-error';

/** How a policy treats the objects that it selects: its spec without the selectors and the placement. */
export interface PropagationOptions {
  /** Whether objects that the selected ones refer to are propagated too: ConfigMaps, Secrets, ServiceAccounts, volume claims. @default false */
  readonly propagateDeps?: boolean;
  /** If several policies select an object, the highest priority claims it; may be negative. @default 0 */
  readonly priority?: number;
  /** Whether the policy takes objects that another policy has claimed; needs the gate PropagationPolicyPreemption. @default 'Never' */
  readonly preemption?: 'Always' | 'Never';
  /** The scheduler that handles the objects; cannot be changed later. @default 'default-scheduler' */
  readonly schedulerName?: string;
  /** What happens when a cluster, or the application in it, fails. @default - nothing is moved */
  readonly failover?: Failover;
  /** What happens if a cluster already has the object. @default 'Abort': the object there is not changed */
  readonly conflictResolution?: 'Abort' | 'Overwrite';
  /** `Lazy`: a change of the policy waits until the object itself changes. @default - at once */
  readonly activationPreference?: 'Lazy';
  /** Stops sending changes, to all clusters or to some. @default - nothing is suspended */
  readonly suspension?: Suspension;
  /** Whether the copies in the clusters stay when the object is deleted. @default false */
  readonly preserveResourcesOnDeletion?: boolean;
  /** Place in the scheduler's queue; before Karmada 1.19 it needs the gate PriorityBasedScheduling. @default - first come, first served */
  readonly schedulePriority?: SchedulePriority;
}

/** A Kubernetes PriorityClass, by name. */
export interface SchedulePriority {
  /** Name of a PriorityClass in the Karmada control plane. */
  readonly priorityClassName: string;
  /** Kind of that class; Karmada has one. @default 'KubePriorityClass' */
  readonly priorityClassSource?: 'KubePriorityClass';
}

/** Names of the {@link PropagationOptions}, for checks of untyped props. */
export const propagationOptions = {
  priority: anything,
  preemption: oneOf(['Always', 'Never']),
  propagateDeps: anything,
  failover: anything,
  suspension: anything,
  conflictResolution: oneOf(['Abort', 'Overwrite']),
  activationPreference: oneOf(['Lazy']),
  preserveResourcesOnDeletion: anything,
  schedulerName: name,
  schedulePriority: objectOf(
    {
      priorityClassName: name,
      priorityClassSource: oneOf(['KubePriorityClass']),
    } satisfies ShapeOf<SchedulePriority>,
    ['priorityClassName'],
  ),
} satisfies ShapeOf<PropagationOptions>;

const optionNames = Object.keys(propagationOptions) as readonly (keyof PropagationOptions)[];

/** A copy of the given options, without other props. */
export function givenOptions(props: PropagationOptions): PropagationOptions {
  const given = optionNames.filter((option) => props[option] !== undefined);
  return Object.fromEntries(given.map((option) => [option, plainCopy(props[option])]));
}

/**
 * Refuses a missing placement, and anything but a Placement, for authors in plain JavaScript.
 *
 * @throws ModelError `policy.placement`
 */
export function checkPlacementGiven(owner: Construct, placement: unknown): void {
  if (placement instanceof Placement) return;
  checkCopy(placement, Placement, () => `placement of ${constructName(owner)}`);
  throw constructError(owner, {
    code: 'policy.placement',
    message: placement === undefined ? 'placement is missing' : 'placement is not a Placement',
    why: 'Karmada would send the objects to every cluster, each with all replicas',
    fix: 'say where they go, such as Placement.duplicated("member1") or fleet.weighted({ member1: 1 })',
  });
}

/**
 * Refuses values of other types, for authors in plain JavaScript, and numbers that Karmada cannot store.
 *
 * @throws ModelError `property.value`, `property.unknown`, `policy.priority`
 */
export function checkPropagationOptions(owner: Construct, options: PropagationOptions): void {
  const { priority } = options;
  checkBoolean(owner, 'propagateDeps', options.propagateDeps);
  checkBoolean(owner, 'preserveResourcesOnDeletion', options.preserveResourcesOnDeletion);
  checkMadeBy(owner, 'failover', options.failover, Failover, 'Failover.of({ cluster: {} })');
  checkMadeBy(owner, 'suspension', options.suspension, Suspension, 'Suspension.everywhere()');
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= -(2 ** 31) && priority < 2 ** 31)) {
    throw constructError(owner, {
      code: 'policy.priority',
      message: `priority is ${quoted(priority)}`,
      why: 'Karmada stores it as a 32-bit whole number',
      fix: 'use a whole number between -2147483648 and 2147483647',
    });
  }
}

function checkMadeBy(
  owner: Construct,
  property: string,
  value: unknown,
  type: typeof Failover | typeof Suspension,
  example: string,
): void {
  if (value === undefined || value instanceof type) return;
  checkCopy(value, type, () => `${property} of ${constructName(owner)}`);
  throw constructError(owner, {
    code: `policy.${property}`,
    message: `${property} is not a ${type.name}`,
    why: 'its factories make sure that Karmada accepts the value',
    fix: `write it like ${example}`,
  });
}

function checkBoolean(owner: Construct, property: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  throw constructError(owner, {
    code: `policy.${property}`,
    message: `${property} is ${quoted(value)}`,
    why: 'Karmada takes true or false',
    fix: `write true, or leave ${property} out`,
  });
}
