import { retainReplicasLabel } from '../karmada/retained-replicas';
import { containerDefaults, podDefaults, specDefaults } from '../kubernetes/api-defaults';
import type { Manifest } from '../kubernetes/manifest';
import { lastAppliedAnnotation } from '../kubernetes/metadata';
import { apiGroup, groupKindKey, type KubernetesObject, objectKey } from '../kubernetes/object';
import { canonicalText, fieldAt, listOf, recordOf, textOf } from '../kubernetes/plain-data';
import { parseYaml } from '../yaml/parse';

/** An object of a control plane that is not imported, because something else makes it. */
export interface SkippedObject {
  /** `Kind/namespace/name`. */
  readonly object: string;
  readonly why: string;
}

/** Manifests as somebody would write them. */
export interface CleanManifests {
  /** In the order given; unchanged ones are the same. */
  readonly manifests: readonly Manifest[];
  readonly skipped: readonly SkippedObject[];
}

/**
 * Objects as read from an API server, without what the server and Karmada add: status, server fields, claims, defaults. What
 * controllers make is left out. Objects that were not read from a server stay as they are.
 */
export function cleanManifests(manifests: readonly Manifest[]): CleanManifests {
  const skipped: SkippedObject[] = [];
  const clean = manifests.flatMap((manifest): Manifest[] => {
    const { object } = manifest;
    if (!isLive(object)) return [manifest];
    const why = madeBy(object);
    if (why === undefined) return [{ ...manifest, object: cleanObject(object) }];
    skipped.push({ object: objectKey(object), why });
    return [];
  });
  return { manifests: clean, skipped };
}

/** Whether an object was read from an API server. */
function isLive({ metadata }: KubernetesObject): boolean {
  return textOf(metadata?.uid) !== '' && textOf(metadata?.['resourceVersion']) !== '';
}

const systemNamespace = /^(kube-.*|karmada-system|karmada-cluster|karmada-es-.*)$/;

/** Kinds that controllers write, by API group. */
const controlled: Readonly<Record<string, string>> = {
  'work.karmada.io': 'Karmada makes it',
  'discovery.k8s.io': 'it follows from a Service',
  'events.k8s.io': 'it is an event',
  'coordination.k8s.io': 'a controller holds it',
  'metrics.k8s.io': 'it is a measurement',
};

/** What makes an object that no user wrote. */
function madeBy(object: KubernetesObject): string | undefined {
  const { apiVersion, kind, metadata } = object;
  const name = textOf(metadata?.name);
  const group = apiGroup(apiVersion);
  const [owner] = listOf(metadata?.['ownerReferences']);
  if (owner !== undefined) return `${textOf(fieldAt(owner, 'kind'))} "${textOf(fieldAt(owner, 'name'))}" makes it`;
  if (systemNamespace.test(textOf(metadata?.namespace))) return 'it belongs to Kubernetes or Karmada';
  if (Object.hasOwn(controlled, group)) return controlled[group];
  if (group === 'cluster.karmada.io') return 'it is a member cluster: see fleet.ts';
  if (group !== '') return undefined;
  if (kind === 'Namespace' && (systemNamespace.test(name) || name === 'default')) return 'it exists in every cluster';
  if (kind === 'Event' || kind === 'Endpoints' || kind === 'Node') return 'a controller makes it';
  if (kind === 'ConfigMap' && name === 'kube-root-ca.crt') return 'a controller makes it';
  if (kind === 'ServiceAccount' && name === 'default') return 'a controller makes it';
  if (kind === 'Service' && name === 'kubernetes') return 'the API server makes it';
  if (kind !== 'Secret') return undefined;
  const type = textOf(object['type']);
  if (type === 'helm.sh/release.v1') return 'Helm keeps its release in it';
  return type === 'kubernetes.io/service-account-token' ? 'a controller makes it' : undefined;
}

/** Metadata that the API server sets. */
const serverFields = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

/** What Karmada and controllers add; people set {@link retainReplicasLabel}. */
const addedKey =
  /^((cluster)?propagationpolicy|resourcetemplate|(cluster)?resourcebinding|policy|work|namespace)\.karmada\.io\/|^deployment\.kubernetes\.io\/revision$|^deprecated\.daemonset\.template\.generation$/;

function cleanObject(object: KubernetesObject): KubernetesObject {
  const { status: _, metadata, ...fields } = object;
  const kept = Object.fromEntries(
    Object.entries(metadata ?? {}).flatMap(([field, value]): [string, unknown][] => {
      if (serverFields.includes(field)) return [];
      if (field === 'labels' || field === 'annotations') return filled(field, keptKeys(value));
      if (field === 'finalizers')
        return filled(
          field,
          listOf(value).filter((one) => !isFinalizer(one)),
        );
      return [[field, value]];
    }),
  );
  const clean = { ...fields, metadata: kept } as KubernetesObject;
  const written = appliedObject(object);
  const bare = withoutDefaults(clean);
  // What was applied is what people wrote, unless something was changed later.
  return written !== undefined && isWithin(written, clean) && isWithin(bare, written) ? written : bare;
}

function keptKeys(map: unknown): object {
  const entries = Object.entries(recordOf(map) ?? {});
  return Object.fromEntries(
    entries.filter(([key]) => key !== lastAppliedAnnotation && (!addedKey.test(key) || key === retainReplicasLabel)),
  );
}

function isFinalizer(name: unknown): boolean {
  return /karmada\.io\/|^kubernetes(\.io\/.*)?$|^foregroundDeletion$|^orphan$/.test(textOf(name));
}

function filled(field: string, value: object): [string, unknown][] {
  return Object.keys(value).length > 0 ? [[field, value]] : [];
}

