import { type ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { Override } from '../model/override';
import type { Problem } from '../problem/problem';
import { authoredObject } from './authored-object';
import { type LateOverriding, Overriding, type OverridingProps } from './overriding';
import { reachProblems, type Selectable } from './selectable';

/** What an {@link OverridePolicy} is made from. */
export interface OverridePolicyProps extends OverridingProps {}

/**
 * Edits objects of one namespace on their way to some clusters.
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
  readonly #object: ApiObject;

  /** @throws ModelError `property.unknown`, `override.rule`, `object.name` */
  constructor(scope: Construct, id: string, props: OverridePolicyProps) {
    super(scope, id);
    this.#overriding = new Overriding(this, props);
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Namespaced',
      metadata: props.metadata,
      // Late, so that rules may be added until synthesis.
      fields: { spec: Lazy.any({ produce: () => this.#overriding.toSpec(this.namespace) }) },
      problems: () => this.#problems(),
      revision: () => JSON.stringify(this.#overriding.toSpec(this.namespace)),
    });
  }

  /** Name of the policy in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  /** Namespace of the policy, and of every object it can edit. */
  get namespace(): string | undefined {
    return this.#object.metadata.namespace;
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
    const selectors = this.#overriding.selectors(this.namespace);
    return [...this.#overriding.problems(), ...reachProblems(selectors, 'OverridePolicy', this.namespace)];
  }
}
