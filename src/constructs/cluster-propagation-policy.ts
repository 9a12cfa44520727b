import { type ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { Placement } from '../model/placement';
import type { Problem } from '../problem/problem';
import { authoredObject } from './authored-object';
import type { ClusterOverridePolicy } from './cluster-override-policy';
import { type LatePropagation, Propagation, type PropagationProps } from './propagation';
import { namespaceProblems, type Selectable } from './selectable';

/** What a {@link ClusterPropagationPolicy} is made from. */
export interface ClusterPropagationPolicyProps extends PropagationProps {
  /** Cluster override policies that must exist before Karmada sends anything. @default - it waits for none */
  readonly dependentOverrides?: readonly (ClusterOverridePolicy | string)[];
}

/**
 * Says where cluster-scoped objects go, or objects of any namespace.
 * An object that a PropagationPolicy of its namespace selects as well belongs to that one, whatever the priorities.
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
  readonly #object: ApiObject;

  /**
   * @throws ModelError `property.unknown`, `property.value`, `policy.placement`, `policy.priority`, `object.name`,
   * `object.clusterScoped`
   */
  constructor(scope: Construct, id: string, props: ClusterPropagationPolicyProps) {
    super(scope, id);
    this.#propagation = new Propagation(this, props);
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Cluster',
      metadata: props.metadata,
      // Late, so that propagate() may be called until synthesis.
      fields: { spec: Lazy.any({ produce: () => this.#propagation.toSpec(undefined) }) },
      problems: () => this.#problems(),
      revision: () => JSON.stringify(this.#propagation.toSpec(undefined)),
    });
  }

  /** Name of the policy in the cluster. */
  get name(): string {
    return this.#object.name;
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
    const selectors = this.#propagation.selectors(undefined);
    return [...this.#propagation.problems(selectors), ...namespaceProblems(selectors)];
  }
}
