import { admit, type Cause } from '../admission';
import type { KarmadaVersion } from '../karmada/release';
import type { Manifest } from '../kubernetes/manifest';
import { type KubernetesObject, objectKey, referenceKey, referenceTo } from '../kubernetes/object';
import { ControlPlaneState } from '../planner/control-plane-state/control-plane-state';

/** What one `apply` brings: the objects of an application, each once and with its namespace. */
export interface Release {
  /** Name of the application, by which later applies know what this one made. @default - nothing is remembered, nor pruned */
  readonly application?: string;
  readonly objects: readonly KubernetesObject[];
}

/** An object that Karmada would refuse, and why. */
export interface RefusedObject {
  readonly object: string;
  readonly causes: readonly Cause[];
}

/**
 * The objects of the manifests as they are sent: of several manifests of one object the last, and each with the namespace
 * that kubectl would take from the context, so that no context has a say in it.
 */
export function releaseOf(manifests: readonly Manifest[], application?: string, defaultNamespace = 'default'): Release {
  const state = ControlPlaneState.of(manifests, { defaultNamespace });
  const objects = new Map<string, KubernetesObject>();
  for (const { object } of manifests) {
    const { apiVersion, kind, metadata } = object;
    const { namespace: written, ...rest } = metadata ?? {};
    // A cluster-scoped object is found without a namespace, whatever it says.
    const isClusterScoped = state.find({ apiVersion, kind, name: String(metadata?.name ?? '') }) !== undefined;
    const located = isClusterScoped ? rest : { ...rest, namespace: written || defaultNamespace };
    const placed: KubernetesObject = { ...object, metadata: located };
    objects.set(identityOf(placed), placed);
  }
  return { ...(application !== undefined && { application }), objects: [...objects.values()] };
}

/** What an object is, whatever version of its API names it. */
export function identityOf(object: KubernetesObject): string {
  return referenceKey(referenceTo(object));
}

/** Objects by what they are. */
export function byIdentity(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  return new Map(objects.map((object) => [identityOf(object), object]));
}

/** The objects that Karmada would refuse, by our own knowledge of its schemas and webhooks. */
export function refusedObjects({ objects }: Release, karmada: KarmadaVersion): RefusedObject[] {
  const fix = 'give it one: an object with only a generateName would be made anew by every apply';
  const nameless = { code: 'metadata-name', path: 'metadata.name', message: 'the object has no name', fix } as const;
  return objects.flatMap((object) => {
    const { causes } = admit(object, { karmada, others: objects.filter((other) => other !== object) });
    const all = causes.length > 0 || object.metadata?.name ? causes : [{ ...nameless, layer: 'schema' as const }];
    return all.length > 0 ? [{ object: objectKey(object), causes: all }] : [];
  });
}
