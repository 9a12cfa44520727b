import type { KubernetesObject } from '../kubernetes/object';
import { inventoryObject } from './inventory';
import { applyArgs } from './kubectl';
import type { ApplyPreview, ApplyRequest } from './preview';
import { deleteArgs } from './prune';
import { byIdentity, identityOf } from './release';
import { establishedArgs } from './server-side-apply';
import { pruneSteps, staged, stageOf } from './stages';

/** A call of kubectl that an apply makes. */
export interface ApplyStep {
  /** Such as `policies` or `delete-policies`. */
  readonly name: string;
  /** The objects of its file; none if it needs no file. */
  readonly objects: readonly KubernetesObject[];
  /** Arguments of kubectl. @param file - path of the file with the objects */
  readonly args: (file: string) => readonly string[];
}

/** The calls that write, in the order of an apply. */
export interface ApplySteps {
  readonly apply: readonly ApplyStep[];
  /** After the rollout: pruning, and the inventory without the deleted objects. */
  readonly prune: readonly ApplyStep[];
}

/** The calls of an apply whose preview found no problem. */
export function applySteps(preview: ApplyPreview, request: ApplyRequest): ApplySteps {
  const { release, forceConflicts } = request;
  const applied = [...staged(release.objects)].flatMap(([name, objects]): ApplyStep[] => {
    const step = { name, objects, args: (file: string) => applyArgs({ forceConflicts }, file) };
    const wait = { name: 'established', objects: [], args: () => establishedArgs(objects) };
    return name === 'definitions' ? [step, wait] : [step];
  });
  const deleted = pruneSteps(preview.prune.objects).map((objects): ApplyStep => {
    return { name: `delete-${stageOf(objects[0]!)}`, objects, args: deleteArgs };
  });
  const wanted = byIdentity(release.objects);
  const rest = preview.inventory.filter((object) => wanted.has(identityOf(object)));
  return {
    apply: [...inventorySteps(preview.inventory, request), ...applied],
    prune: [...deleted, ...(rest.length < preview.inventory.length ? inventorySteps(rest, request) : [])],
  };
}

function inventorySteps(
  objects: readonly KubernetesObject[],
  { release: { application }, inventoryNamespace }: ApplyRequest,
): ApplyStep[] {
  if (application === undefined) return [];
  const inventory = inventoryObject(application, inventoryNamespace, objects);
  return [{ name: 'inventory', objects: [inventory], args: (file) => applyArgs({ forceConflicts: true }, file) }];
}
