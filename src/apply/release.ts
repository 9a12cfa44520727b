import type { Cause } from '../admission';
import { causesBy } from '../admission/admit';
import type { KarmadaVersion } from '../karmada/release';
import type { Manifest } from '../kubernetes/manifest';
import { type KubernetesObject, objectKey, referenceKey, referenceTo } from '../kubernetes/object';
import { ControlPlaneState } from '../planner/control-plane-state/control-plane-state';

/** The objects of one `apply`, without duplicates, each with its namespace. */
export interface Release {
  /** Name of the application: the key of its inventory. @default - no inventory, no pruning */
  readonly application?: string;
  readonly objects: readonly KubernetesObject[];
}

export interface RefusedObject {
  readonly object: string;
  readonly causes: readonly Cause[];
}

/**
 * The objects of the manifests. If several manifests describe one object, the last one counts. A missing namespace is set
 * here, so that the one of the kubeconfig context does not apply.
 */
export function releaseOf(manifests: readonly Manifest[], application?: string, defaultNamespace = 'default'): Release {
  const state = ControlPlaneState.of(manifests, { defaultNamespace });
  const objects = new Map<string, KubernetesObject>();
  for (const { object } of manifests) {
    const { apiVersion, kind, metadata } = object;
    const { namespace: written, ...rest } = metadata ?? {};
    // The state finds a cluster-scoped object without a namespace, even if its manifest has one.
    const isClusterScoped = state.find({ apiVersion, kind, name: String(metadata?.name ?? '') }) !== undefined;
    const located = isClusterScoped ? rest : { ...rest, namespace: written || defaultNamespace };
    const placed: KubernetesObject = { ...object, metadata: located };
    objects.set(identityOf(placed), placed);
  }
  return { ...(application !== undefined && { application }), objects: [...objects.values()] };
}

/** Key of an object: group, kind, namespace and name, without the API version. */
export function identityOf(object: KubernetesObject): string {
  return referenceKey(referenceTo(object));
}

export function byIdentity(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  return new Map(objects.map((object) => [identityOf(object), object]));
}

/** The objects that our model of Karmada's schemas and webhooks rejects. */
export function refusedObjects({ objects }: Release, karmada: KarmadaVersion): RefusedObject[] {
  const fix = 'set metadata.name: with only a generateName, every apply would create another object';
  const nameless = { code: 'metadata-name', path: 'metadata.name', message: 'the object has no name', fix } as const;
  // Whether the webhook allows NoExecute taints is a flag; the dry run asks the webhook itself.
  const causesOf = causesBy({ karmada, allowNoExecuteTaints: true, others: objects });
  return objects.flatMap((object) => {
    const causes = causesOf(object);
    const all = causes.length > 0 || object.metadata?.name ? causes : [{ ...nameless, layer: 'schema' as const }];
    return all.length > 0 ? [{ object: objectKey(object), causes: all }] : [];
  });
}
