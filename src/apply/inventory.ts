import { createHash } from 'node:crypto';
import { apiGroup, type KubernetesObject } from '../kubernetes/object';
import { EnvironmentError } from '../problem/environment-error';
import { fieldManager, type Kubectl, objectsText } from './kubectl';
import { identityOf } from './release';

/** Where inventories are kept: Karmada never propagates from there. */
export const defaultInventoryNamespace = 'karmada-system';

const applicationLabel = 'cdk8s-karmada.dev/inventory';
const applicationAnnotation = 'cdk8s-karmada.dev/application';

/** One object that an application has in the control plane. */
export interface InventoryEntry {
  readonly object: KubernetesObject;
  /** Whether it was there before the application applied it for the first time. */
  readonly adopted: boolean;
  /** UID of the object that was applied. @default - unknown: the apply was interrupted */
  readonly uid?: string;
}

/** What an application has in the control plane, by identity. */
export type Inventory = ReadonlyMap<string, InventoryEntry>;

/** The inventories of a namespace, by application. */
export async function readInventories(kubectl: Kubectl, namespace: string): Promise<ReadonlyMap<string, Inventory>> {
  const selector = encodeURIComponent(`${applicationLabel}=true`);
  const maps = await kubectl.list(`/api/v1/namespaces/${namespace}/configmaps?labelSelector=${selector}`);
  return new Map(
    (maps ?? []).map((map) => [map.metadata?.annotations?.[applicationAnnotation] ?? '', inventoryIn(map)]),
  );
}

/** Writes what an application has; nothing changes where it says the same already. */
export async function writeInventory(
  kubectl: Kubectl,
  application: string,
  namespace: string,
  inventory: Inventory,
): Promise<void> {
  const args = ['apply', '--server-side', '--force-conflicts', `--field-manager=${fieldManager}`, '-f', '-'];
  const result = await kubectl.result(args, objectsText([inventoryObject(application, namespace, inventory)]));
  if (result.exitCode === 0) return;
  throw new EnvironmentError(
    `the inventory of ${application} cannot be written to the namespace ${namespace}: ${result.stderr.trim()}`,
    'name a namespace that exists and that you may write ConfigMaps to with --inventory-namespace',
  );
}

/** The ConfigMap that keeps an inventory: one object a line, sorted, so that people can read it as well. */
export function inventoryObject(application: string, namespace: string, inventory: Inventory): KubernetesObject {
  const lines = [...inventory.values()].map(({ object, adopted, uid }) =>
    [
      object.apiVersion,
      object.kind,
      object.metadata?.namespace ?? '-',
      object.metadata?.name,
      adopted ? 'adopted' : 'made',
      uid ?? '-',
    ].join(' '),
  );
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
  const text = (map['data'] as Readonly<Record<string, string>> | undefined)?.['objects'] ?? '';
  const entries = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entryOf(line, map));
  return new Map(entries.map((entry) => [identityOf(entry.object), entry]));
}

function entryOf(line: string, map: KubernetesObject): InventoryEntry {
  const [apiVersion, kind, namespace, name, origin, uid = '-'] = line.split(' ');
  if (!apiVersion || !kind || !namespace || !name) {
    throw new EnvironmentError(
      `the inventory ${map.metadata?.namespace}/${map.metadata?.name} holds "${line}", which names no object`,
      'put the line right with `kubectl edit configmap`, or delete the ConfigMap: then nothing older is pruned',
    );
  }
  const metadata = { name, ...(namespace !== '-' && { namespace }) };
  return { object: { apiVersion, kind, metadata }, adopted: origin === 'adopted', ...(uid !== '-' && { uid }) };
}

/** What an application has once its objects are applied: what it had, and those. @param live - those of the objects that exist already */
export function extended(
  before: Inventory,
  objects: readonly KubernetesObject[],
  live: readonly KubernetesObject[],
): Inventory {
  const existing = new Map(live.map((object) => [identityOf(object), object]));
  return new Map([
    ...before,
    ...objects.map((object): [string, InventoryEntry] => {
      const identity = identityOf(object);
      const uid = existing.get(identity)?.metadata?.uid;
      const adopted = before.get(identity)?.adopted ?? existing.has(identity);
      return [identity, { object, adopted, ...(uid !== undefined && { uid }) }];
    }),
  ]);
}

/** The part of an inventory that these objects cover, each with the UID that it has now. */
export function covered(inventory: Inventory, objects: readonly KubernetesObject[]): Inventory {
  const wanted = new Map(objects.map((object) => [identityOf(object), object.metadata?.uid]));
  return new Map(
    [...inventory]
      .filter(([identity]) => wanted.has(identity))
      .map(([identity, entry]) => {
        const uid = wanted.get(identity) ?? entry.uid;
        return [identity, { ...entry, ...(uid !== undefined && { uid }) }];
      }),
  );
}

/** Whether everything that lives in it, or of it, would go with an object. */
export function takesOthersAlong({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'Namespace' || apiGroup(apiVersion) === 'apiextensions.k8s.io';
}
