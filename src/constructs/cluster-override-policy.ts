import { Construct } from 'constructs';
import type { Override } from '../model/override';
import { type DerivedOverride, Overriding, type OverridingProps } from './overriding';
import { placeOf } from './props';
import type { Selectable } from './selectable';

/** Props of {@link ClusterOverridePolicy}. */
export interface ClusterOverridePolicyProps extends OverridingProps {}

/**
 * Edits the copies of cluster-scoped objects, or of objects of any namespace, for some clusters.
 * Karmada applies it before the OverridePolicies of the namespace.
 *
 * @example
 * ```ts
 * new ClusterOverridePolicy(chart, 'web', { resources: [clusterRole], overrideRules: [fleet.in('member3').labels({ tier: 'edge' })] })
 * ```
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/override_types.go, ClusterOverridePolicy
 */
export class ClusterOverridePolicy extends Construct {
  readonly apiVersion = 'policy.karmada.io/v1alpha1';
  readonly kind = 'ClusterOverridePolicy';
  readonly #overriding: Overriding;

  /** @throws ModelError `property.unknown`, `override.rule`, `object.name`, `object.clusterScoped` */
  constructor(scope: Construct, id: string, props: ClusterOverridePolicyProps);
  /** @internal For the FederatedApp that derives the policy. */
  constructor(scope: Construct, id: string, props: ClusterOverridePolicyProps, derived: DerivedOverride);
  constructor(scope: Construct, id: string, props: ClusterOverridePolicyProps, derived?: DerivedOverride) {
    super(...placeOf(scope, id, new.target));
    this.#overriding = new Overriding(this, props, derived);
  }

  /** Name of the policy in the cluster. */
  get name(): string {
    return this.#overriding.name;
  }

  /**
   * Edits more objects; may be called until synthesis.
   *
   * @throws ModelError `property.unknown` for a misspelled property of a plain selector
   */
  select(...resources: readonly Selectable[]): void {
    this.#overriding.select(...resources);
  }

  /** Adds an edit after the existing ones; may be called until synthesis. */
  addRule(override: Override): void {
    this.#overriding.addRule(override);
  }
}
