import { Construct } from 'constructs';
import type { Override } from '../model/override';
import { type DerivedOverride, Overriding, type OverridingProps } from './overriding';
import { placeOf } from './props';
import type { Selectable } from './selectable';

/** Props of {@link OverridePolicy}. */
export interface OverridePolicyProps extends OverridingProps {}

/**
 * Edits the copies of objects of one namespace for some clusters.
 *
 * @example
 * ```ts
 * new OverridePolicy(chart, 'web', { resources: [deployment], overrideRules: [fleet.in('member3').image({ tag: 'edge' })] })
 * ```
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/override_types.go, OverridePolicy
 */
export class OverridePolicy extends Construct {
  readonly apiVersion = 'policy.karmada.io/v1alpha1';
  readonly kind = 'OverridePolicy';
  readonly #overriding: Overriding;

  /** @throws ModelError `property.unknown`, `override.rule`, `object.name` */
  constructor(scope: Construct, id: string, props: OverridePolicyProps);
  /** @internal For the FederatedApp that derives the policy. */
  constructor(scope: Construct, id: string, props: OverridePolicyProps, derived: DerivedOverride);
  constructor(scope: Construct, id: string, props: OverridePolicyProps, derived?: DerivedOverride) {
    super(...placeOf(scope, id, new.target));
    this.#overriding = new Overriding(this, props, derived);
  }

  /** Name of the policy in the cluster. */
  get name(): string {
    return this.#overriding.name;
  }

  /** Namespace of the policy, and of every object that it can edit. */
  get namespace(): string | undefined {
    return this.#overriding.namespace;
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
