import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { OverrideSpec, ResourceSelectorSpec } from '../karmada/policy-spec';
import { Override } from '../model/override';
import { checkProperties } from '../problem/check-properties';
import type { Problem } from '../problem/problem';
import { constructError, constructName } from './construct-error';
import { describeResource, type Selectable, withinPolicy } from './selectable';

/** What OverridePolicy and ClusterOverridePolicy are made from. */
export interface OverridingProps {
  /** Name, namespace, labels, annotations. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata;
  /**
   * Objects to edit.
   *
   * @default - as in Karmada, every object in reach: of the namespace, or for a cluster policy of the whole control plane
   */
  readonly resources?: readonly Selectable[];
  /** The edits, each for some clusters, applied in this order. @default - none yet; add them with `addRule()` before synthesis */
  readonly overrideRules?: readonly Override[];
  /**
   * The one edit of policies as they were before `overrideRules`, written as `targetCluster` and `overriders`.
   *
   * @deprecated Karmada keeps it for old manifests, and refuses it beside overrideRules.
   * @default - absent
   */
  readonly overriders?: Override;
}

/** What an override policy learns no earlier than at synthesis, from the FederatedApp that derives it. */
export interface LateOverriding {
  resources(): readonly ResourceSelectorSpec[];
  rules(): readonly Override[];
}

const propertyNames = Object.keys({
  metadata: true,
  resources: true,
  overrideRules: true,
  overriders: true,
} satisfies Record<keyof OverridingProps, true>);

/** What the two override policies have in common: their spec and the checks on it. */
export class Overriding {
  readonly #resources: Selectable[] = [];
  readonly #rules: Override[] = [];
  readonly #deprecated: Override | undefined;
  #late: LateOverriding | undefined;

  /** @param owner - the policy construct, which messages name */
  constructor(
    private readonly owner: Construct,
    props: OverridingProps,
  ) {
    checkProperties(props, propertyNames, () => constructName(owner));
    this.select(...(props.resources ?? []));
    for (const rule of props.overrideRules ?? []) this.addRule(rule);
    if (props.overriders !== undefined) checkOverride(owner, props.overriders);
    this.#deprecated = props.overriders;
  }

  select(...resources: readonly Selectable[]): void {
    // Asked now for its errors alone, while the call that is to blame is on the stack.
    for (const resource of resources) describeResource(resource);
    this.#resources.push(...resources);
  }

  addRule(override: Override): void {
    checkOverride(this.owner, override);
    this.#rules.push(override);
  }

  deriveFrom(late: LateOverriding): void {
    this.#late = late;
  }

  /** @param namespace - of the policy; undefined where the policy is cluster-scoped */
  selectors(namespace: string | undefined): ResourceSelectorSpec[] {
    const late = this.#late?.resources() ?? [];
    return [...late, ...this.#resources.map(describeResource)].map((selector) => withinPolicy(selector, namespace));
  }

  toSpec(namespace: string | undefined): OverrideSpec {
    const resourceSelectors = this.selectors(namespace);
    return {
      ...(resourceSelectors.length > 0 && { resourceSelectors }),
      ...(this.#deprecated === undefined
        ? { overrideRules: this.#allRules().map((rule) => rule.toRule()) }
        : this.#deprecated.toRule()),
    };
  }

  /** What is wrong at synthesis, whatever the scope of the policy. */
  problems(): Problem[] {
    const rules = this.#allRules();
    if (this.#deprecated !== undefined && rules.length > 0) {
      return [
        {
          code: 'override.deprecated',
          message: 'the override policy has overriders and overrideRules',
          why: 'Karmada refuses both together',
          fix: 'make the overriders the first of the overrideRules',
        },
      ];
    }
    if (this.#deprecated !== undefined || rules.length > 0) return [];
    return [
      {
        code: 'override.empty',
        message: 'the override policy has no rule',
        why: 'Karmada stores it, and edits nothing',
        fix: 'pass `overrideRules`, or call `addRule()` before synthesis',
      },
    ];
  }

  #allRules(): readonly Override[] {
    return [...(this.#late?.rules() ?? []), ...this.#rules];
  }
}

/**
 * Refuses what is no Override, for authors in plain JavaScript.
 *
 * @throws ModelError `override.rule`
 */
export function checkOverride(owner: Construct, override: unknown): void {
  if (override instanceof Override) return;
  throw constructError(owner, {
    code: 'override.rule',
    message: 'an override is not an Override',
    why: 'Karmada would not know what to edit, nor in which clusters',
    fix: 'make one with Override or with fleet.in(…), such as fleet.in("member1").image({ tag: "edge" })',
  });
}
