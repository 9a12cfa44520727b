import { type ResourceSelectorSpec, specProperties } from '../karmada/policy-spec';
import { frozen } from '../kubernetes/freeze';
import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { checkedLabelSelector, type LabelConditions, labelSelectorFrom } from './label-selector';

/** The kind that objects have, and their namespace. */
export interface ResourceKind {
  /** Group and version as the objects have them, such as `apps/v1`. */
  readonly apiVersion: string;
  /** Such as `Deployment`. */
  readonly kind: string;
  /** @default - the namespace of the policy; for a cluster policy, any */
  readonly namespace?: string;
}

/**
 * Which objects a policy is for: one by name, those with certain labels, or all of a kind. Immutable.
 *
 * @example
 * ```ts
 * ResourceSelector.named('pipy', { apiVersion: 'apps/v1', kind: 'Deployment' })
 * ResourceSelector.labelled({ app: 'pipy' }, { apiVersion: 'v1', kind: 'ConfigMap' })
 * ```
 * @see Karmada v1.18.2 pkg/util/selector.go, ResourceSelectorPriority
 */
export class ResourceSelector {
  /**
   * The object of this name.
   *
   * @throws ModelError `selector.name`, `selector.kind`
   */
  static named(name: string, kind: ResourceKind): ResourceSelector {
    if (name === '' || name === undefined) {
      throw new ModelError('resource selector has an empty name, which would select all of the kind', {
        code: 'selector.name',
        fix: 'give the name, or use ResourceSelector.all',
      });
    }
    return new ResourceSelector({ ...kindOf(kind), name });
  }

  /**
   * The objects whose labels meet the conditions.
   *
   * @throws ModelError `selector.…`
   */
  static labelled(labels: LabelConditions, kind: ResourceKind): ResourceSelector {
    return new ResourceSelector({ ...kindOf(kind), labelSelector: labelSelectorFrom(labels, 'resource selector') });
  }

  /** Every object of the kind. */
  static all(kind: ResourceKind): ResourceSelector {
    return new ResourceSelector(kindOf(kind));
  }

  /**
   * The selector that a manifest holds.
   *
   * @throws ModelError for what would select nothing, or ignore a part of itself
   */
  static fromSpec(spec: ResourceSelectorSpec): ResourceSelector {
    return new ResourceSelector(spec);
  }

  private readonly spec: ResourceSelectorSpec;

  private constructor(spec: ResourceSelectorSpec) {
    this.spec = checkedSelector(spec);
    Object.freeze(this);
  }

  /** The selector as a manifest holds it: frozen. */
  toSpec(): ResourceSelectorSpec {
    return this.spec;
  }
}

function kindOf(kind: ResourceKind): ResourceKind {
  checkProperties(kind, ['apiVersion', 'kind', 'namespace'], 'resource selector');
  return kind;
}

function checkedSelector(spec: ResourceSelectorSpec): ResourceSelectorSpec {
  checkProperties(spec, specProperties.ResourceSelectorSpec, 'resource selector');
  const { apiVersion, kind, namespace = '', name = '', labelSelector } = spec;
  if (typeof apiVersion !== 'string' || !apiVersionSyntax.test(apiVersion)) {
    throw new ModelError(`resource selector: apiVersion must be group and version, got ${quoted(apiVersion)}`, {
      code: 'selector.kind',
      fix: 'write it as the objects have it, such as "apps/v1", or "v1" for the core group',
    });
  }
  if (typeof kind !== 'string' || !kindSyntax.test(kind)) {
    throw new ModelError(`resource selector: kind must begin with a capital letter, got ${quoted(kind)}`, {
      code: 'selector.kind',
      fix: 'write it as the objects have it, such as "Deployment"',
    });
  }
  for (const [property, value] of [
    ['name', name],
    ['namespace', namespace],
  ]) {
    if (typeof value === 'string' && (value === '' || nameSyntax.test(value))) continue;
    throw new ModelError(`resource selector: ${quoted(value)} cannot be the ${property} of an object`, {
      code: 'selector.name',
      fix: `give the ${property} that the object has, without wildcards`,
    });
  }
  if (name !== '' && labelSelector !== undefined) {
    throw new ModelError(`resource selector has the name "${name}" and a labelSelector, which Karmada then ignores`, {
      code: 'selector.ignored',
      fix: 'leave out the name or the labelSelector',
    });
  }
  return frozen<ResourceSelectorSpec>({
    apiVersion,
    kind,
    ...(namespace !== '' && { namespace }),
    ...(name !== '' && { name }),
    ...(labelSelector !== undefined && { labelSelector: checkedLabelSelector(labelSelector, 'resource selector') }),
  });
}

const apiVersionSyntax = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[a-z]([-a-z0-9]*[a-z0-9])?$/;
const kindSyntax = /^[A-Z][-A-Za-z0-9]*$/;
// Some kinds, such as ClusterRole, allow almost anything that fits into a path.
const nameSyntax = /^(?!\.{1,2}$)[^/%*\s]{1,253}$/;
