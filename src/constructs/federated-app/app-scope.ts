import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { KubernetesObject } from '../../model/kubernetes-object';
import { constructError } from '../construct-error';

const federatedAppSymbol = Symbol.for('cdk8s-karmada.FederatedApp');

/** Marks a construct as a FederatedApp, by symbol, so that a second copy of this package recognizes it too. */
export function markFederatedApp(construct: IConstruct): void {
  Object.defineProperty(construct, federatedAppSymbol, { value: true });
}

/** Whether a construct is a FederatedApp, which keeps its objects to itself. */
export function isFederatedApp(construct: unknown): boolean {
  return typeof construct === 'object' && construct !== null && federatedAppSymbol in construct;
}

/**
 * Refuses what is no construct, for authors in plain JavaScript and for plain manifests.
 *
 * @throws ModelError `app.construct`
 */
export function checkConstruct(app: Construct, property: string, value: unknown): void {
  if (Construct.isConstruct(value)) return;
  throw constructError(app, 'app.construct', {
    what: `${property} names something that is no construct`,
    why: 'an object that is not in a chart would not be written',
    fix: 'pass an ApiObject, an L1, a cdk8s-plus construct, or any construct that holds some',
  });
}

/**
 * The children that were put under a construct, without those that a FederatedApp derives when it is asked for them.
 * Asking for these instead would make two apps that look at each other derive for ever.
 */
export function ownChildren(construct: IConstruct): IConstruct[] {
  const { node } = construct;
  return Reflect.get(Object.getPrototypeOf(node), 'children', node);
}

/** The objects under a construct in tree order, itself included, but not those of a FederatedApp below it. */
export function* objectsUnder(construct: IConstruct): Generator<ApiObject> {
  if (construct instanceof ApiObject) yield construct;
  for (const child of ownChildren(construct)) {
    if (!isFederatedApp(child)) yield* objectsUnder(child);
  }
}

/** The items of a `List`, of whatever kind, or undefined where the object is none. */
export function listItems(object: ApiObject): readonly KubernetesObject[] | undefined {
  if (!object.kind.endsWith('List')) return undefined;
  const { items } = object.toJson();
  return Array.isArray(items) ? items : undefined;
}

/**
 * Puts the items of every `List` under a construct into its place, as objects of their own: with the namespace of the
 * chart, as any other object of it, and each in reach of policies, which select objects and never a List.
 */
export function unfoldLists(construct: IConstruct): void {
  for (const object of [...objectsUnder(construct)]) {
    const items = listItems(object);
    const scope = object.node.scope;
    if (items === undefined || scope === undefined || object === construct) continue;
    const { id } = object.node;
    scope.node.tryRemoveChild(id);
    const unfolded = new Construct(scope, id);
    items.forEach((item, index) => {
      const { name, namespace } = item.metadata ?? {};
      const itemId = [name ?? `object${index}`, item.kind.toLowerCase(), namespace].filter(Boolean).join('-');
      new ApiObject(unfolded, unfolded.node.tryFindChild(itemId) ? `${itemId}-${index}` : itemId, item);
    });
    unfoldLists(unfolded);
  }
}
