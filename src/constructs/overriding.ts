import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { OverrideSpec } from '../karmada/policy-spec';
import { Override } from '../model/override';
import type { Problem } from '../problem/problem';
import { anything, checkCopy, listOf, type ShapeOf } from '../problem/value-kinds';
import { constructError, constructName } from './construct-error';
import type { Template } from './federated-app/template';
import { federationOf } from './federation-settings';
import { type PolicyConstruct, PolicyObject } from './policy-object';
import { checkProps, metadata, propsOf, resource } from './props';
import type { Selectable } from './selectable';
import { resolveRule, type SelectedObject, selectedObject } from './selected-containers';

/** Props of both OverridePolicy and ClusterOverridePolicy. */
export interface OverridingProps {
  /** Name, namespace, labels, annotations. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata;
  /**
   * Objects to edit.
   *
   * @default - as in Karmada, every object in reach: those of the namespace, or of the whole control plane for a cluster policy
   */
  readonly resources?: readonly Selectable[];
  /** The edits, each for some of the clusters, applied in this order. @default - none yet; add them with `addRule()` before synthesis */
  readonly overrideRules?: readonly Override[];
  /**
   * A single edit in the form that came before `overrideRules`, written as `targetCluster` and `overriders`.
   *
   * @deprecated Karmada keeps it for old manifests, and refuses it together with overrideRules.
   * @default - absent
   */
  readonly overriders?: Override;
}

/** What a FederatedApp derives an override policy from: a template and, at synthesis, its edits. */
export interface DerivedOverride {
  readonly template: Template;
  rules(): readonly Override[];
}

const propsKind = propsOf({
  resources: listOf(resource),
  overrideRules: listOf(anything),
  overriders: anything,
  metadata,
} satisfies ShapeOf<OverridingProps>);

const selectsEverything: Problem = {
  code: 'override.resources',
  message: 'resources is empty',
  why: 'Karmada edits every object in reach of an override policy that selects none',
  fix: 'leave resources out to edit every object, or name those to edit',
};

/** The object behind the two override policies: their spec and the checks on it. */
export class Overriding extends PolicyObject {
  readonly #rules: Override[] = [];
  readonly #deprecated: Override | undefined;
  readonly #derived: DerivedOverride | undefined;

  constructor(policy: PolicyConstruct, props: OverridingProps, derived?: DerivedOverride) {
    super(policy, derived && (() => [derived.template]));
    checkProps(policy, props, propsKind);
    this.#derived = derived;
    if (props.resources?.length === 0) throw constructError(policy, selectsEverything);
    this.select(...(props.resources ?? []));
    for (const rule of props.overrideRules ?? []) this.addRule(rule);
    if (props.overriders !== undefined) checkOverride(policy, props.overriders);
    this.#deprecated = props.overriders;
    this.create(props.metadata);
  }

  addRule(override: Override): void {
    checkOverride(this.policy, override);
    this.#rules.push(override);
  }

  protected toSpec(): OverrideSpec {
    const resourceSelectors = this.selectors();
    return {
      ...(resourceSelectors.length > 0 && { resourceSelectors }),
      ...(this.#deprecated === undefined
        ? { overrideRules: this.#allRules().map((rule) => this.#resolved(rule).toRule()) }
        : this.#resolved(this.#deprecated).toRule()),
    };
  }

  /** With the paths of selected containers, where the selected objects agree on them; `problems` reports the others. */
  #resolved(rule: Override): Override {
    return rule.selectedContainers.length === 0 ? rule : (resolveRule(rule, this.#selected()).rule ?? rule);
  }

  #selected(): readonly SelectedObject[] {
    const derived = this.templates().map((template): SelectedObject => {
      const manifest = template.manifest();
      return { name: `${template.kind} "${template.name}"`, manifest };
    });
    return [...derived, ...this.resources.map(selectedObject)];
  }

  protected problems(): Problem[] {
    const rules = this.#allRules();
    const unresolved = (this.#deprecated === undefined ? rules : [this.#deprecated, ...rules]).flatMap((rule) =>
      rule.selectedContainers.length === 0 ? [] : (resolveRule(rule, this.#selected()).problem ?? []),
    );
    if (unresolved.length > 0) return unresolved;
    if (this.#deprecated !== undefined && rules.length > 0) {
      return [
        {
          code: 'override.deprecated',
          message: 'the override policy has overriders and overrideRules',
          why: 'Karmada refuses the combination',
          fix: 'make the overriders the first of the overrideRules',
        },
      ];
    }
    if (this.#deprecated !== undefined || rules.length > 0) return this.#keyProblems();
    return [
      {
        code: 'override.empty',
        message: 'the override policy has no rule',
        why: 'Karmada stores it, and edits nothing',
        fix: 'pass `overrideRules`, or call `addRule()` before synthesis',
      },
    ];
  }

  /** cdk8s copies objects by assignment, which loses one key. */
  #keyProblems(): Problem[] {
    if (federationOf(this.policy) !== undefined || !JSON.stringify(this.toSpec()).includes('"__proto__":')) return [];
    return [
      {
        code: 'override.key',
        message: 'a patch has a value with the key "__proto__"',
        why: 'App.synth() of cdk8s leaves it out',
        fix: 'use a Federation, which writes it, or another key',
      },
    ];
  }

  #allRules(): readonly Override[] {
    return [...(this.#derived?.rules() ?? []), ...this.#rules];
  }
}

/**
 * Refuses anything but an Override, for authors in plain JavaScript.
 *
 * @throws ModelError `override.rule`
 */
export function checkOverride(owner: Construct, override: unknown): void {
  if (override instanceof Override) return;
  checkCopy(override, Override, () => `an override of ${constructName(owner)}`);
  throw constructError(owner, {
    code: 'override.rule',
    message: 'an override is not an Override',
    why: 'Karmada would not know what to edit, nor in which clusters',
    fix: 'make one with Override or with fleet.in(…), such as fleet.in("member1").image({ tag: "edge" })',
  });
}
