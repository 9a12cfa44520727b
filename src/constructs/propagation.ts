import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { PropagationSpec, ResourceSelectorSpec } from '../karmada/policy-spec';
import { refersOutside } from '../kubernetes/followed-references';
import type { KubernetesObject } from '../kubernetes/object';
import { nativeReplicas } from '../kubernetes/replicas';
import type { Placement } from '../model/placement';
import type { Problem } from '../problem/problem';
import { isRecord } from '../problem/record';
import { anything, either, flag, isWord, kindOf, listOf, name, type ShapeOf } from '../problem/value-kinds';
import { objectBehind } from './object-identity';
import { type DerivedTemplates, type PolicyConstruct, PolicyObject } from './policy-object';
import {
  checkPlacementGiven,
  checkPropagationOptions,
  type PropagationOptions,
  propagationOptions,
} from './propagation-options';
import { checkProps, metadata, propsOf, resource } from './props';
import type { Selectable } from './selectable';

/** Props of both PropagationPolicy and ClusterPropagationPolicy. */
export interface PropagationProps extends PropagationOptions {
  /** Name, namespace, labels, annotations. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata;
  /** Where the objects go, and how many replicas to each cluster. */
  readonly placement: Placement;
  /** Objects to send. @default - none yet; add them with `propagate()` before synthesis */
  readonly resources?: readonly Selectable[];
  /**
   * @deprecated Karmada reads it no longer.
   * @default - absent
   */
  readonly association?: boolean;
}

/** The props of either policy. Each can depend on override policies of its own scope. */
type PolicyProps = PropagationProps & {
  readonly dependentOverrides?: readonly (
    | string
    | { readonly name: string; readonly namespace?: string | undefined }
  )[];
};

/** What `dependentOverrides` names: an override policy, or its name. */
export const overrideName = either(
  name,
  kindOf(
    'an override policy or its name',
    'pass the policy itself, or its name',
    (value) =>
      isRecord(value) && isWord(value['name']) && (value['namespace'] === undefined || isWord(value['namespace'])),
  ),
);

const propsKind = propsOf({
  placement: anything,
  resources: listOf(resource),
  ...propagationOptions,
  dependentOverrides: listOf(overrideName),
  association: flag,
  metadata,
} satisfies ShapeOf<PolicyProps>);

/** The fields of the spec that are made from props of another type. */
type ConvertedFields = Pick<
  PropagationSpec,
  'placement' | 'dependentOverrides' | 'failover' | 'suspension' | 'schedulePriority'
>;

/** The object behind the two propagation policies: their spec and the checks on it. */
export class Propagation extends PolicyObject {
  readonly placement: Placement;
  /** The props that are written as they were given. */
  readonly #plain: Omit<PropagationSpec, keyof ConvertedFields>;
  readonly #converted: ConvertedFields;
  readonly #dependentOverrides: NonNullable<PolicyProps['dependentOverrides']>;
  readonly #needsPropagateDeps: boolean;

