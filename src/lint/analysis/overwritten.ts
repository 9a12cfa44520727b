import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

/** A manifest that another one of the same object replaces when both are applied. */
export interface Shadowed {
  readonly manifest: Manifest;
  /** The last one of this object, as the control plane stores it. */
  readonly by: Manifest;
}

const known = new WeakMap<ControlPlaneState, readonly Shadowed[]>();

/**
 * Manifests whose object comes again later, in their order. Two versions of one group name the same object, and an object
 * without a namespace is in that of the one who applies it.
 */
export function shadowedIn(manifests: readonly Manifest[], federation: ControlPlaneState): readonly Shadowed[] {
  let shadowed = known.get(federation);
  if (!shadowed) {
    shadowed = manifests.flatMap((manifest) => {
      const by = storedObjectOf(manifest, federation);
      return by && by.origin !== manifest.origin ? [{ manifest, by }] : [];
    });
    known.set(federation, shadowed);
  }
  return shadowed;
}

function storedObjectOf({ object }: Manifest, federation: ControlPlaneState): Manifest | undefined {
  const name = textOf(object.metadata?.name);
  if (name === '' || typeof object.apiVersion !== 'string' || typeof object.kind !== 'string') return undefined;
  const { apiVersion, kind } = object;
  const namespace = textOf(object.metadata?.namespace) || federation.defaultNamespace;
  return federation.find({ apiVersion, kind, namespace, name }) ?? federation.find({ apiVersion, kind, name });
}

/** What makes findings about an object that is there more than once one mistake. */
export function duplicatesCause({ object }: Manifest): string {
  return `duplicates of ${objectKey(object)}`;
}
