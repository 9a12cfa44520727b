import { definedKind, isDefinition } from '../kubernetes/custom-definition';
import { groupKindKey, type KubernetesObject, objectKey } from '../kubernetes/object';
import { isEqualData } from '../kubernetes/plain-data';
import type { Problem } from '../problem/problem';
import { type ApplyOptions, applyArgs, type Kubectl, objectsIn, objectsText } from './kubectl';
import { type FieldConflict, fieldConflicts, kubectlMessage } from './kubectl-problem';
import { byIdentity, identityOf } from './release';
import type { Mask } from './secret-values';

/** An object that the server rejects. Part of the documented shapes. */
export interface ObjectProblem extends Problem {
  readonly object: string;
  readonly conflicts: readonly FieldConflict[];
}

/** Parallel calls when each object is tried alone. */
const parallelCalls = 4;

/**
 * Applies objects in one call. If the server rejects any, each is tried alone, because kubectl does not say which one failed.
 *
 * @returns the objects as stored; none when one of them was rejected
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
  if (objects.length === 1)
    return { stored: [], problems: [problemOf(objectKey(objects[0]!), kubectlMessage(result), mask)] };
  const problems = await refusals(kubectl, objects, options, mask);
  // Each object alone is accepted: the cause is elsewhere, such as an overloaded server.
  if (problems.length === 0) problems.push(problemOf(objectKey(objects[0]!), kubectlMessage(result), mask));
  return { stored: [], problems };
}

async function refusals(
  kubectl: Kubectl,
  objects: readonly KubernetesObject[],
  { forceConflicts = false }: ApplyOptions,
  mask: Mask,
): Promise<ObjectProblem[]> {
  // A dry run even during an apply: nothing more is written.
  const args = applyArgs({ dryRun: true, forceConflicts });
  const problems: ObjectProblem[] = [];
  const ask = async (object: KubernetesObject) => {
    const result = await kubectl.result(args, objectsText([object]));
    if (result.exitCode !== 0) problems.push(problemOf(objectKey(object), kubectlMessage(result), mask));
  };
  for (let first = 0; first < objects.length; first += parallelCalls) {
    await Promise.all(objects.slice(first, first + parallelCalls).map(ask));
  }
  return problems;
}

export function problemOf(object: string, said: string, mask: Mask): ObjectProblem {
  const conflicts = fieldConflicts(said);
  if (conflicts.length > 0) {
    const fix = 'remove these fields from the manifest, or take them over with --force-conflicts';
    return { object, code: 'apply.conflict', message: 'another manager owns fields of this object', fix, conflicts };
  }
  const [message = ''] = said.split(/\nPlease review the fields/);
  return {
    object,
    code: 'apply.refused',
    message: mask(message),
    fix: 'correct the object and apply again',
    conflicts,
  };
}

/** The objects that the server can check now, and those whose Namespace or definition the same apply creates. */
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

/** Whether one of these objects defines the kind of an object. */
export function kindsDefinedIn(objects: readonly KubernetesObject[]): (object: KubernetesObject) => boolean {
  const kinds = new Set(objects.filter(isDefinition).map(definedKind));
  return (object) => kinds.has(groupKindKey(object));
}

/** Arguments that wait until these definitions are served. */
export function establishedArgs(definitions: readonly KubernetesObject[]): string[] {
  const names = definitions.map(({ metadata }) => `customresourcedefinitions.apiextensions.k8s.io/${metadata?.name}`);
  return ['wait', '--for=condition=Established', '--timeout=60s', ...names];
}

export type ObjectChange = 'created' | 'changed' | 'unchanged';

/** The effect of an apply on an object. Field ownership, status and Karmada's own labels and annotations do not count. */
export function changeOf(before: KubernetesObject | undefined, after: KubernetesObject): ObjectChange {
  if (!before) return 'created';
  return isEqualData(withoutBookkeeping(before), withoutBookkeeping(after)) ? 'unchanged' : 'changed';
}

function withoutBookkeeping(object: KubernetesObject): object {
  const { status: _, metadata, ...content } = object;
  const { name, namespace, labels, annotations } = metadata ?? {};
  return { ...content, metadata: { name, namespace, labels: authored(labels), annotations: authored(annotations) } };
}

/** Labels or annotations without those of Karmada, which marks a template as soon as it exists. */
function authored(entries: Readonly<Record<string, string>> = {}): object {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => !/(^|\.)karmada\.io\//.test(key)));
}
