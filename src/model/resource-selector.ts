import { type ResourceSelectorSpec, specProperties } from '../karmada/policy-spec';
import { frozen } from '../kubernetes/freeze';
import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isName } from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { checkedLabelSelector, type LabelConditions, labelSelectorFrom } from './label-selector';

/** Kind and namespace of objects. */
export interface ResourceKind {
  /** Group and version of the objects, such as `apps/v1`. */
  readonly apiVersion: string;
  /** Such as `Deployment`. */
  readonly kind: string;
  /** @default - the namespace of the policy; for a cluster policy, any */
  readonly namespace?: string;
}

/**
 * Selects objects for a policy: one by name, by labels, or all of a kind. Immutable.
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
   * The object with this name.
   *
   * @throws ModelError `selector.name`, `selector.kind`
   */
  static named(name: string, kind: ResourceKind): ResourceSelector {
    if (name === '' || name === undefined) {
      throw new ModelError('resource selector has an empty name, which selects all objects of the kind', {
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
   * Reads a selector from a manifest.
   *
   * @throws ModelError if the selector matches nothing, or if Karmada ignores a part of it
   */
  static fromSpec(spec: ResourceSelectorSpec): ResourceSelector {
    return new ResourceSelector(spec);
  }

  private readonly spec: ResourceSelectorSpec;

  private constructor(spec: ResourceSelectorSpec) {
    this.spec = checkedSelector(spec);
    Object.freeze(this);
  }

  /** The selector for a manifest: frozen. */
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
  if (!isName(apiVersion) || !apiVersionSyntax.test(apiVersion)) {
    throw new ModelError(`resource selector: apiVersion must be group and version, got ${quoted(apiVersion)}`, {
      code: 'selector.kind',
      fix: 'write it exactly as in the objects, such as "apps/v1", or "v1" for the core group',
    });
  }
  if (!isName(kind) || !kindSyntax.test(kind)) {
    throw new ModelError(`resource selector: kind must begin with a capital letter, got ${quoted(kind)}`, {
      code: 'selector.kind',
      fix: 'write it exactly as in the objects, such as "Deployment"',
    });
  }
  for (const [property, value] of [
    ['name', name],
    ['namespace', namespace],
  ]) {
    if (typeof value === 'string' && (value === '' || nameSyntax.test(value))) continue;
    throw new ModelError(`resource selector: ${quoted(value)} cannot be the ${property} of an object`, {
      code: 'selector.name',
      fix: `give the ${property} of the object, without wildcards`,
    });
  }
  if (name !== '' && labelSelector !== undefined) {
    throw new ModelError(`resource selector has the name "${name}" and a labelSelector, which Karmada ignores`, {
      code: 'selector.ignored',
      fix: 'remove the name or the labelSelector',
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
// Some kinds, such as ClusterRole, allow almost any valid path segment.
const nameSyntax = /^(?!\.{1,2}$)[^/%*\s]{1,253}$/;
