import { defaultKarmadaVersion } from '../karmada/release';
import { metadataCauses, metadataUpdateCauses } from '../kubernetes/metadata';
import { dnsSubdomainProblems } from '../kubernetes/names';
import type { KubernetesObject, ObjectMetadata } from '../kubernetes/object';
import { isRecord } from '../problem/check-properties';
import type { Cause } from './cause';
import { webhooksOf } from './kinds';
import { foreignObjectCauses } from './kubernetes/foreign-object';
import { defaultedProblems } from './schema/check';
import { defaulted, pruned } from './schema/stored-form';
import { type KarmadaKind, karmadaKind } from './schema/tables';
import { unservedKindCauses } from './schema/unserved-kind';
import { decode } from './store/decode';
import { encode } from './store/encode';
import { objectMeta } from './store/metadata-shape';
import { type AdmissionOptions, callMutating, callValidating, reviewContext } from './webhooks';

export interface AdmitOptions extends AdmissionOptions {
  /** Namespace of an object that names none, as `kubectl --namespace` has it. @default 'default' */
  readonly namespace?: string;
}

/** What a Karmada control plane makes of an object. */
export interface Admission {
  /** Why it refuses the object; empty when it takes it. */
  readonly causes: readonly Cause[];
  /**
   * The object as the API server keeps it: with defaults, filled in by webhooks, written back from Go. What nobody can
   * know before is left out: the random id of a policy, uid, timestamps. Undefined when the object is refused.
   */
  readonly stored: KubernetesObject | undefined;
}

/**
 * Sends an object through the admission of a Karmada control plane, in its order: decode strictly, defaults of the
 * CustomResourceDefinition, mutating webhook, schema and metadata, validating webhook. Causes of every step are
 * collected, where the control plane stops at the first step that refuses.
 *
 * An object of a kind that is not Karmada's keeps its content: only its kind and its metadata are checked.
 *
 * @param object - what is sent: for an update the whole new object, not a patch
 * @example
 * ```ts
 * admit(policy).causes // [{ code: 'spread-needs-cluster', path: 'spec.placement.spreadConstraints', … }]
 * ```
 */
export function admit(object: KubernetesObject, options: AdmitOptions = {}): Admission {
  const karmada = options.karmada ?? defaultKarmadaVersion;
  const definition = karmadaKind(object.apiVersion, object.kind, karmada);
  if (!definition) {
    const unserved = unservedKindCauses(object, karmada, options.others ?? []);
    return answer([...unserved, ...foreignObjectCauses(object)], object);
  }

  const sent = located(object, definition, options.namespace ?? 'default');
  const filled = defaulted(sent, karmada);
  const faults = defaultedProblems(filled, { object: sent, definition, karmada });
  const unknown = faults.filter(({ code }) => code === 'unknown-field');
  const known = unknown.length === 0 ? filled : defaulted(pruned(sent, karmada), karmada);
  const complete = withTypedMetadata(known);
  const oldObject = options.oldObject && defaulted(pruned(options.oldObject, karmada), karmada);

  const webhooks = webhooksOf(object);
  const context = {
    ...reviewContext(options),
    namespace: definition.scope === 'Namespaced' ? String(sent.metadata?.namespace ?? '') : '',
    behindApiServer: true,
  };
  const mutating = webhooks && callMutating(webhooks, complete, oldObject, context);
  if (mutating && !mutating.mutated) return answer([...unknown, ...mutating.causes], undefined);

  const { status, ...content } = defaulted(mutating?.mutated ?? complete, karmada);
  const kept = definition.status ? oldObject?.['status'] : status;
  const result = { ...content, ...(kept !== undefined && { status: kept }) } as KubernetesObject;
  return answer(
    [
      ...unknown,
      ...defaultedProblems(result, { object: result, definition, karmada }),
      ...objectCauses(result, oldObject, definition),
      ...(webhooks ? callValidating(webhooks, result, oldObject, context) : []),
    ],
    result,
  );
}

/** Namespaced objects have a namespace, and the API server takes that of cluster-scoped ones away. */
function located(object: KubernetesObject, { scope }: KarmadaKind, namespace: string): KubernetesObject {
  const metadata: unknown = object.metadata;
  if (metadata !== undefined && metadata !== null && !isRecord(metadata)) return object;
  const { namespace: given, ...rest } = metadata ?? {};
  if (scope === 'Cluster') return given === undefined ? object : { ...object, metadata: rest };
  return given ? object : { ...object, metadata: { ...metadata, namespace } };
}

/** The API server reads metadata, and only that, into its Go type: nulls and empty maps in it disappear. */
function withTypedMetadata(object: KubernetesObject): KubernetesObject {
  const { value, causes } = decode(object.metadata ?? {}, objectMeta);
  return causes.length > 0 ? object : { ...object, metadata: encode(value, objectMeta) as ObjectMetadata };
}

/** What the API server refuses of the metadata of any custom resource. */
function* objectCauses(
  object: KubernetesObject,
  oldObject: KubernetesObject | undefined,
  { scope }: KarmadaKind,
): Iterable<Cause> {
  const { value, causes } = decode(object.metadata ?? {}, objectMeta, 'metadata');
  // What cannot be read is told by the schema check already.
  if (causes.length > 0) return;
  const metadata = value as ObjectMetadata;
  const found = oldObject
    ? metadataUpdateCauses(metadata, oldObject.metadata ?? {})
    : metadataCauses(metadata, scope === 'Namespaced', dnsSubdomainProblems);
  for (const cause of found) yield { ...cause, layer: 'schema' };
}

/** A cause that two steps found is told once, by the first. */
function answer(causes: readonly Cause[], stored: KubernetesObject | undefined): Admission {
  const told = new Map<string, Cause>();
  for (const cause of causes) {
    const key = `${cause.path}\n${cause.message}`;
    if (!told.has(key)) told.set(key, cause);
  }
  return { causes: [...told.values()], stored: told.size === 0 ? stored : undefined };
}
