import { compileLabelSelector } from '../../kubernetes/label-selector';
import type { Manifest } from '../../kubernetes/manifest';
import { groupKindKey, type KubernetesObject } from '../../kubernetes/object';
import { stringMapOf, textOf } from '../../kubernetes/plain-data';
import { propagatesDependencies } from '../../planner/control-plane-state/policy';
import type { Interpreter } from '../../planner/interpret/interpreter';
import { claimedByController } from '../../planner/matching/never-propagated';
import type { LintInput } from './lint-input';
import type { ChosenPolicy } from './policy-choice';

/** Who refers to an object: one that brings it along, or one that would if it were propagated itself. */
export type Referrer = 'sent' | Manifest;

/**
 * What templates refer to and bring along by `propagateDeps`, without a plan.
 *
 * @see Karmada v1.18.2 pkg/dependenciesdistributor/dependencies_distributor.go
 */
export class FollowedReferences {
  readonly #named = new Map<string, Referrer>();
  /** References by label, by kind and namespace. */
  readonly #labelled = new Map<string, ((object: KubernetesObject) => Referrer | undefined)[]>();
  /** Namespaces in which a script or webhook says what else is followed. */
  readonly #unstated = new Set<string>();

  constructor({
    policyChoices,
    controlPlane,
    featureGates,
    interpreter,
  }: Pick<LintInput, 'controlPlane' | 'featureGates'> & {
    readonly policyChoices: readonly ChosenPolicy[];
    readonly interpreter: Interpreter;
  }) {
    for (const { template, winner } of policyChoices) {
      if (!winner) this.#follow(template, template, interpreter);
      else if (featureGates.has('PropagateDeps') && propagatesDependencies(winner.policy)) {
        this.#follow(template, 'sent', interpreter);
      }
    }
    for (const template of controlPlane.templates) {
      if (claimedByController(template.object) !== undefined) this.#follow(template, template, interpreter);
    }
  }

  /** The templates that refer to the object and can propagate it as a dependency; undefined if there are none. */
  referrerOf(object: KubernetesObject): Referrer | undefined {
    const { namespace, name } = object.metadata ?? {};
    if (this.#unstated.has(textOf(namespace))) return 'sent';
    const place = placeOf(object.apiVersion, object.kind, textOf(namespace));
    const named = this.#named.get(`${place} ${textOf(name)}`);
    if (named === 'sent') return named;
    const labelled = (this.#labelled.get(place) ?? []).map((referrer) => referrer(object));
    return labelled.includes('sent') ? 'sent' : (named ?? labelled.find((referrer) => referrer !== undefined));
  }

  #follow(template: Manifest, by: Referrer, interpreter: Interpreter): void {
    const own = textOf(template.object.metadata?.namespace);
    const interpreted = interpreter.dependenciesOf(template.object);
    if (interpreted.kind === 'notStated') {
      if (by === 'sent') this.#unstated.add(own);
      return;
    }
    for (const { apiVersion, kind, namespace = own, name, labelSelector } of interpreted.references) {
      const place = placeOf(apiVersion, kind, namespace);
      if (name !== undefined) {
        const key = `${place} ${name}`;
        if (by === 'sent' || !this.#named.has(key)) this.#named.set(key, by);
      } else if (labelSelector) {
        const matches = compileLabelSelector(labelSelector);
        const all = this.#labelled.get(place) ?? [];
        all.push((object) => (matches(stringMapOf(object.metadata?.labels)) ? by : undefined));
        this.#labelled.set(place, all);
      }
    }
  }
}

function placeOf(apiVersion: string, kind: string, namespace: string): string {
  return `${groupKindKey({ apiVersion, kind })} ${namespace}`;
}
