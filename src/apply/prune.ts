import { type KubernetesObject, objectKey } from '../kubernetes/object';
import { type Inventory, type InventoryEntry, takesOthersAlong } from './inventory';
import { fieldManager, type Kubectl, objectsText } from './kubectl';
import { kubectlMessage } from './kubectl-problem';
import { identityOf } from './release';
import { type Stage, stageOf } from './stages';

/** Longest time that one step of deleting may take. */
const deletionTimeout = '120s';

/** What runs goes before what decides on it: an override or a policy that went first would move it once more. */
const order: readonly Stage[] = [
  'autoscaling',
  'workloads',
  'configuration',
  'policies',
  'overrides',
  'definitions',
  'namespaces',
];

/** What earlier applies made and the release no longer has. */
export interface PrunePlan {
  /** To be deleted, in this order. */
  readonly objects: readonly KubernetesObject[];
  /** No longer the application's, and left alone: object and why. */
  readonly kept: readonly { readonly object: string; readonly why: string }[];
}

/**
 * What to prune of an inventory.
 *
 * @param others - the inventories of other applications
 */
export async function prunePlan(
  kubectl: Kubectl,
  inventory: Inventory,
  objects: readonly KubernetesObject[],
  others: readonly Inventory[],
): Promise<PrunePlan> {
  const wanted = new Set(objects.map(identityOf));
  const stale = [...inventory].filter(([identity]) => !wanted.has(identity));
  const live = await kubectl.live(stale.map(([, { object }]) => object));
  const liveByIdentity = new Map(live.map((object) => [identityOf(object), object]));
  const doomed: KubernetesObject[] = [];
  const kept: { object: string; why: string }[] = [];
  for (const [identity, entry] of stale) {
    const object = liveByIdentity.get(identity);
    if (!object) continue;
    const why = reasonToKeep(identity, entry, object, others);
    if (why === undefined) doomed.push(entry.object);
    else kept.push({ object: objectKey(object), why });
  }
  return { objects: pruneCalls(doomed).flat(), kept };
}

function reasonToKeep(
  identity: string,
  { adopted, uid }: InventoryEntry,
  live: KubernetesObject,
  others: readonly Inventory[],
): string | undefined {
  if (others.some((inventory) => inventory.has(identity))) return 'another application has it now';
  const isOurs = uid === undefined ? isAppliedByUs(live) : uid === live.metadata?.uid;
  if (!isOurs) return 'it was made anew by somebody else';
  if (adopted && takesOthersAlong(live)) return 'it was there before, and what others keep in it would go with it';
  return undefined;
}

/** Whether we own fields of an object, or nobody does: an object without fields has no owner. */
function isAppliedByUs(object: KubernetesObject): boolean {
  const fields = object.metadata?.['managedFields'];
  if (!Array.isArray(fields) || fields.length === 0) return true;
  return fields.some((entry: { readonly manager?: unknown } | null) => entry?.manager === fieldManager);
}

/** The calls that prune, one for each step of the order. */
export function pruneCalls(objects: readonly KubernetesObject[]): readonly (readonly KubernetesObject[])[] {
  return order.flatMap((stage) => {
    const members = objects.filter((object) => stageOf(object) === stage);
    return members.length > 0 ? [members] : [];
  });
}

/** Arguments of the call that deletes objects and waits until they are gone. */
export const deleteArgs = ['delete', '--ignore-not-found', '--wait', `--timeout=${deletionTimeout}`, '-f', '-'];

/** Deletes what is to be pruned. @returns what the server refuses to delete, and why */
export async function prune(kubectl: Kubectl, objects: readonly KubernetesObject[]): Promise<string | undefined> {
  const problems: string[] = [];
  for (const members of pruneCalls(objects)) {
    const result = await kubectl.result(deleteArgs, objectsText(members));
    if (result.exitCode !== 0) problems.push(kubectlMessage(result));
  }
  return problems.length > 0 ? problems.join('\n') : undefined;
}
