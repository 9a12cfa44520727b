import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import type { LintInput } from './lint-input';

/** A manifest that another one of the same object replaces when both are applied. */
export interface Overwritten {
  readonly manifest: Manifest;
  /** The last one of this object, as the control plane stores it. */
  readonly by: Manifest;
}

/**
 * Manifests whose object comes again later, in their order. Two versions of one group name the same object, and an object
 * without a namespace is in that of the one who applies it.
 */
export function overwrittenIn({
  manifests,
  controlPlane,
}: Pick<LintInput, 'manifests' | 'controlPlane'>): readonly Overwritten[] {
  // Usually each manifest is an object of its own.
  if (controlPlane.objects.length === manifests.length) return [];
  return manifests.flatMap((manifest) => {
    const by = storedObjectOf(manifest, controlPlane);
    return by && by.origin !== manifest.origin ? [{ manifest, by }] : [];
  });
}

function storedObjectOf({ object }: Manifest, controlPlane: ControlPlaneState): Manifest | undefined {
  const name = textOf(object.metadata?.name);
  if (name === '' || typeof object.apiVersion !== 'string' || typeof object.kind !== 'string') return undefined;
  const { apiVersion, kind } = object;
  const namespace = textOf(object.metadata?.namespace) || controlPlane.defaultNamespace;
  return controlPlane.find({ apiVersion, kind, namespace, name }) ?? controlPlane.find({ apiVersion, kind, name });
}

/** Common cause of findings about an object that is there more than once. */
export function duplicatesCause({ object }: Manifest): string {
  return `duplicates of ${objectKey(object)}`;
}
