import { isDeepStrictEqual } from 'node:util';
import { definedKind, isDefinition } from '../kubernetes/custom-definition';
import { groupKindKey, type KubernetesObject, objectKey } from '../kubernetes/object';
import { type ApplyOptions, applyArgs, fieldManager, type Kubectl, objectsIn, objectsText } from './kubectl';
import { type FieldConflict, fieldConflicts, kubectlMessage } from './kubectl-problem';
import { byIdentity, identityOf } from './release';
import type { Mask } from './secret-values';

/** An object that the server does not take. Part of the documented shapes. */
export interface ObjectProblem {
  readonly object: string;
  readonly message: string;
  /** Fields that others own; empty where that is not the reason. */
  readonly conflicts: readonly FieldConflict[];
}

/** Calls at a time, when each object has to be asked for alone. */
const parallelCalls = 4;

/**
 * Applies objects in one call. Where the server refuses any, each is asked for alone, since kubectl does not say which.
 *
 * @returns the objects as the server keeps them, or would; none when one of them was refused
 */
export async function applyObjects(
  kubectl: Kubectl,
  objects: readonly KubernetesObject[],
  options: ApplyOptions,
  mask: Mask,
): Promise<{ readonly stored: readonly KubernetesObject[]; readonly problems: readonly ObjectProblem[] }> {
  if (objects.length === 0) return { stored: [], problems: [] };
  const result = await kubectl.result(applyArgs(options), objectsText(objects));
  if (result.exitCode === 0) return { stored: objectsIn(result.stdout), problems: [] };
  if (objects.length === 1) return { stored: [], problems: [problemOf(objects[0]!, kubectlMessage(result), mask)] };
  const problems = await refusals(kubectl, objects, options, mask);
  // Alone each of them passes: what is wrong is in no single object, such as a server that is overloaded.
  if (problems.length === 0) problems.push(problemOf(objects[0]!, kubectlMessage(result), mask));
  return { stored: [], problems };
}

async function refusals(
  kubectl: Kubectl,
  objects: readonly KubernetesObject[],
  { forceConflicts = false }: ApplyOptions,
  mask: Mask,
): Promise<ObjectProblem[]> {
  // Asking must not write, whatever is being done.
  const args = applyArgs({ dryRun: true, forceConflicts });
  const problems: ObjectProblem[] = [];
  const ask = async (object: KubernetesObject) => {
    const result = await kubectl.result(args, objectsText([object]));
    if (result.exitCode !== 0) problems.push(problemOf(object, kubectlMessage(result), mask));
  };
  for (let first = 0; first < objects.length; first += parallelCalls) {
    await Promise.all(objects.slice(first, first + parallelCalls).map(ask));
  }
  return problems;
}

function problemOf(object: KubernetesObject, message: string, mask: Mask): ObjectProblem {
  const conflicts = fieldConflicts(message);
  const [first = ''] = message.split(/\nPlease review the fields/);
  const problem = conflicts.length > 0 ? 'another manager owns fields of it' : mask(first);
  return { object: objectKey(object), message: problem, conflicts };
}

/** Arguments of the call that shows what differs. Conflicts are found before, by the dry run. */
const diffArgs = ['diff', '--server-side', '--force-conflicts', `--field-manager=${fieldManager}`, '-f', '-'];

/** What differs between the objects and the server, as `kubectl diff` prints it, values of Secrets hidden. */
export async function diffText(kubectl: Kubectl, objects: readonly KubernetesObject[], mask: Mask): Promise<string> {
  if (objects.length === 0) return '';
  const result = await kubectl.result(diffArgs, objectsText(objects));
  // 1 says that something differs.
  if (result.exitCode > 1) return `no diff: ${mask(kubectlMessage(result))}\n`;
  // kubectl compares two temporary folders: their names and times say nothing, and are new each time.
  const diff = result.stdout
    .replaceAll(/^diff .*\n/gm, '')
    .replaceAll(/^(---|\+\+\+) \S*\/(LIVE|MERGED)-\d+\/(\S+).*$/gm, (_, sign, side, object) => {
      return `${sign} ${side === 'LIVE' ? 'live' : 'applied'}/${object}`;
    });
  return mask(diff);
}

/** The objects that the server can judge now, and those whose Namespace or definition is among them and not there yet. */
export function judgeable(
  objects: readonly KubernetesObject[],
  live: readonly KubernetesObject[],
): { readonly now: readonly KubernetesObject[]; readonly later: readonly KubernetesObject[] } {
  const existing = byIdentity(live);
  const coming = objects.filter((object) => !existing.has(identityOf(object)));
  const namespaces = new Set(
    coming.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace').map((o) => o.metadata?.name),
  );
  const isNewKind = kindsDefinedIn(coming);
  const isLater = (object: KubernetesObject) => namespaces.has(object.metadata?.namespace ?? '') || isNewKind(object);
  return { now: objects.filter((object) => !isLater(object)), later: objects.filter(isLater) };
}

/** Whether an object is of a kind that one of these definitions defines. */
export function kindsDefinedIn(objects: readonly KubernetesObject[]): (object: KubernetesObject) => boolean {
  const kinds = new Set(objects.filter(isDefinition).map(definedKind));
  return (object) => kinds.has(groupKindKey(object));
}

/** What an apply did to an object. */
export type ObjectChange = 'created' | 'changed' | 'unchanged';

/** What became of an object: who owns which field, and what Karmada and other controllers note on it, is no change. */
export function changeOf(before: KubernetesObject | undefined, after: KubernetesObject): ObjectChange {
  if (!before) return 'created';
  return isDeepStrictEqual(withoutBookkeeping(before), withoutBookkeeping(after)) ? 'unchanged' : 'changed';
}

function withoutBookkeeping(object: KubernetesObject): object {
  const { status: _, metadata, ...content } = object;
  const { name, namespace, labels, annotations } = metadata ?? {};
  return { ...content, metadata: { name, namespace, labels: authored(labels), annotations: authored(annotations) } };
}

/** Labels or annotations without those of Karmada, which claims a template the moment it is there. */
function authored(entries: Readonly<Record<string, string>> = {}): object {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => !/(^|\.)karmada\.io\//.test(key)));
}
