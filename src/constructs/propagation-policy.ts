import { type ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { Placement } from '../model/placement';
import type { Problem } from '../problem/problem';
import { authoredObject } from './authored-object';
import type { OverridePolicy } from './override-policy';
import { type LatePropagation, Propagation, type PropagationProps } from './propagation';
import { reachProblems, type Selectable } from './selectable';

/** What a {@link PropagationPolicy} is made from. */
export interface PropagationPolicyProps extends PropagationProps {
  /** Override policies that must exist before Karmada sends anything. @default - it waits for none */
  readonly dependentOverrides?: readonly (OverridePolicy | string)[];
}

/**
 * Says where objects of one namespace go, and how their replicas are divided.
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
  readonly #dependentOverrides: readonly (OverridePolicy | string)[];
  readonly #object: ApiObject;

  /** @throws ModelError `property.unknown`, `property.value`, `policy.placement`, `policy.priority`, `object.name` */
  constructor(scope: Construct, id: string, props: PropagationPolicyProps) {
    super(scope, id);
    this.#propagation = new Propagation(this, props);
    this.#dependentOverrides = [...(props.dependentOverrides ?? [])];
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Namespaced',
      metadata: props.metadata,
      // Late, so that propagate() may be called until synthesis.
      fields: { spec: Lazy.any({ produce: () => this.#propagation.toSpec(this.namespace) }) },
      problems: () => this.#problems(),
      revision: () => JSON.stringify(this.#propagation.toSpec(this.namespace)),
    });
  }

  /** Name of the policy in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  /** Namespace of the policy, and of every object it can send. */
  get namespace(): string | undefined {
    return this.#object.metadata.namespace;
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
    this.#propagation.propagate(...resources);
  }

  /** @internal Reads the objects at synthesis, from the FederatedApp that derives this policy. */
  _deriveFrom(late: LatePropagation): void {
    this.#propagation.deriveFrom(late);
  }

  #problems(): Problem[] {
    const selectors = this.#propagation.selectors(this.namespace);
    const problems = this.#propagation.problems(selectors);
    problems.push(...reachProblems(selectors, 'PropagationPolicy', this.namespace));
    for (const override of this.#dependentOverrides) {
      if (typeof override === 'string' || override.namespace === this.namespace) continue;
      problems.push({
        code: 'policy.dependentOverrides',
        message: `dependentOverrides names OverridePolicy "${override.name}" of namespace "${override.namespace ?? ''}"`,
        why: 'Karmada looks for it in the namespace of the policy, and would wait for ever',
        fix: `make the override in namespace "${this.namespace ?? ''}"`,
      });
    }
    return problems;
  }
}