/** The object that kubectl applied last. */
function appliedObject({ kind, metadata }: KubernetesObject): KubernetesObject | undefined {
  const text = textOf(metadata?.annotations?.[lastAppliedAnnotation]);
  const value = text === '' ? undefined : recordOf(parseYaml(text).documents[0]?.value);
  if (value?.['kind'] !== kind) return undefined;
  const { annotations, ...others } = recordOf(value['metadata']) ?? {};
  const { metadata: _, status: __, ...fields } = value;
  return {
    ...fields,
    metadata: { ...others, ...Object.fromEntries(filled('annotations', recordOf(annotations) ?? {})) },
  } as KubernetesObject;
}

/** Whether an object has every field of another, with the same value, and as many items in each list. */
function isWithin(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(whole) && part.length === whole.length && part.every((item, index) => isWithin(item, whole[index]))
    );
  }
  const [fields, others] = [recordOf(part), recordOf(whole)];
  if (fields === undefined) return canonicalText(part) === canonicalText(whole);
  return Object.entries(fields).every(([field, value]) => {
    if (value === null || isEmpty(value)) return true;
    return others !== undefined && Object.hasOwn(others, field) && isWithin(value, others[field]);
  });
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

type Defaults = readonly (readonly [path: string, value: unknown])[];

/** Values below a path; a step `*` is each item of a list. */
function below(path: string, fields: object): Defaults {
  return Object.entries(fields).map(([field, value]) => [`${path}.${field}`, value]);
}

const templated: Defaults = [
  ...below('spec.template.spec', podDefaults),
  ...['containers', 'initContainers'].flatMap((list) => [
    ...below(`spec.template.spec.${list}.*`, containerDefaults),
    ...below(`spec.template.spec.${list}.*.ports.*`, { protocol: 'TCP' }),
  ]),
];

const policyDefaults = below('spec', {
  conflictResolution: 'Abort',
  preemption: 'Never',
  priority: 0,
  schedulerName: 'default-scheduler',
});

/** Defaults in addition to those of `spec`, by `group/Kind`. */
const otherDefaults: Readonly<Record<string, Defaults>> = {
  'apps/Deployment': templated,
  'apps/StatefulSet': templated,
  'apps/DaemonSet': templated,
  '/Service': below('spec.ports.*', { protocol: 'TCP' }),
  'policy.karmada.io/PropagationPolicy': policyDefaults,
  'policy.karmada.io/ClusterPropagationPolicy': policyDefaults,
};

/** Fields that the API server chooses. */
const assigned: Readonly<Record<string, readonly string[]>> = {
  '/Service': ['clusterIPs', 'ipFamilies', 'clusterIP', 'healthCheckNodePort'],
};

function withoutDefaults(object: KubernetesObject): KubernetesObject {
  const key = groupKindKey(object);
  let result: unknown = object;
  const inSpec = below('spec', Object.hasOwn(specDefaults, key) ? specDefaults[key]! : {});
  for (const [path, value] of [...inSpec, ...(Object.hasOwn(otherDefaults, key) ? otherDefaults[key]! : [])]) {
    result = without(result, path.split('.'), (found) => canonicalText(found) === canonicalText(value));
  }
  for (const field of Object.hasOwn(assigned, key) ? assigned[key]! : []) {
    // A headless Service says so itself.
    result = without(result, ['spec', field], (found) => found !== 'None');
  }
  result = without(result, ['spec', 'template', 'metadata', 'creationTimestamp'], () => true);
  for (const list of ['containers', 'initContainers']) {
    result = changed(result, ['spec', 'template', 'spec', list], (containers) =>
      Array.isArray(containers) ? containers.map(withoutPullPolicy) : containers,
    );
  }
  return withinNamespace(result as KubernetesObject);
}

/** The default depends on the tag of the image. */
function withoutPullPolicy(container: unknown): unknown {
  const image = textOf(fieldAt(container, 'image'));
  const tag =
    /:([\w.-]+)$/.exec(image.slice(image.lastIndexOf('/') + 1))?.[1] ?? (image.includes('@') ? 'pinned' : 'latest');
  return without(container, ['imagePullPolicy'], (found) => found === (tag === 'latest' ? 'Always' : 'IfNotPresent'));
}

function changed(value: unknown, [step, ...rest]: readonly string[], change: (found: unknown) => unknown): unknown {
  if (step === undefined) return change(value);
  const record = recordOf(value);
  if (record === undefined || !Object.hasOwn(record, step)) return value;
  return { ...record, [step]: changed(record[step], rest, change) };
}

/** Karmada fills in the namespace of a policy in its selectors. */
function withinNamespace(object: KubernetesObject): KubernetesObject {
  const own = textOf(object.metadata?.namespace);
  const selectors = listOf(fieldAt(object.spec, 'resourceSelectors'));
  if (!object.apiVersion.startsWith('policy.karmada.io/') || own === '' || selectors.length === 0) return object;
  const resourceSelectors = selectors.map((selector) => without(selector, ['namespace'], (found) => found === own));
  return { ...object, spec: { ...(object.spec as object), resourceSelectors } };
}

/** A copy without the field at a path, if its value passes. */
function without(value: unknown, [step, ...rest]: readonly string[], isDropped: (found: unknown) => boolean): unknown {
  if (step === '*') return Array.isArray(value) ? value.map((item) => without(item, rest, isDropped)) : value;
  const record = recordOf(value);
  if (record === undefined || step === undefined || !Object.hasOwn(record, step)) return value;
  if (rest.length > 0) return { ...record, [step]: without(record[step], rest, isDropped) };
  if (!isDropped(record[step])) return value;
  const { [step]: _, ...others } = record;
  return others;
}
