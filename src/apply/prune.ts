import { type KubernetesObject, objectKey } from '../kubernetes/object';
import { type Inventory, otherOwners } from './inventory';
import { type Kubectl, objectsText } from './kubectl';
import { kubectlMessage } from './kubectl-problem';
import { byIdentity, identityOf } from './release';
import { pruneSteps } from './stages';

/** Objects of earlier applies that are not in the release. */
export interface PrunePlan {
  /** Objects to delete, in this order. */
  readonly objects: readonly KubernetesObject[];
  /** Objects that are not deleted, and why. */
  readonly kept: readonly { readonly object: string; readonly why: string }[];
}

/** @param others - the inventories of other applications: their objects are never pruned */
export async function prunePlan(
  kubectl: Kubectl,
  inventory: Inventory,
  objects: readonly KubernetesObject[],
  others: readonly Inventory[],
): Promise<PrunePlan> {
  const wanted = byIdentity(objects);
  const stale = [...inventory].filter(([identity]) => !wanted.has(identity)).map(([, object]) => object);
  const live = await kubectl.live(stale);
  const whyKept = (object: KubernetesObject) => {
    if (others.some((other) => other.has(identityOf(object)))) return 'another application applies it now';
    const owners = otherOwners(object);
    return owners.length > 0 ? `${owners.join(', ')} created it or applies it too` : undefined;
  };
  const doomed = byIdentity(live.filter((object) => whyKept(object) === undefined));
  return {
    objects: pruneSteps(stale.filter((object) => doomed.has(identityOf(object)))).flat(),
    kept: live.flatMap((object) => {
      const why = whyKept(object);
      return why === undefined ? [] : [{ object: objectKey(object), why }];
    }),
  };
}

/** @param file - the objects @default - standard input */
export function deleteArgs(file = '-'): string[] {
  return ['delete', '--ignore-not-found', '--wait', '--timeout=120s', '-f', file];
}

/** Deletes objects step by step. @returns the errors of the server; undefined when there are none */
export async function prune(kubectl: Kubectl, objects: readonly KubernetesObject[]): Promise<string | undefined> {
  const problems: string[] = [];
  for (const members of pruneSteps(objects)) {
    const result = await kubectl.result(deleteArgs(), objectsText(members));
    if (result.exitCode !== 0) problems.push(kubectlMessage(result));
  }
  return problems.length > 0 ? problems.join('\n') : undefined;
}
