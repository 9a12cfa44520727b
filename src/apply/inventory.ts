import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../kubernetes/object';
import { EnvironmentError } from '../problem/environment-error';
import { applyArgs, fieldManager, type Kubectl, objectsText } from './kubectl';
import { kubectlMessage } from './kubectl-problem';
import { byIdentity } from './release';

/** Where inventories are kept: Karmada never propagates from there. */
export const defaultInventoryNamespace = 'karmada-system';

const applicationLabel = 'cdk8s-karmada.dev/inventory';
const applicationAnnotation = 'cdk8s-karmada.dev/application';

/** The objects that an application has in the control plane, by identity; each as its apiVersion, kind, namespace and name. */
export type Inventory = ReadonlyMap<string, KubernetesObject>;

/** The inventories of a namespace, by application. */
export async function readInventories(kubectl: Kubectl, namespace: string): Promise<ReadonlyMap<string, Inventory>> {
  const which = ['--namespace', namespace, '--selector', `${applicationLabel}=true`];
  const maps = (await kubectl.list(['configmaps.v1.'], ...which)) ?? [];
  return new Map(maps.map((map) => [map.metadata?.annotations?.[applicationAnnotation] ?? '', inventoryIn(map)]));
}

/** Writes what an application has; nothing changes where it says the same already. */
export async function writeInventory(
  kubectl: Kubectl,
  application: string,
  namespace: string,
  objects: readonly KubernetesObject[],
): Promise<void> {
  const text = objectsText([inventoryObject(application, namespace, objects)]);
  const result = await kubectl.result(applyArgs({ forceConflicts: true }), text);
  if (result.exitCode === 0) return;
  throw new EnvironmentError(
    `the inventory of ${application} cannot be written to the namespace ${namespace}: ${kubectlMessage(result)}`,
    'name a namespace that exists and that you may write ConfigMaps to with --inventory-namespace',
  );
}

/** The ConfigMap that keeps an inventory: one object a line, sorted, so that people can read it as well. */
export function inventoryObject(
  application: string,
  namespace: string,
  objects: readonly KubernetesObject[],
): KubernetesObject {
  const lines = objects.map(({ apiVersion, kind, metadata }) => {
    return `${apiVersion} ${kind} ${metadata?.namespace ?? '-'} ${metadata?.name}`;
  });
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: inventoryName(application),
      namespace,
      labels: { [applicationLabel]: 'true', 'app.kubernetes.io/managed-by': fieldManager },
      annotations: { [applicationAnnotation]: application },
    },
    data: { objects: lines.sort().join('\n') },
  };
}

/** Name of the ConfigMap of an application; names that Kubernetes does not take get a hash. */
export function inventoryName(application: string): string {
  const bare = application
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 200);
  if (bare === application) return `${fieldManager}-${bare}`;
  const hash = createHash('sha256').update(application).digest('hex').slice(0, 8);
  return [fieldManager, bare, hash].filter((part) => part !== '').join('-');
}

function inventoryIn(map: KubernetesObject): Inventory {
  const { objects = '' } = (map['data'] ?? {}) as { readonly objects?: string };
  const lines = objects.split('\n').filter((line) => line !== '');
  return byIdentity(lines.map((line) => objectOf(line, map)));
}

function objectOf(line: string, { metadata }: KubernetesObject): KubernetesObject {
  const [apiVersion, kind, namespace, name] = line.split(' ');
  if (apiVersion && kind && namespace && name) {
    return { apiVersion, kind, metadata: { name, ...(namespace !== '-' && { namespace }) } };
  }
  throw new EnvironmentError(
    `the inventory ${metadata?.namespace}/${metadata?.name} holds "${line}", which names no object`,
    'correct the line with `kubectl edit configmap`, or delete the ConfigMap: then nothing older is pruned',
  );
}

/** Karmada's own writes, and what people change on an object that is there, do not make an owner. */
const notOwners = /karmada|^kubectl-(edit|scale|patch|label|annotate|set|rollout)$/;

/** Managers that made an object, or share it with us, by the fields that they own. */
export function otherOwners({ metadata }: KubernetesObject): readonly string[] {
  const fields = (metadata?.['managedFields'] ?? []) as readonly { manager?: string; subresource?: string }[];
  const names = fields.filter(({ subresource }) => !subresource).map(({ manager = '' }) => manager);
  return [...new Set(names.filter((name) => !notOwners.test(name)))];
}
