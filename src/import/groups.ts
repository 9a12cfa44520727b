import { isOverridePolicy, isPropagationPolicy } from '../karmada/policy-kinds';
import type { Manifest } from '../kubernetes/manifest';
import { referenceKey, referenceTo } from '../kubernetes/object';
import { compareText, fieldAt, listOf, recordOf, textOf } from '../kubernetes/plain-data';
import { ControlPlaneState } from '../planner/control-plane-state/control-plane-state';
import { selectPolicy } from '../planner/matching/select-policy';
import type { Item } from './items';
import { DistinctNames, fileNameFor } from './names';

/** Objects that make one file of the program. */
export interface Group {
  /** Lower-case letters, digits and `-`: the name of the file and of the chart. */
  readonly name: string;
  readonly items: readonly Item[];
}

/** The policy that claims an object, and how. */
export interface ClaimBy {
  readonly policy: Item;
  /** Whether the selector gives the name of the object. */
  readonly byName: boolean;
  /** Other policies that select the object. */
  readonly losers: readonly Item[];
}

/**
 * Which policy claims which object, as Karmada decides it.
 *
 * @param manifests - the objects as they were read: those of a control plane say which policy has claimed them
 */
export function claimsOf(
  items: readonly Item[],
  manifests: readonly Manifest[],
  defaultNamespace: string,
): ReadonlyMap<Item, ClaimBy> {
  const state = ControlPlaneState.of(manifests, { defaultNamespace });
  const byManifest = new Map(items.map((item) => [item.manifest.origin, item]));
  const claims = new Map<Item, ClaimBy>();
  for (const template of state.templates) {
    const item = byManifest.get(template.origin);
    const { winner, losers } = selectPolicy(template.object, state);
    const policy = winner && byManifest.get(winner.policy.manifest.origin);
    if (item === undefined || winner === undefined || policy === undefined) continue;
    claims.set(item, {
      policy,
      byName: winner.implicitPriority === 3,
      losers: losers.flatMap(({ policy: { manifest } }) => byManifest.get(manifest.origin) ?? []),
    });
  }
  return claims;
}

/** The group of objects that no policy and no label assigns to an application. */
const restName = 'shared';

/**
 * Groups objects into applications: a policy with the objects that it claims by name or label, and the override policies for
 * these. Charts of Helm stay together by their instance label. The result does not depend on files and their order, so that an
 * imported program is imported in the same way again.
 */
export function groupsOf(items: readonly Item[], claims: ReadonlyMap<Item, ClaimBy>): readonly Group[] {
  const groups = new Map<Item, Item[]>();
  const home = new Map<Item, Item>();
  for (const [item, { policy, byName }] of claims) {
    const isOfNamespace = policy.object.kind === 'PropagationPolicy' && !selectsKinds(policy);
    if (byName || isOfNamespace) home.set(item, policy);
  }
  const byKey = byReference(items);
  for (const item of items) {
    if (isPropagationPolicy(item.object)) home.set(item, item);
    else if (isOverridePolicy(item.object)) {
      const homes = new Set(selectedBy(item, byKey).map((template) => template && home.get(template)));
      const [only] = homes;
      if (homes.size === 1 && only) home.set(item, only);
    }
  }
  const rest = new Map<string, Item[]>();
  for (const item of items) {
    const policy = home.get(item);
    if (policy) groups.set(policy, [...(groups.get(policy) ?? []), item]);
    else {
      const name = restNameOf(item);
      rest.set(name, [...(rest.get(name) ?? []), item]);
    }
  }
  const named = [
    ...[...groups].map(([policy, members]) => ({ wanted: fileNameFor(appNameOf(policy)), members })),
    ...[...rest].map(([name, members]) => ({ wanted: fileNameFor(name), members })),
  ].sort(
    (one, other) => compareText(one.wanted, other.wanted) || compareText(one.members[0]!.key, other.members[0]!.key),
  );
  const names = new DistinctNames();
  return named
    .map(({ wanted, members }) => ({ name: names.take(wanted), items: members }))
    .sort((one, other) => compareText(one.name, other.name));
}

/** The name of a policy without what says that it is one: `web-propagation`, `web-pp`. */
export function appNameOf({ object }: Item): string {
  const name = textOf(object.metadata?.name);
  return (
    name.replace(/[-._]?(cluster)?(propagation|override)?[-._]?(policy|propagation|override|pp|cpp|op|cop)$/i, '') ||
    name
  );
}

function restNameOf({ object }: Item): string {
  if (isOverridePolicy(object)) return textOf(object.metadata?.name);
  const { labels } = object.metadata ?? {};
  return textOf(fieldAt(labels, 'app.kubernetes.io/instance')) || restName;
}

/** Whether a policy selects all objects of a kind. */
function selectsKinds({ object }: Item): boolean {
  return listOf(fieldAt(object, 'spec', 'resourceSelectors')).some(
    (selector) => !textOf(fieldAt(selector, 'name')) && recordOf(fieldAt(selector, 'labelSelector')) === undefined,
  );
}

/** The objects that an override policy names; undefined for those that it does not name, or that are not here. */
function selectedBy({ object }: Item, byKey: ReadonlyMap<string, Item>): readonly (Item | undefined)[] {
  const selectors = listOf(fieldAt(object, 'spec', 'resourceSelectors'));
  if (selectors.length === 0) return [undefined];
  return selectors.map((selector) => {
    const { apiVersion, kind, name, namespace } = (recordOf(selector) ?? {}) as Record<string, unknown>;
    const own = textOf(namespace) || textOf(object.metadata?.namespace);
    return byKey.get(
      referenceKey({ apiVersion: textOf(apiVersion), kind: textOf(kind), name: textOf(name), namespace: own }),
    );
  });
}

/** The objects by `group/Kind/namespace/name`, with the namespace as written. */
export function byReference(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [referenceKey(referenceTo(item.object)), item]));
}
