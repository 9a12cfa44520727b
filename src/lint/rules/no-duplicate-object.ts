import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { fieldAt, isEqualData, listOf, textOf } from '../../kubernetes/plain-data';
import { joinWords } from '../../problem/words';
import { duplicatesCause, type Overwritten } from '../analysis/overwritten';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/detector/policy.go, where a changed policy gives up what it no longer selects */
export const noDuplicateObject = defineRule({
  id: 'no-duplicate-object',
  severity: 'error',
  layer: 'federation',
  rank: 10,
  summary: 'Every object occurs only once in the manifests.',
  rationale: 'the object that is applied last silently replaces the others',
  check(context) {
    for (const [by, shadowed] of groupedByObject(context.overwritten)) {
      report(by, shadowed, context);
    }
  },
});

function groupedByObject(shadowed: readonly Overwritten[]): ReadonlyMap<Manifest, readonly Manifest[]> {
  const groups = new Map<Manifest, Manifest[]>();
  for (const { manifest, by } of shadowed) {
    appendTo(groups, by, manifest);
  }
  return groups;
}

/** Reported on the first object, with the places of the others. */
function report(by: Manifest, shadowed: readonly Manifest[], { report: add, manifests }: LintContext): void {
  const [first] = shadowed;
  const last = manifests.find(({ origin }) => origin === by.origin) ?? by;
  if (!first) return;
  const different = shadowed.filter(({ object }) => !isEqualData(object, last.object));
  const places = [...shadowed.slice(1), last].map(placeOf).filter((place) => place !== undefined);
  const where = places.length > 0 ? `: again in ${joinWords([...new Set(places)], 'and')}` : '';
  const count = `${objectKey(by.object)} occurs ${times(shadowed.length + 1)}`;
  if (different.length === 0) {
    add({
      at: first,
      path: 'metadata.name',
      severity: 'info',
      message: `${count} with the same content${where}`,
      fix: 'keep only one',
      cause: duplicatesCause(by),
    });
    return;
  }
  const lost = [...new Set(different.flatMap(({ object }) => selectorsOf(object)))].filter(
    (selector) => !selectorsOf(last.object).includes(selector),
  );
  add({
    at: first,
    path: 'metadata.name',
    message: `${count} with different content${where}${lost.length > 0 ? `; the last one does not select ${joinWords(lost, 'or')}` : ''}`,
    ...(isPolicy(by.object) && {
      why: 'the policy that is applied last silently replaces the others, and Karmada releases the objects that it no longer selects',
    }),
    fix: isPolicy(by.object)
      ? 'give each policy its own name, or write one policy with all the selectors'
      : 'give each object its own name, or keep only one',
    cause: duplicatesCause(by),
  });
}

function isPolicy({ kind }: KubernetesObject): boolean {
  return kind === 'PropagationPolicy' || kind === 'ClusterPropagationPolicy';
}

/** Describes what a policy selects. */
function selectorsOf(object: KubernetesObject): readonly string[] {
  if (!isPolicy(object)) return [];
  return listOf(fieldAt(object.spec, 'resourceSelectors')).map((selector) => {
    const [kind, name] = [textOf(fieldAt(selector, 'kind')), textOf(fieldAt(selector, 'name'))];
    return name ? `${kind} "${name}"` : `objects of kind ${kind}`;
  });
}

function placeOf({ origin }: Manifest): string | undefined {
  if (origin.type === 'construct') return origin.construct;
  return origin.type === 'file' ? `${origin.file}:${origin.locate('').line}` : undefined;
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}
