import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../kubernetes/object';
import { EnvironmentError } from '../problem/environment-error';
import { applyArgs, fieldManager, type Kubectl, objectsText } from './kubectl';
import { kubectlMessage } from './kubectl-problem';
import { byIdentity } from './release';

/** Namespace of the inventories: Karmada never propagates objects from it. */
export const defaultInventoryNamespace = 'karmada-system';

const applicationLabel = 'cdk8s-karmada.dev/inventory';
const applicationAnnotation = 'cdk8s-karmada.dev/application';

/** References to the objects of an application in the control plane, keyed by identity. */
export type Inventory = ReadonlyMap<string, KubernetesObject>;

export async function readInventories(kubectl: Kubectl, namespace: string): Promise<ReadonlyMap<string, Inventory>> {
  const which = ['--namespace', namespace, '--selector', `${applicationLabel}=true`];
  const maps = (await kubectl.list(['configmaps.v1.'], ...which)) ?? [];
  return new Map(maps.map((map) => [map.metadata?.annotations?.[applicationAnnotation] ?? '', inventoryIn(map)]));
}

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
    `the inventory of ${application} cannot be written to namespace ${namespace}: ${kubectlMessage(result)}`,
    'pass --inventory-namespace with an existing namespace in which you may write ConfigMaps',
  );
}

/** The ConfigMap of an inventory: one object per line, sorted, so that people can read it. */
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

/** Name of the ConfigMap of an application. A name that is not a valid Kubernetes name is shortened and gets a hash. */
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
    `the inventory ${metadata?.namespace}/${metadata?.name} contains "${line}", which is not a reference to an object`,
    'correct the line with `kubectl edit configmap`, or delete the ConfigMap: objects of earlier applies are then not pruned',
  );
}

/** Managers that do not count as owners: Karmada itself, and manual changes to an existing object. */
const notOwners = /karmada|^kubectl-(edit|scale|patch|label|annotate|set|rollout)$/;

/** The managers that created an object or apply it too, by `managedFields`. */
export function otherOwners({ metadata }: KubernetesObject): readonly string[] {
  const fields = (metadata?.['managedFields'] ?? []) as readonly { manager?: string; subresource?: string }[];
  const names = fields.filter(({ subresource }) => !subresource).map(({ manager = '' }) => manager);
  return [...new Set(names.filter((name) => !notOwners.test(name)))];
}
