import type { Cluster } from '../../model/cluster';
import type { KarmadaVersion } from '../../model/karmada-version';
import type { KubernetesObject } from '../../model/kubernetes-object';
import type { Federation } from '../federation/federation';

/** An object after the override policies, with the keys of those that changed it; or why one of them fails. */
export type Overridden =
  | { readonly kind: 'overridden'; readonly object: KubernetesObject; readonly by: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string };

/** Applies the override policies of a federation to the copy for one cluster. */
export function overridden(
  object: KubernetesObject,
  _cluster: Cluster,
  _context: { readonly federation: Federation; readonly karmada: KarmadaVersion },
): Overridden {
  return { kind: 'overridden', object, by: [] };
}
