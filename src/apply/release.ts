import { admit, type Cause } from '../admission';
import type { KarmadaVersion } from '../karmada/release';
import type { Manifest } from '../kubernetes/manifest';
import { apiGroup, type KubernetesObject, objectKey } from '../kubernetes/object';
import { ControlPlaneState } from '../planner/control-plane-state/control-plane-state';

/** What one `apply` brings: the objects of an application, each once and with its namespace. */
export interface Release {
  /** Name of the application, by which later applies know what this one made. */
  readonly application: string;
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
export function releaseOf(manifests: readonly Manifest[], application: string, defaultNamespace = 'default'): Release {
  const federation = ControlPlaneState.of(manifests, { defaultNamespace });
  const objects = new Map<string, KubernetesObject>();
  for (const { object } of manifests) {
    const { apiVersion, kind, metadata } = object;
    const name = String(metadata?.name ?? '');
    const { namespace: written, ...rest } = metadata ?? {};
    // A cluster-scoped object is found without a namespace, whatever it says.
    const isClusterScoped = federation.find({ apiVersion, kind, name }) !== undefined;
    const located = isClusterScoped ? rest : { ...rest, namespace: written || defaultNamespace };
    const placed: KubernetesObject = { ...object, metadata: located };
    objects.set(identityOf(placed), placed);
  }
  return { application, objects: [...objects.values()] };
}

/** What an object is, whatever version of its API names it. */
export function identityOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${apiGroup(apiVersion)}/${objectKey({ kind, ...(metadata && { metadata }) })}`;
}

/** The objects that Karmada would refuse, by our own knowledge of its schemas and webhooks. */
export function refusedObjects({ objects }: Release, karmada: KarmadaVersion): RefusedObject[] {
  return objects.flatMap((object) => {
    const unnamed = !object.metadata?.name;
    const { causes } = admit(object, { karmada, others: objects.filter((other) => other !== object) });
    if (causes.length === 0 && !unnamed) return [];
    return [{ object: objectKey(object), causes: causes.length > 0 ? causes : [namelessCause] }];
  });
}

const namelessCause: Cause = {
  code: 'metadata-name',
  layer: 'schema',
  path: 'metadata.name',
  message: 'the object has no name',
  fix: 'give it one: what has only a generateName would be made anew by every apply',
};
