import { apiGroup, type KubernetesObject } from '../model/kubernetes-object';
import { propagatesDependencies } from '../planner/federation/policy';
import { Interpreter } from '../planner/interpret/interpreter';
import { labelMatcher } from '../planner/matching/label-selector';
import { stringMapOf, textOf } from '../planner/plain-data';
import type { ChosenPolicy } from './policy-choice';
import type { RuleContext } from './rule';

/**
 * What is brought along by `propagateDeps`, without a plan: objects that a template refers to whose policy says so.
 *
 * @see Karmada v1.18.2 pkg/dependenciesdistributor/dependencies_distributor.go
 */
export class FollowedReferences {
  readonly #named = new Set<string>();
  /** Selectors of objects that are followed by label, by kind and namespace. */
  readonly #labelled = new Map<string, ((object: KubernetesObject) => boolean)[]>();
  /** Namespaces in which a script or webhook says what else is followed. */
  readonly #unstated = new Set<string>();

  constructor(choices: readonly ChosenPolicy[], { federation, featureGates }: RuleContext) {
    if (!featureGates.has('PropagateDeps')) return;
    const interpreter = new Interpreter(federation);
    for (const { template, winner } of choices) {
      if (winner && propagatesDependencies(winner.policy)) this.#follow(template.object, interpreter);
    }
  }

  /** Whether a template brings the object along, or may do so. */
  has(object: KubernetesObject): boolean {
    const { namespace, name } = object.metadata ?? {};
    const place = placeOf(object.apiVersion, object.kind, textOf(namespace));
    if (this.#named.has(`${place} ${textOf(name)}`) || this.#unstated.has(textOf(namespace))) return true;
    return (this.#labelled.get(place) ?? []).some((matches) => matches(object));
  }

  #follow(template: KubernetesObject, interpreter: Interpreter): void {
    const own = textOf(template.metadata?.namespace);
    const interpreted = interpreter.dependenciesOf(template);
    if (interpreted.kind === 'notStated') {
      this.#unstated.add(own);
      return;
    }
    for (const { apiVersion, kind, namespace = own, name, labelSelector } of interpreted.references) {
      const place = placeOf(apiVersion, kind, namespace);
      if (name !== undefined) this.#named.add(`${place} ${name}`);
      else if (labelSelector) {
        const matches = labelMatcher(labelSelector);
        const all = this.#labelled.get(place) ?? [];
        all.push((object) => matches(stringMapOf(object.metadata?.labels)));
        this.#labelled.set(place, all);
      }
    }
  }
}

function placeOf(apiVersion: string, kind: string, namespace: string): string {
  return `${apiGroup(apiVersion)}/${kind} ${namespace}`;
}
