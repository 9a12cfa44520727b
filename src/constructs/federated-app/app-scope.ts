import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { listItems } from '../../kubernetes/list';
import type { KubernetesObject } from '../../kubernetes/object';
import { ModelError } from '../../problem/model-error';
import { isRecord } from '../../problem/record';
import { addedChildren } from '../cdk8s-internals';
import { constructError } from '../construct-error';

const federatedAppSymbol = Symbol.for('cdk8s-karmada.FederatedApp');

/** Marks the constructs of a class as FederatedApps with a global symbol, so that a second copy of this package recognizes them too. */
export function markFederatedApps(prototype: IConstruct): void {
  Object.defineProperty(prototype, federatedAppSymbol, { value: true });
}

/** Whether a construct is a FederatedApp. Its objects do not belong to an app around it. */
export function isFederatedApp(construct: unknown): boolean {
  return typeof construct === 'object' && construct !== null && federatedAppSymbol in construct;
}

/**
 * Refuses anything but a construct, such as a plain manifest.
 *
 * @throws ModelError `app.construct`
 */
export function checkConstruct(app: Construct, property: string, value: unknown): void {
  if (Construct.isConstruct(value)) return;
  throw constructError(app, {
    code: 'app.construct',
    message: `${property} names something that is not a construct`,
    why: 'an object that is not in a chart would not be written',
    fix: 'pass an ApiObject, an L1, a cdk8s-plus construct, or any construct that holds some',
  });
}

/**
 * The children that were added to a construct, without those that a FederatedApp derives.
 * With derived children, two apps that refer to each other would derive without end.
 */
export function ownChildren(construct: IConstruct): IConstruct[] {
  return isFederatedApp(construct) ? addedChildren(construct) : construct.node.children;
}

/** The objects under a construct in tree order, itself included, but not those of a FederatedApp below it. */
export function objectsUnder(construct: IConstruct, found: ApiObject[] = []): ApiObject[] {
  if (construct instanceof ApiObject) found.push(construct);
  for (const child of ownChildren(construct)) {
    if (!isFederatedApp(child)) objectsUnder(child, found);
  }
  return found;
}

/**
 * The items of a `List` of any kind; undefined for other objects.
 *
 * @throws ModelError `list.item` for an item that is not a Kubernetes object
 */
export function itemsOf(object: ApiObject): readonly KubernetesObject[] | undefined {
  // The kind may be missing in a file; validation reports that.
  if (!object.kind?.endsWith('List')) return undefined;
  return listItems(object.toJson())?.map((item, index) => {
    if (isRecord(item) && typeof item['apiVersion'] === 'string' && typeof item['kind'] === 'string') {
      return item as KubernetesObject;
    }
    throw new ModelError(`${object.kind} at ${object.node.path}: items[${index}] has no apiVersion and kind`, {
      code: 'list.item',
      fix: 'give each item its apiVersion and kind',
    });
  });
}

/**
 * The objects under a construct, with every `List` replaced by its items as objects of their own. Like other objects
 * they then have the namespace of the chart, and policies can select them, which is not possible for a List.
 */
export function unfoldedObjectsUnder(construct: IConstruct): ApiObject[] {
  const objects = objectsUnder(construct);
  const unfolded = objects.filter(unfold);
  // A list may contain lists.
  return unfolded.length === 0 ? objects : unfoldedObjectsUnder(construct);
}

function unfold(object: ApiObject): boolean {
  const items = itemsOf(object);
  const { id, scope } = object.node;
  if (items === undefined || scope === undefined) return false;
  scope.node.tryRemoveChild(id);
  const place = new Construct(scope, id);
  items.forEach((item, index) => {
    const { name, namespace } = item.metadata ?? {};
    const itemId = [name ?? `object${index}`, item.kind.toLowerCase(), namespace].filter(Boolean).join('-');
    new ApiObject(place, place.node.tryFindChild(itemId) ? `${itemId}-${index}` : itemId, item);
  });
  return true;
}
