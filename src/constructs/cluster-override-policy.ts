import { type ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { Override } from '../model/override';
import type { Problem } from '../problem/problem';
import { authoredObject } from './authored-object';
import { type LateOverriding, Overriding, type OverridingProps } from './overriding';
import { namespaceProblems, type Selectable } from './selectable';

/** What an {@link ClusterOverridePolicy} is made from. */
export interface ClusterOverridePolicyProps extends OverridingProps {}

/**
 * Edits objects of any namespace, or outside all of them, on their way to some clusters.
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
  readonly #object: ApiObject;

  /** @throws ModelError `property.unknown`, `override.rule`, `object.name`, `object.clusterScoped` */
  constructor(scope: Construct, id: string, props: ClusterOverridePolicyProps) {
    super(scope, id);
    this.#overriding = new Overriding(this, props);
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Cluster',
      metadata: props.metadata,
      // Late, so that rules may be added until synthesis.
      fields: { spec: Lazy.any({ produce: () => this.#overriding.toSpec(undefined) }) },
      problems: () => this.#problems(),
      revision: () => JSON.stringify(this.#overriding.toSpec(undefined)),
    });
  }

  /** Name of the policy in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  /**
   * Edits more objects; may be called until synthesis.
   *
   * @throws ModelError `property.unknown` for a misspelled property of a plain selector
   */
  select(...resources: readonly Selectable[]): void {
    this.#overriding.select(...resources);
  }

  /** Adds an edit after those there are; may be called until synthesis. */
  addRule(override: Override): void {
    this.#overriding.addRule(override);
  }

  /** @internal Reads objects and rules at synthesis, from the FederatedApp that derives this policy. */
  _deriveFrom(late: LateOverriding): void {
    this.#overriding.deriveFrom(late);
  }

  #problems(): Problem[] {
    return [...this.#overriding.problems(), ...namespaceProblems(this.#overriding.selectors(undefined))];
  }
}
