import { Construct } from 'constructs';
import type { Placement } from '../model/placement';
import type { OverridePolicy } from './override-policy';
import type { DerivedTemplates } from './policy-object';
import { Propagation, type PropagationProps } from './propagation';
import { placeOf } from './props';
import type { Selectable } from './selectable';

/** Props of {@link PropagationPolicy}. */
export interface PropagationPolicyProps extends PropagationProps {
  /** Override policies that must exist before Karmada propagates anything. @default - none */
  readonly dependentOverrides?: readonly (OverridePolicy | string)[];
}

/**
 * Places objects of one namespace, and divides their replicas.
 *
 * @example
 * ```ts
 * new PropagationPolicy(chart, 'web', { placement: Placement.duplicated('member1'), resources: [deployment, service] })
 * ```
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/propagation_types.go, PropagationPolicy
 */
export class PropagationPolicy extends Construct {
  readonly apiVersion = 'policy.karmada.io/v1alpha1';
  readonly kind = 'PropagationPolicy';
  readonly #propagation: Propagation;

  /** @throws ModelError `property.unknown`, `property.value`, `policy.placement`, `policy.priority`, `object.name` */
  constructor(scope: Construct, id: string, props: PropagationPolicyProps);
  /** @internal For the FederatedApp that derives the policy. */
  constructor(scope: Construct, id: string, props: PropagationPolicyProps, derived: DerivedTemplates);
  constructor(scope: Construct, id: string, props: PropagationPolicyProps, derived?: DerivedTemplates) {
    super(...placeOf(scope, id, new.target));
    this.#propagation = new Propagation(this, props, derived);
  }

  /** Name of the policy in the cluster. */
  get name(): string {
    return this.#propagation.name;
  }

  /** Namespace of the policy, and of every object that it can select. */
  get namespace(): string | undefined {
    return this.#propagation.namespace;
  }

  /** Where the objects go. */
  get placement(): Placement {
    return this.#propagation.placement;
  }

  /**
   * Sends more objects; may be called until synthesis. An object named twice is selected once.
   *
   * @throws ModelError `property.unknown` for a misspelled property of a plain selector
   */
  propagate(...resources: readonly Selectable[]): void {
    this.#propagation.select(...resources);
  }
}