  constructor(policy: PolicyConstruct, props: PolicyProps, templates?: DerivedTemplates) {
    super(policy, templates);
    checkProps(policy, props, propsKind);
    checkPropagationOptions(policy, props);
    checkPlacementGiven(policy, props.placement);
    const { metadata, placement, resources = [], dependentOverrides = [], ...options } = props;
    const { failover, suspension, schedulePriority, ...plain } = options;
    this.placement = placement;
    this.#plain = plain;
    this.#dependentOverrides = [...dependentOverrides];
    this.#needsPropagateDeps = failover?.needsPropagateDeps ?? false;
    this.#converted = {
      placement: placement.toSpec(),
      ...(dependentOverrides.length > 0 && {
        dependentOverrides: dependentOverrides.map((one) => (typeof one === 'string' ? one : one.name)),
      }),
      ...(failover && { failover: failover.toSpec() }),
      ...(suspension && { suspension: suspension.toSpec() }),
      ...(schedulePriority && {
        schedulePriority: { priorityClassSource: 'KubePriorityClass', ...schedulePriority },
      }),
    };
    this.select(...resources);
    this.create(metadata);
  }

  protected toSpec(): PropagationSpec {
    const propagateDeps = this.#propagateDeps();
    return {
      ...this.#plain,
      ...(propagateDeps !== undefined && { propagateDeps }),
      resourceSelectors: this.selectors(),
      ...this.#converted,
    };
  }

  protected problems(selectors: readonly ResourceSelectorSpec[]): Problem[] {
    const problems: Problem[] = [];
    if (selectors.length === 0) {
      problems.push({
        code: 'policy.resources',
        message: 'the policy selects nothing',
        why: 'Karmada refuses a policy without resourceSelectors',
        fix: 'pass the objects as `resources`, or call `propagate()` before synthesis',
      });
    }
    for (const object of this.resources.map(objectBehind)) {
      if (object) problems.push(...replicaProblems(object, () => object.toJson(), this.placement));
    }
    const nameless = selectors.find(({ name }) => !name);
    if (this.#plain.preemption === 'Always' && nameless) {
      problems.push({
        code: 'policy.preemption',
        message: `preemption is "Always", but the selector of kind ${nameless.kind} has no name`,
        why: 'Karmada lets a policy take objects from another policy only by name',
        fix: 'select each object by name, or leave preemption out',
      });
    }
    if (this.#needsPropagateDeps && this.#propagateDeps() !== true) {
      problems.push({
        code: 'policy.propagateDeps',
        message: 'failover of the application is set, but propagateDeps is not true',
        why: 'Karmada refuses it: a workload that moves would leave its ConfigMaps and Secrets behind',
        fix: 'set propagateDeps: true',
      });
    }
    return [...problems, ...this.#overrideProblems()];
  }

  /** An object selected twice is written once. */
  protected override selectors(): ResourceSelectorSpec[] {
    const selectors = super.selectors();
    if (this.resources.length === 0) return selectors;
    return [...new Map(selectors.map((selector) => [JSON.stringify(selector), selector])).values()];
  }

  /** Defaults to true where a derived policy selects templates that refer to objects outside of it. */
  #propagateDeps(): boolean | undefined {
    const { propagateDeps } = this.#plain;
    if (propagateDeps !== undefined || this.isClusterScoped) return propagateDeps;
    return refersOutside(this.templates().map((template) => template.manifest())) ? true : undefined;
  }

  /** Overrides of another namespace than the policy's own. */
  #overrideProblems(): Problem[] {
    const { namespace } = this;
    if (this.isClusterScoped) return [];
    return this.#dependentOverrides.flatMap((override): Problem[] => {
      if (typeof override === 'string' || override.namespace === namespace) return [];
      return [
        {
          code: 'policy.dependentOverrides',
          message: `dependentOverrides names OverridePolicy "${override.name}" of namespace "${override.namespace ?? ''}"`,
          why: 'Karmada looks for it in the namespace of the policy, and would wait forever',
          fix: `make the override in namespace "${namespace ?? ''}"`,
        },
      ];
    });
  }
}

/**
 * Problems with the replicas of an object whose placement fixes them.
 *
 * @param manifest - resolves the object; called only where the placement fixes replicas
 */
export function replicaProblems(object: ApiObject, manifest: () => KubernetesObject, placement: Placement): Problem[] {
  if (placement.replicas === undefined) return [];
  const written = manifest();
  const replicas = nativeReplicas(written);
  if (replicas === undefined || replicas === placement.replicas) return [];
  return [
    {
      code: 'app.replicas',
      message: `${written.kind} "${written.metadata?.name}" at ${object.node.path} has replicas ${replicas}, but its placement is exactly ${placement.replicas}`,
      why: 'Karmada divides the replicas of the workload, so no cluster would run the number that the placement gives',
      fix: `set its replicas to ${placement.replicas}, or choose Placement.weighted`,
    },
  ];
}
