import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';

/** Metadata written by the API server or a controller of the control plane. */
const serverMetadata = [
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'finalizers',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
];

const jobSelectorLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const jobTemplateLabels = [...jobSelectorLabels, 'job-name', 'batch.kubernetes.io/job-name'];

type Prune = (object: KubernetesObject) => KubernetesObject;

const pruneByKind: ReadonlyMap<string, Prune> = new Map<string, Prune>([
  [
    'Deployment',
    (object) =>
      ['deployment.kubernetes.io/revision', 'deployment.kubernetes.io/revision-history'].reduce(
        (pruned, annotation) => without(pruned, 'metadata', 'annotations', annotation),
        object,
      ),
  ],
  ['Job', pruneJob],
  ['PersistentVolumeClaim', pruneClaim],
  ['Secret', pruneSecret],
  ['Service', pruneService],
  ['ServiceAccount', pruneServiceAccount],
]);

/**
 * An object without the fields that are only valid in the control plane: status, server-written metadata, generated
 * selectors, tokens and cluster IPs. Karmada removes them last, so an override cannot restore such a field.
 *
 * @returns a copy that shares the remaining parts; the same object if nothing is removed
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/prune/prune.go, RemoveIrrelevantFields
 */
export function prunedForMember(object: KubernetesObject): KubernetesObject {
  let pruned = without(object, 'status');
  for (const field of serverMetadata) pruned = without(pruned, 'metadata', field);
  return pruneByKind.get(object.kind)?.(pruned) ?? pruned;
}

function pruneJob(job: KubernetesObject): KubernetesObject {
  let pruned = without(job, 'spec', 'ttlSecondsAfterFinished');
  if (fieldAt(job, 'spec', 'manualSelector') === true) return pruned;
  for (const label of jobSelectorLabels) pruned = without(pruned, 'spec', 'selector', 'matchLabels', label);
  for (const label of jobTemplateLabels) pruned = without(pruned, 'spec', 'template', 'metadata', 'labels', label);
  return pruned;
}

/** The node that a scheduler chose for the volume. */
function pruneClaim(claim: KubernetesObject): KubernetesObject {
  const path = ['metadata', 'annotations', 'volume.kubernetes.io/selected-node'];
  return textOf(fieldAt(claim, ...path)) === '' ? claim : without(claim, ...path);
}

/** The token of a ServiceAccount belongs to the cluster that issued it. */
function pruneSecret(secret: KubernetesObject): KubernetesObject {
  if (secret['type'] !== 'kubernetes.io/service-account-token') return secret;
  const pruned = without(secret, 'metadata', 'annotations', 'kubernetes.io/service-account.uid');
  return { ...pruned, data: null };
}

/** A headless Service keeps its `None`. */
function pruneService(service: KubernetesObject): KubernetesObject {
  const clusterIP = fieldAt(service, 'spec', 'clusterIP');
  if (typeof clusterIP !== 'string' || clusterIP === 'None') return service;
  return without(without(service, 'spec', 'clusterIP'), 'spec', 'clusterIPs');
}

function pruneServiceAccount(account: KubernetesObject): KubernetesObject {
  const secrets = listOf(account['secrets']);
  const prefix = `${textOf(account.metadata?.name)}-token-`;
  const isToken = (secret: unknown) => textOf(fieldAt(secret, 'name')).startsWith(prefix);
  if (!secrets.some(isToken)) return account;
  const kept: unknown[] = [];
  for (let i = 0; i < secrets.length; i++) {
    if (!isToken(secrets[i])) kept.push(secrets[i]);
    // Karmada removes entries while it iterates, so the entry after a removed one is skipped.
    else if (++i < secrets.length) kept.push(secrets[i]);
  }
  return { ...account, secrets: kept };
}

/** A copy without the field at a path; the same object if it lacks the field. */
function without<Data extends object>(data: Data, ...path: readonly string[]): Data {
  const [key, ...rest] = path as [string, ...string[]];
  if (!Object.hasOwn(data, key)) return data;
  const { [key]: value, ...others } = data as Record<string, unknown>;
  if (rest.length === 0) return others as Data;
  const inner = recordOf(value);
  if (!inner) return data;
  const pruned = without(inner, ...rest);
  return pruned === inner ? data : { ...data, [key]: pruned };
}
