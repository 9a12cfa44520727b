import { Construct } from 'constructs';
import type { Placement } from '../model/placement';
import type { ClusterOverridePolicy } from './cluster-override-policy';
import type { DerivedTemplates } from './policy-object';
import { Propagation, type PropagationProps } from './propagation';
import { placeOf } from './props';
import type { Selectable } from './selectable';

/** Props of {@link ClusterPropagationPolicy}. */
export interface ClusterPropagationPolicyProps extends PropagationProps {
  /** Cluster override policies that must exist before Karmada propagates anything. @default - none */
  readonly dependentOverrides?: readonly (ClusterOverridePolicy | string)[];
}

/**
 * Places cluster-scoped objects, or objects of any namespace.
 * A PropagationPolicy of an object's namespace takes precedence, whatever the priorities.
 *
 * @example
 * ```ts
 * new ClusterPropagationPolicy(chart, 'crds', { placement: Placement.duplicated('member1'), resources: [crd] })
 * ```
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/propagation_types.go, ClusterPropagationPolicy
 */
export class ClusterPropagationPolicy extends Construct {
  readonly apiVersion = 'policy.karmada.io/v1alpha1';
  readonly kind = 'ClusterPropagationPolicy';
  readonly #propagation: Propagation;

  /**
   * @throws ModelError `property.unknown`, `property.value`, `policy.placement`, `policy.priority`, `object.name`,
   * `object.clusterScoped`
   */
  constructor(scope: Construct, id: string, props: ClusterPropagationPolicyProps);
  /** @internal For the FederatedApp that derives the policy. */
  constructor(scope: Construct, id: string, props: ClusterPropagationPolicyProps, derived: DerivedTemplates);
  constructor(scope: Construct, id: string, props: ClusterPropagationPolicyProps, derived?: DerivedTemplates) {
    super(...placeOf(scope, id, new.target));
    this.#propagation = new Propagation(this, props, derived);
  }

  /** Name of the policy in the cluster. */
  get name(): string {
    return this.#propagation.name;
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
