import { type ApiObject, type ApiObjectMetadata, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ResourceSelectorSpec } from '../karmada/policy-spec';
import { plainCopy } from '../kubernetes/plain-copy';
import { knownScope } from '../kubernetes/scope';
import type { Problem } from '../problem/problem';
import { checkValue } from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructName } from './construct-error';
import type { Template } from './federated-app/template';
import { resource as resourceKind } from './props';
import { describeResource, type Selectable } from './selectable';

/** A policy construct of either scope. */
export interface PolicyConstruct extends Construct {
  readonly apiVersion: string;
  readonly kind: 'PropagationPolicy' | 'ClusterPropagationPolicy' | 'OverridePolicy' | 'ClusterOverridePolicy';
}

/** The templates that a FederatedApp puts under a policy, as of now. */
export type DerivedTemplates = () => readonly Template[];

/** What the four policies have in common: an object whose selectors and spec may change until synthesis. */
export abstract class PolicyObject {
  /** What the author selected. */
  protected readonly resources: Selectable[] = [];
  #object!: ApiObject;

  /**
   * @param policy - the construct, which messages name
   * @param templates - selected in addition to those that the author passes to `select()`
   */
  constructor(
    protected readonly policy: PolicyConstruct,
    protected readonly templates: DerivedTemplates = () => [],
  ) {}

  /** Name of the policy in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  /** Undefined for a cluster-scoped policy. */
  get namespace(): string | undefined {
    return this.#object.metadata.namespace;
  }

  /** Selects more objects; may be called until synthesis. */
  select(...resources: readonly Selectable[]): void {
    // The descriptions are needed later; an error thrown now has the author's call on its stack.
    for (const resource of resources) {
      checkValue(resource, resourceKind, () => `an object for ${constructName(this.policy)}`);
      describeResource(resource);
      this.resources.push(plainCopy(resource));
    }
  }

  protected abstract toSpec(): object;

  /** Problems found at synthesis, apart from those of the selectors' scope. */
  protected abstract problems(selectors: readonly ResourceSelectorSpec[]): Problem[];

  /** Creates the object; last, so that a construct with wrong props has none. */
  protected create(metadata: ApiObjectMetadata | undefined): void {
    const { apiVersion, kind } = this.policy;
    this.#object = authoredObject(this.policy, {
      apiVersion,
      kind,
      scope: this.isClusterScoped ? 'Cluster' : 'Namespaced',
      metadata,
      fields: { spec: Lazy.any({ produce: () => this.toSpec() }) },
      problems: () => {
        const selectors = this.selectors();
        return [
          ...this.problems(selectors),
          ...selectors.flatMap((selector) => scopeProblems(selector, this.policy, this.namespace)),
        ];
      },
      revision: () => JSON.stringify(this.toSpec()),
    });
  }

  protected get isClusterScoped(): boolean {
    return this.policy.kind.startsWith('Cluster');
  }

  /** The templates come first. */
  protected selectors(): ResourceSelectorSpec[] {
    return [
      ...this.templates().map(({ apiVersion, kind, name }) => ({ apiVersion, kind, name })),
      ...this.resources.map((resource) => this.#withinPolicy(describeResource(resource))),
    ];
  }

  /**
   * A namespaced policy omits its own namespace, since Karmada fills it in. A cluster-scoped policy keeps the namespace
   * of an object: without one it would select objects of that name everywhere.
   */
  #withinPolicy(selector: ResourceSelectorSpec): ResourceSelectorSpec {
    const { namespace, ...rest } = selector;
    return this.isClusterScoped || namespace !== this.namespace ? selector : rest;
  }
}

/** Why a selector matches nothing: its scope or namespace is out of the policy's reach. */
function scopeProblems(
  selector: ResourceSelectorSpec,
  { kind: policy }: PolicyConstruct,
  policyNamespace = '',
): Problem[] {
  const { kind, name = '*', namespace } = selector;
  const isClusterPolicy = policy.startsWith('Cluster');
  const selectsClusterScoped = knownScope(selector) === 'cluster';
  if (selectsClusterScoped && !isClusterPolicy) {
    return [
      {
        code: 'policy.scope',
        message: `it selects ${kind} "${name}", which is cluster-scoped`,
        why: 'a namespaced policy reaches only objects of its own namespace, so it would never match',
        fix: `select it with a Cluster${policy}`,
      },
    ];
  }
  if (!namespace || (isClusterPolicy && !selectsClusterScoped)) return [];
  if (isClusterPolicy) {
    return [
      {
        code: 'policy.scope',
        message: `the selector of ${kind} "${name}" has namespace "${namespace}", but the kind is cluster-scoped`,
        why: 'objects of the kind have no namespace, so it would never match',
        fix: 'leave the namespace out of the selector',
      },
    ];
  }
  return [
    {
      code: 'policy.namespace',
      message: `it is in namespace "${policyNamespace}" and selects ${kind} "${name}" of namespace "${namespace}"`,
      why: 'Karmada refuses a namespaced policy that selects outside its own namespace',
      fix: `put a policy into namespace "${namespace}", or use a Cluster${policy}`,
    },
  ];
}
